"""What no pull request can make the comment do."""

from __future__ import annotations

import re
from pathlib import Path

from klartekst.review.comment import LIMIT, MARK

from ..releases import prepare
from ..sites import SiteFolder
from .setting import EN, NB, REGISTER, SITE, part, said

HOSTILE = (
    "@everyone see #1 and GH-2, https://evil.example www.evil.example <!-- --> </details>"
    "<img src=x onerror=alert(1)> `code` ``` [a](javascript:x) ![b](//evil.example/p.png) :tada:"
)
_OURS = re.compile(r"^<details( open)?><summary><b>[^<>]*</b>[^<>]*</summary>$|^</details>$")


def assert_harmless(text: str) -> None:
    """No name to call, no link, no mark-up and no code beyond what every comment has."""
    for line in text.splitlines()[1:]:
        if _OURS.match(line):
            assert not re.search(r"@\w|#\d|//\w|www\.\w", line)
            continue
        bare = re.sub(r"\(`[a-z0-9-]+`\)(?=$|, waived until )|`python build\.py \w+`", "", line)
        assert not re.search(r"(?<!\\)[<>`\[\]]", bare), line
        assert not re.search(r"@\w|#\d|//\w|www\.\w|GH-\d|:tada:", bare), line


def test_text_of_a_pull_request_cannot_break_out_of_the_comment(
    released: SiteFolder, base: Path
) -> None:
    quoted = f"'{HOSTILE}'"
    register = released.read(REGISTER)
    register = register.replace("nb: når vi leverer på døren", f"nb: {quoted}")
    register = register.replace("name: Tellerup\n", f"name: {quoted}\n")
    register = register.replace("name: {nb: Statistikk,", f"name: {{nb: {quoted},")
    register = register.replace("label: _tu_<id>", f"label: {quoted}")
    register = register.replace("lifetime: 30 minutes", "lifetime: 3 years")
    released.with_file(REGISTER, register)
    released.with_edit(NB, "title: Personvernerklæring", f"title: {quoted}")
    text = released.read(EN)
    released.with_file(EN, re.sub("^description: .*", f"description: {quoted}", text, flags=re.M))
    prepare(released, quoted)
    released.with_file(
        "data/waivers.yaml",
        f"- rule: no-source\n  at: [{NB}]\n  reason: {quoted}\n  who: Kari\n  until: 2027-01-31\n",
    )
    text = said(released, base)
    for title in ("Version", "Consent", "Findings", "Texts"):
        assert "evil.example" in part(text, title), title
    assert_harmless(text)
    assert text.count(MARK) == 1


def test_messages_about_hostile_sources_are_harmless(released: SiteFolder, base: Path) -> None:
    released.with_edit(SITE, "  email: ", f"  ? '{HOSTILE}'\n  : x\n  email: ")
    text = said(released, base)
    assert "evil.example" in text
    assert_harmless(text)


def test_long_change_is_cut_below_what_github_takes_and_says_so(
    released: SiteFolder, base: Path
) -> None:
    said_anew = "Avsnitt {} sier noe helt nytt om brød 🍞 og boller. " * 3
    new = "\n\n".join(said_anew.replace("{}", str(i)) for i in range(900))
    released.with_file(NB, released.read(NB) + f"\n\n{new}\n")
    text = said(released, base)
    assert 60_000 < len(text.encode("utf-16-le")) // 2 <= LIMIT < 65_536
    assert re.search(r"\*Cut here, .*: \d+ lines are left out", text.splitlines()[-1])
    assert text.count("<details") == text.count("</details>")


def test_one_endless_line_does_not_take_the_place_of_all_else(
    released: SiteFolder, base: Path
) -> None:
    released.with_edit(NB, "Ring {{", "Ring " + "og bak brød " * 600 + "{{")
    released.with_edit(EN, "Call {{", "Ring up {{")
    text = said(released, base)
    assert "(cut)" in text and "Cut here" not in text
    assert "**Ring up**" in text


def test_thousand_findings_are_counted_and_the_first_are_shown(
    released: SiteFolder, base: Path
) -> None:
    many = "".join(
        f"  extra{i}:\n    name: extra_{i}\n    category: necessary\n"
        f"    purpose: {{nb: Husker, en: Remembers}}\n" for i in range(400)
    )  # fmt: skip
    released.with_file(REGISTER, released.read(REGISTER) + many)
    text = part(said(released, base), "Findings")
    assert text.count("(`") < 100
    assert re.search(r"… and \d{3,} more", text)
