"""How the script is made: its sources, its data, its size, and what is published beside it."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import brotli
import deno
import pytest
from msgspec import structs

from klartekst.consent.facts import category_facts
from klartekst.consent.words import MESSAGES
from klartekst.model import Duration, Site, Text
from klartekst.model.consent import CookiePattern
from klartekst.model.values import Fault, Slug

from . import bundle
from .stage import files_of, real_site, with_consent, with_cookie, with_register, without_cookie


def script_of(site: Site) -> str:
    """The script of a site, as text."""
    return files_of(site)["cookies/valg.js"].decode()


def facts(site: Site, key: str = "analytics") -> list[str]:
    """The facts that a category covers."""
    return re.findall(".{5}", category_facts(site.register, Slug(key)))


def test_committed_runtime_is_made_of_the_sources_that_stand_beside_it() -> None:
    assert bundle.RUNTIME.read_text("utf-8").startswith(bundle.stamp())


def test_minifier_gives_the_committed_runtime_where_there_is_one() -> None:
    if importlib.util.find_spec("minify") is None:
        assert (sys.platform, "minifier") == ("darwin", "minifier")
    else:
        assert bundle.minified() == bundle.RUNTIME.read_text("utf-8")


def test_types_of_the_script_hold(tmp_path: Path) -> None:
    settings = bundle.SOURCES / "tsconfig.json"
    command = [
        deno.find_deno_bin(), "check", "--quiet", "--no-remote", "--no-npm", f"--config={settings}",
        str(bundle.SOURCES / "main.js"), str(bundle.SOURCES / "api.d.ts"),
    ]  # fmt: skip
    environment = {"DENO_DIR": str(tmp_path), "NO_COLOR": "1", "PATH": "/usr/bin:/bin"}
    result = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert (result.returncode, result.stderr) == (0, result.stderr)


def test_no_two_modules_declare_the_same_name() -> None:
    declared = re.findall(r"^(?:const|let|function) (\w+)", bundle.joined(), re.MULTILINE)
    assert len(declared) == len(set(declared)) > 60


def test_every_module_is_small_and_used() -> None:
    modules = {path.stem for path in bundle.SOURCES.glob("*.js")} - {"runtime.min"}
    assert modules == set(bundle.order())
    assert all(len(bundle.source(name).splitlines()) <= 160 for name in modules)


def test_everything_is_under_seven_kilobytes() -> None:
    site = with_consent(real_site(), domain="itsworking.no")
    assert len(brotli.compress(files_of(site)["cookies/valg.js"], quality=11)) < 7000


def test_the_same_site_gives_the_same_bytes() -> None:
    assert files_of(real_site()) == files_of(real_site())


def test_script_is_safe_inside_a_page_and_keeps_every_sign() -> None:
    words = Text.of(nb='</script> \u2028 "x":1,{"a":2} \\ {y:3}', en="a\u2029'`${x}")
    text = script_of(with_cookie(real_site(), "ga", purpose=words))
    assert not re.search("[<\u2028\u2029]/?script", text)
    assert "\u2028" not in text and "\u2029" not in text
    node = r'["_ga","Google (USA)\nGoogle (United States)"'
    assert node in text
    assert r"\u003c/script> \"x\":1,{\"a\":2} \\ {y:3}" in text


def test_texts_for_every_language_are_in_it_once() -> None:
    text = script_of(real_site())
    for words in ("Avvis alle", "Reject all", "Måler annonseresultater", "Measure advertising"):
        assert text.count(words) == 1


def test_words_do_not_press_or_offer() -> None:
    shown = json.loads(files_of(real_site())["cookies/valg.json"])["words"]
    pressing = re.compile(
        r"dårlig|bedre|best|beklager|dessverre|gratis|rabatt|tilbud|gå glipp|elsker|!|"
        r"\bworse|better|\bbest|sorry|unfortunately|free|discount|offer|miss out|love",
        re.IGNORECASE,
    )
    found = [text for each in shown.values() for text in each["messages"].values()]
    assert [text for text in found if pressing.search(text)] == []
    assert len(found) == 2 * len(next(iter(shown.values()))["messages"]) > 40


def test_every_message_of_the_catalogue_is_one_that_is_used() -> None:
    for key in MESSAGES:
        name = key.removesuffix("_none")
        sources = "".join(bundle.source(module) for module in bundle.order())
        assert re.search(rf"'{name}'", sources), name


def test_what_is_published_has_stable_addresses() -> None:
    assert set(files_of(real_site())) == {
        "cookies/valg.js", "cookies/valg.d.ts", "cookies/valg.json", "cookies/valg.schema.json",
        ".well-known/gpc.json",
    }  # fmt: skip
    named = with_consent(real_site(), script=type(real_site().settings.consent.script)("meny.js"))
    assert "cookies/meny.js" in files_of(named)


def test_a_site_that_asks_nothing_has_no_script() -> None:
    site = real_site()
    categories = {key: each for key, each in site.register.cookie_categories.items() if each.exempt}
    assert files_of(with_register(site, cookie_categories=categories)) == {}
    pages = tuple(page for page in site.pages if page.id != "cookies")
    assert files_of(replace(site, pages=pages)) == {}


def test_hash_of_the_words_follows_the_words() -> None:
    def digest(site: Site) -> str:
        return str(json.loads(files_of(site)["cookies/valg.json"])["hash"])

    other = with_cookie(real_site(), "ga", purpose=Text.of(nb="Annet", en="Other"))
    assert digest(real_site()) == digest(with_consent(real_site(), domain="itsworking.no"))
    assert digest(real_site()) != digest(other)


def test_facts_follow_what_is_covered_and_not_how_it_is_told() -> None:
    site = real_site()
    told = with_cookie(site, "ga", purpose=Text.of(nb="Annet", en="Other"), service="Other")
    assert facts(told) == facts(site)
    assert facts(without_cookie(site, "gid")) == facts(site)[:1]
    for change in ({"name": "_gb"}, {"provider": "meta"}, {"kind": "localStorage"}):
        assert facts(with_cookie(site, "ga", **change))[0][:3] != facts(site)[0][:3]


@pytest.mark.parametrize(
    ("shorter", "longer"),
    [(None, "session"), ("session", "1 second"), ("1 second", "2 seconds"), ("1 day", "25 hours"),
     ("12 months", "13 months"), ("2 years", "3 years"), ("9999 years", "persistent")],
)  # fmt: skip
def test_a_longer_lifetime_is_a_greater_fact(shorter: str | None, longer: str) -> None:
    marks = []
    for text in (shorter, longer):
        lifetime = Duration.parse(text) if text else None
        marks.append(facts(with_cookie(real_site(), "ga", lifetime=lifetime))[0])
    assert marks[0][:3] == marks[1][:3]
    assert marks[0] < marks[1]


def test_no_cookie_that_the_script_sets_lives_longer_than_13_months() -> None:
    site = real_site()
    longest = Duration.parse("13 months").seconds or 0
    keep = site.settings.consent.keep.seconds
    assert keep and keep <= longest
    with pytest.raises(Fault):
        structs.replace(site.settings.consent, keep=Duration.parse("14 months")).__post_init__()


def test_real_register_asks_for_all_but_the_necessary() -> None:
    asked = {k: each.consent for k, each in real_site().register.cookie_categories.items()}
    assert asked == {
        "necessary": "exempt", "functional": "required", "analytics": "required",
        "marketing": "required",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "names", "others"),
    [
        (r"^_ga_[A-Z0-9]+$", ["_ga_X1"], ["_ga_", "_ga_x", "a_ga_X"]),
        (r"^(_gcl_(aw|gb|gs)|_gac_.+)$", ["_gcl_aw", "_gac_1"], ["_gcl_", "_gac_"]),
        (r"^wp-settings-(time-)?\d+$", ["wp-settings-1", "wp-settings-time-22"], ["wp-settings-"]),
        (r"^wordpress_(sec_)?[0-9a-f]{32}$", ["wordpress_" + "0" * 32], ["wordpress_sec_"]),
    ],
)
def test_patterns_of_real_cookies_are_taken(
    pattern: str, names: list[str], others: list[str]
) -> None:
    found = CookiePattern.parse(pattern)
    assert all(re.fullmatch(found, name) for name in names)
    assert not any(re.fullmatch(found, name) for name in others)
