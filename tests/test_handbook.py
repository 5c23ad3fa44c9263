"""The editor's handbook holds: what it shows of the product is there, alike in both languages."""

from __future__ import annotations

import datetime
import re
import shlex
from itertools import groupby
from pathlib import Path

import msgspec
import pytest
import yaml

from klartekst.check.explain import faults
from klartekst.check.rules import BY_CODE
from klartekst.cli import main
from klartekst.draft import draft
from klartekst.model import Cookie, Duration
from klartekst.model.checked import Waiver
from klartekst.model.consent import CookiePattern
from klartekst.review import review

from .browser.screenshots import IMAGES, LIMIT
from .sites import GOOD, REPOSITORY, SiteFolder

DOCS = REPOSITORY / "docs"
TEXTS = {code: (DOCS / f"editors.{code}.md").read_text("utf-8") for code in ("nb", "en")}
GUIDES = (*(f"docs/editors.{code}.md" for code in TEXTS), "README.md", "CONTRIBUTING.md")
TODAY = datetime.date(2026, 11, 23)

in_both = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
in_each_guide = pytest.mark.parametrize("guide", GUIDES)


def read(guide: str) -> str:
    return (REPOSITORY / guide).read_text("utf-8")


def blocks(text: str, kind: str) -> list[str]:
    """The fenced blocks of a kind, without the indent of a list that they stand in."""
    found = re.findall(rf"^( *)```{kind}\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE)
    return [re.sub(rf"^{indent}", "", block, flags=re.MULTILINE) for indent, block in found]


def quotes(text: str) -> list[str]:
    """The quoted lines, each quotation as one text."""
    lines = groupby(text.splitlines(), key=lambda line: line.startswith(">"))
    return ["\n".join(line[2:] for line in found) for quoted, found in lines if quoted]


def anchors(path: Path) -> set[str]:
    """What GitHub makes of the headings of a page, to link to."""
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def skeleton(text: str) -> list[str]:
    """What follows what: headings, tables with their rows, items, blocks, quotations, pictures."""
    found = []
    for line in re.sub(r"^( *```\w*)\n.*?^ *```$", r"\1", text, flags=re.S | re.M).splitlines():
        if image := re.search(r"^!\[.*\]\((.*)\)", line):
            found.append(re.sub(r"\.(?:nb|en)\.", ".", image[1]))
        elif mark := re.match(r"#+ |\||> ?|\d+\. |- | *```\w*", line):
            found.append(mark[0])
    return found


def rows(text: str, block: str) -> list[str]:
    """The keys in the first column of the table that follows a block."""
    table = text[text.index(block) :].partition("\n|---")[2].partition("\n\n")[0]
    return re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)


def test_languages_have_the_same_parts() -> None:
    assert skeleton(TEXTS["nb"]) == skeleton(TEXTS["en"])


@in_each_guide
def test_commands_exist_with_these_options(guide: str) -> None:
    shown = re.findall(r"build\.py +([a-z]+[^`>\n]*)`", read(guide))
    assert shown or guide == "README.md"
    for line in shown:
        name, *words = shlex.split(line.replace("CODE", "no-contact"))
        main.commands[name].make_context(name, words).close()


@in_each_guide
def test_make_targets_exist(guide: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)", read(guide))) <= targets


@in_each_guide
def test_links_lead_somewhere(guide: str) -> None:
    here = REPOSITORY / guide
    plain = re.sub(r"`[^`\n]*`", "", re.sub(r"```.*?```", "", read(guide), flags=re.DOTALL))
    links = re.findall(r"\]\((?!https?:)([^)\s]*)\)", plain)
    assert links
    for link in links:
        path, _, anchor = link.partition("#")
        target = (here.parent / path).resolve() if path else here
        assert target.is_relative_to(REPOSITORY) and target.exists(), link
        assert not anchor or anchor in anchors(target), link


@in_both
def test_codes_are_those_of_the_product(text: str) -> None:
    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", text))
    shown = set(re.findall(r"\[([a-z]+(?:-[a-z]+)+)\]$", "".join(blocks(text, "text")), re.M))
    assert shown and named
    assert named | shown <= BY_CODE.keys() | faults().keys()


@in_both
def test_files_that_it_names_exist(text: str) -> None:
    named = re.findall(r"`((?:content|data|archive|docs)/[^`#:]*)", text)
    named += re.findall(r"(?:content|data)/[\w/]+\.(?:md|yaml)", text)
    assert {"content/nb/personvern.md", "data/waivers.yaml"} <= set(named)
    assert [name for name in named if not (REPOSITORY / name).exists()] == []


@in_both
def test_findings_look_as_check_shows_them(text: str) -> None:
    shown = blocks(text, "text")
    assert len(shown) == 2
    for block in shown:
        found = re.match(r"[\w/.]+:\d+:(\d+): (\w+): .+ \[([a-z-]+)\]\n {4}.+\n( +)\^\n", block)
        assert found
        assert found[2] == BY_CODE[found[3]].severity
        assert len(found[4]) == 4 + int(found[1]) - 1  # the sign stands below the column
    mend = BY_CODE["missing-companion"].mend
    assert f"    mend: {mend}\n" in shown[0]


@in_both
def test_every_key_of_a_cookie_and_of_a_waiver_is_explained(text: str) -> None:
    cookie, entry, waiver = blocks(text, "yaml")[0], *blocks(text, "yaml")[:0:-1]
    fields = {field.name for field in msgspec.structs.fields(Cookie)}
    ((key, typed),) = yaml.safe_load(cookie).items()
    assert typed.keys() <= fields
    explained = rows(text, cookie)
    assert explained[0] == key and set(explained[1:]) == fields
    (waived,) = yaml.safe_load(waiver)
    keys = [field.name for field in msgspec.structs.fields(Waiver)]
    assert [*waived] == rows(text, waiver) == keys
    assert waived["rule"] in BY_CODE
    assert "summary" in entry


@in_both
def test_example_of_a_cookie_is_one(text: str) -> None:
    (typed,) = yaml.safe_load(blocks(text, "yaml")[0]).values()
    pattern, lifetime = CookiePattern.parse(typed["pattern"]), Duration.parse(typed["lifetime"])
    cookie = Cookie(**typed | {"pattern": pattern, "lifetime": lifetime})
    assert cookie.fits("_ga_ABC123") and cookie.shown == "_ga_<id>"
    assert typed["purpose"].keys() == {"nb", "en"}


@in_both
def test_lifetimes_that_it_names_are_durations(text: str) -> None:
    (row,) = re.findall(r"^\| `lifetime` .*$", text, re.MULTILINE)
    named = re.findall(r"`([^`]+)`", row)[1:]
    assert len(named) == 5
    assert {Duration.parse(each).unit for each in named} >= {"session", "persistent"}


@in_both
def test_drafted_entry_is_what_change_writes(text: str, released: SiteFolder) -> None:
    for name in ("content/nb/personvern.md", "content/en/privacy.md"):
        released.with_file(name, f"{released.read(name)}\nTo {{{{ controller.phone }}}}.\n")
    (shown,) = (block for block in blocks(text, "yaml") if "summary" in block)
    drafted = draft(released.root).text
    assert [line for line in shown.splitlines() if line[0] != "#"] == [
        line for line in drafted.splitlines() if line and line[0] != "#"
    ]
    assert {line.split(":")[0] for line in shown.splitlines() if line[0] == "#"} <= {
        line.split(":")[0] for line in drafted.splitlines()
    }


@in_both
def test_comment_says_what_review_writes(text: str, released: SiteFolder) -> None:
    released.with_edit("content/nb/personvern.md", "Ring {{", "Slå på tråden: {{")
    written = review(released.root, str(copy_of(released)), TODAY)
    comment = re.sub(r"\d+", "0", re.sub(r"^#+ (.+)$", r"**\1**", written, flags=re.MULTILINE))
    quoted = re.sub(r"\d+", "0", quotes(text)[0])
    for line in quoted.split("\n\n"):
        if line.startswith(("**", "- Nobody", "What is")) and "Person" not in line:
            assert line in comment, line
    assert "- **An entry of the change log is missing**: content/nb/" in quoted
    assert "- **An entry of the change log is missing**: content/nb/" in comment
    assert "Visitors are **asked again about" in quotes(text)[1]


def copy_of(site: SiteFolder) -> Path:
    """The site as it was before its Norwegian notice was edited."""
    before = SiteFolder.copy(site.root, site.root.parent / "before")
    text = (GOOD / "content/nb/personvern.md").read_bytes()
    return before.with_file("content/nb/personvern.md", text).root


def test_pictures_are_small_and_all_are_shown() -> None:
    shown = {
        (DOCS / path).resolve()
        for text in TEXTS.values()
        for alternative, path in re.findall(r"!\[(.+)\]\((.+)\)", text)
        if len(alternative) > 30
    }
    pictures = set((IMAGES / "editors").iterdir())
    assert {path.resolve() for path in pictures} == shown
    for picture in IMAGES.rglob("*.png"):
        assert picture.stat().st_size < LIMIT, picture


@in_both
def test_what_it_asks_for_on_github_is_there(text: str) -> None:
    workflow = read(".github/workflows/editor.yml")
    assert "\nname: editor\n" in workflow
    assert "options: [reviewed, change, release]" in workflow
    assert "[Open the pull request]" in workflow and "Open the pull request" in text
    for name in ("reviewed", "change", "release"):
        assert f"`{name}`" in text


@pytest.mark.parametrize("guide", ["README.md", "CONTRIBUTING.md"])
def test_handbook_is_found(guide: str) -> None:
    for code in TEXTS:
        assert f"(docs/editors.{code}.md)" in read(guide)
