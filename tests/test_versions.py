"""Which text a page shows on a day, and the page of each version."""

from __future__ import annotations

import json
import re

import pytest

from klartekst import canonical
from klartekst.render import compared, versions

from .releases import FIRST, NEXT, as_of, html, prepare, release

EN = "content/en/privacy.md"
PAGE = "/en/privacy/"
OLD, NEW = f"{PAGE}{FIRST}/", f"{PAGE}{NEXT}/"


def dates(page: str) -> list[str]:
    """The days that the head of the page names, as machines read them."""
    return re.findall(r'<time datetime="([^"]+)"', page.partition('<section id="data"')[0])


def fingerprint(page: str) -> str:
    return canonical.sha256(canonical.page_text(canonical.from_html(page)))


@pytest.mark.parametrize(
    ("date", "text", "shown"),
    [
        ("2025-06-05", "Call", ["2025-06-06", "2026-01-15"]),
        ("2025-06-06", "Call", ["2025-06-06", "2025-06-06", "2026-01-15"]),
        ("2026-01-14", "Call", ["2025-06-06", "2025-06-06", "2026-01-15"]),
        ("2026-01-15", "Ring up", ["2026-01-15", "2026-01-15"]),
        ("2030-01-01", "Ring up", ["2026-01-15", "2026-01-15"]),
    ],
)
def test_page_shows_the_text_in_force_on_the_day(date, text, shown, twice):
    page = html(as_of(twice, date), PAGE)
    assert f"<p>{text} <a" in page
    assert dates(page) == shown


def test_every_version_is_there_on_every_day(twice):
    for date in ("2025-06-05", "2025-07-01", "2027-01-01"):
        files = as_of(twice, date)
        assert "<p>Call <a" in html(files, OLD)
        assert "<p>Ring up <a" in html(files, NEW)


def test_announced_version_is_linked_from_the_page_in_force(twice):
    page = html(as_of(twice, "2025-12-01"), PAGE)
    announced = page[page.index('class="announced"') :]
    assert announced.index(f'href="{NEW}"') < announced.index(f'href="{NEW}changes/"')
    assert 'class="announced"' not in html(as_of(twice, "2026-01-15"), PAGE)


@pytest.mark.parametrize(
    ("date", "old", "new"),
    [
        ("2025-12-01", "has been in force since", "is in force from"),
        ("2026-02-01", "no longer in force", "has been in force since"),
    ],
)
def test_version_says_how_it_stands(date, old, new, twice):
    files = as_of(twice, date)
    assert old in html(files, OLD)
    assert new in html(files, NEW)


def test_working_text_waits_for_its_release_and_is_shown_in_a_draft(released):
    released.with_edit(EN, "Call {{", "Ring up {{")
    assert "<p>Call <a" in html(released.make(), PAGE)
    draft = html(as_of(released, "2026-01-01", draft=True), PAGE)
    assert "<p>Ring up <a" in draft
    assert "This is a draft" in draft and "fingerprint" not in draft
    assert "This is a draft" not in html(as_of(released, "2026-01-01", draft=True), "/personvern/")


def test_tables_from_the_archive_are_dressed_as_the_fresh_ones(real_site):
    files = as_of(real_site, "2026-01-01")
    for path in ("/personvern/", PAGE, "/cookies/"):
        fresh, archived = html(files, path), html(files, f"{path}{FIRST}/")
        for dressed in (r"<caption[^>]*>", r"[^<>]*<wbr>[^<>]*"):
            assert re.findall(dressed, fresh)
            assert re.findall(dressed, archived) == re.findall(dressed, fresh)


def test_fingerprint_on_a_page_is_that_of_its_text(twice):
    for date in ("2025-12-01", "2026-02-01"):
        files = as_of(twice, date)
        for path in (PAGE, "/personvern/", "/cookies/", OLD, NEW):
            page = html(files, path)
            assert f"<code>{fingerprint(page)}</code>" in page


def test_fingerprint_holds_where_only_the_layout_changed(released):
    released.with_edit(EN, "Call {{", "*Call* {{")
    page = html(released.make(), PAGE)
    assert "<em>Call</em>" in page
    assert f"<code>{fingerprint(page)}</code>" in page


def test_version_is_kept_out_of_search_engines(twice):
    files = twice.make()
    for path in (OLD, NEW, f"{NEW}changes/"):
        page = html(files, path)
        assert '<meta name="robots" content="noindex">' in page
        assert '<link rel="canonical" href="https://nordbakst.example/en/privacy/">' in page
    assert b"2025-06-06/" not in files["sitemap.xml"]
    assert b"2026-01-15/" not in files["sitemap.xml"]
    assert "noindex" not in html(files, PAGE)


def test_languages_of_a_version_lead_to_each_other(twice):
    files = twice.make()
    assert f'href="/personvern/{FIRST}/"' in html(files, OLD)
    assert f'href="{OLD}"' in html(files, f"/personvern/{FIRST}/")
    assert f'href="/personvern/{NEXT}/endringer/"' in html(files, f"{NEW}changes/")


def test_first_version_has_no_redline(released):
    assert not [path for path in released.make() if "2025-06-06/changes" in path]


def test_redline_shows_both_texts(twice):
    page = html(twice.make(), f"{NEW}changes/")
    assert re.search(r"<del>.*Call.*</del>", page)
    assert re.search(r"<ins>.*Ring up.*</ins>", page)


def test_change_log_tells_sections_and_leads_to_text_and_redline(twice):
    twice.with_edit(EN, "### Terms in a table {#terms}", "### Terms {#terms}")
    text = twice.read(EN)
    twice.with_file(EN, text[: text.index("## Cookies")] + "## Children {#children}\n\nNone.\n")
    twice.with_edit("content/en/cookies.md", "page:privacy#cookies", "page:privacy#children")
    release(prepare(twice), NEXT.replace(year=2027), checked=False)
    log = html(as_of(twice, "2026-06-01"), f"{PAGE}changes/")
    assert log.index("2027-01-15") < log.index("2026-01-15") < log.index("2025-06-06")
    assert log.count("not yet in force") == 1
    for path in (OLD, NEW, f"{NEW}changes/", f"{NEW}changes/#rights"):
        assert f'href="{path}"' in log
    newest = log[: log.index("2026-01-15")]
    assert "3. Children</a> (added)" in newest
    assert "2. Your rights</a> (changed)" in newest
    assert "Cookies</a> (deleted)" in newest


def test_structured_data_name_the_version_in_force(twice):
    page = html(as_of(twice, "2026-02-01"), PAGE)
    [about, _] = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1])["@graph"]
    assert (about["version"], about["dateModified"]) == ("2026-01-15", "2026-01-15")
    page = html(as_of(twice, "2025-12-01"), PAGE)
    assert '"version": "2025-06-06"' in page


def test_feed_is_linked_from_every_page_where_there_is_one(twice, site):
    link = '<link rel="alternate" type="application/atom+xml"'
    files = twice.make()
    for path in (PAGE, f"{PAGE}changes/", "/en/cookies/"):
        assert f'href="{PAGE}changes/feed.xml"' in html(files, path).partition(link)[2]
    assert not any(link.encode() in data for data in site.make().values())


def test_link_to_a_page_that_is_gone_becomes_its_words(released):
    released.without("content/en/cookies.md").without("content/nb/cookies.md")
    for page in ("content/nb/personvern.md", EN):
        lines = released.read(page).splitlines(keepends=True)
        released.with_file(page, "".join(line for line in lines if "page:cookies" not in line))
    page = html(released.make(), OLD)
    assert "Every cookie" in page
    assert 'href="/en/cookies/' not in page
    assert f"<code>{fingerprint(page)}</code>" in page


def test_moved_page_takes_its_versions_along(released):
    released.with_file("content/en/data-protection.md", released.read(EN)).without(EN)
    (released.root / "content/en/privacy").rename(released.root / "content/en/data-protection")
    files = released.make()
    assert f"en/data-protection/{FIRST}/index.html" in files


def test_site_without_an_archive_has_no_versions(site):
    assert not [path for path in site.make() if re.search(r"\d{4}-|feed|versions", path)]


def since(page: str):
    found = re.search(r'class="since">(.*?)</script>', page, re.DOTALL)
    return found and json.loads(found[1])


def test_page_knows_what_changed_since_a_choice(twice):
    told = since(html(as_of(twice, "2026-02-01"), PAGE))
    assert told["versions"] == [
        {
            "date": "2026-01-15",
            "shown": "15 January 2026",
            "summary": "Changed.",
            "redline": f"{NEW}changes/",
        }
    ]
    assert "{date}" in told["words"]["title"]
    assert told["locale"] == "en-GB"


def test_page_tells_nothing_before_a_second_version_is_in_force(twice, released):
    assert since(html(as_of(twice, "2026-01-14"), PAGE)) is None
    assert since(html(as_of(twice, "2026-02-01"), "/cookies/")) is None
    assert since(html(released.make(), PAGE)) is None


def test_summary_cannot_leave_the_script_that_holds_it(released):
    released.with_edit(EN, "Call {{", "Ring up {{")
    release(prepare(released, "</script><b>&"), checked=False)
    told = since(html(released.make(), PAGE))
    assert told["versions"][0]["summary"] == "</script><b>&"


def test_shortened_comparison_says_the_same_as_a_whole_one(twice):
    from klartekst.redline import Words, as_html, compare

    made = [r.pages["privacy", "en"].fragment for r in archive(twice)]
    for old, new in (made, made[::-1], (made[0], made[0])):
        whole = compare(canonical.from_fragment(old), canonical.from_fragment(new))
        assert compared._compared(old, new, Words())[1] == as_html(whole, Words())


def archive(site):
    from klartekst.load import load

    return load(site.root).releases


def test_meaning_is_the_text_without_its_style():
    one = '<h2><span class="number">1.</span> A <em>b</em></h2>'
    assert versions.meaning(one) == versions.meaning("<h2>A <strong>b</strong></h2>")
    assert versions.meaning('<a href="/a">x</a>') != versions.meaning('<a href="/b">x</a>')
