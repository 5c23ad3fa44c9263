"""The archive proves itself: whatever was changed in it is told, with its place."""

from __future__ import annotations

import datetime
import hashlib
import json
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klartekst import archive
from klartekst.canonical import canonical
from klartekst.model import Release, Text

from .releases import FIRST, NEXT
from .sites import SiteFolder

OLD, NEW = f"archive/{FIRST}", f"archive/{NEXT}"
PAGE = f"{OLD}/privacy.en.html"
MANIFEST = f"{OLD}/manifest.json"


def broken(site: SiteFolder) -> list[str]:
    """The places that the archive is broken at."""
    return [p.place.file for p in site.problems() if p.code == "broken-archive"]


def rewritten(site: SiteFolder, name: str, old: str, new: str) -> SiteFolder:
    """The site with text of a released file changed, wherever it stands."""
    assert old in site.read(name)
    return site.with_file(name, site.read(name).replace(old, new))


def test_released_site_has_no_problems(released):
    assert released.found() == []


def test_changed_byte_is_an_error_at_its_file(released):
    assert broken(rewritten(released, PAGE, "Nordbakst", "Nordbakzt")) == [PAGE]


def test_missing_file_is_an_error_at_its_name(released):
    assert broken(released.without(PAGE)) == [PAGE]
    assert broken(released.without(f"{OLD}/facts.json")) == [PAGE, f"{OLD}/facts.json"][::-1]


def test_extra_file_is_an_error(released):
    assert broken(released.with_file(f"{OLD}/notes.txt", "x")) == [f"{OLD}/notes.txt"]
    released.without(f"{OLD}/notes.txt")
    assert broken(released.with_file("archive/notes.txt", "x")) == ["archive/notes.txt"]
    released.without("archive/notes.txt").with_file("archive/.DS_Store", "x")
    assert broken(released) == []


@pytest.mark.parametrize("name", ["notes/a.txt", "2025-6-6/manifest.json", "Ny mappe/b/c.txt"])
def test_stray_folder_is_told_once_and_what_to_do(name, released):
    released.with_file(f"archive/{name}", "x")
    (problem,) = released.problems()
    assert str(problem.place) == f"archive/{name.partition('/')[0]}:1:1"
    assert "move it out of archive/" in problem.hint
    assert "python build.py release" in problem.hint


def test_empty_folder_is_told_as_a_stray_one(released):
    (released.root / "archive/2025-06-07").mkdir()
    assert broken(released) == ["archive/2025-06-07"]


@pytest.mark.parametrize(
    "facts", [b"null", b"[]", b"3", b'"x"', b"{}", b'{"controller": {}, "authority": {}}', b"{",
              b"\xff", b'{"controller": {}, "authority": {}, "register": []}', b"[" * 200_000],
)  # fmt: skip
def test_facts_that_are_none_are_an_error(facts, released):
    released.with_file(f"{OLD}/facts.json", facts)
    manifest = json.loads(released.read(MANIFEST))
    manifest["files"]["facts.json"] = hashlib.sha256(facts).hexdigest()
    released.with_file(MANIFEST, json.dumps(manifest))
    assert broken(released) == [f"{OLD}/facts.json"]


def test_missing_manifest_is_an_error(released):
    assert broken(released.without(MANIFEST)) == [MANIFEST]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{", ""),
        ('"format": 1', '"format": 2'),
        ('"kind": "material"', '"kind": "grave"'),
        ('"host"', '"hots"'),
        ('"made": "2025-06-01"', '"made": "yesterday"'),
        ('"privacy.en.html"', '"privacy.sv.html"'),
    ],
)
def test_manifest_that_is_none_is_an_error_in_its_folder(old, new, released):
    found = broken(rewritten(released, MANIFEST, old, new))
    assert found and {name.rpartition("/")[0] for name in found} == {OLD}


def test_bytes_that_are_no_text_are_an_error(released):
    assert broken(released.with_file(MANIFEST, b"\xff\xfe")) == [MANIFEST]


def test_folder_of_another_name_is_an_error(released):
    (released.root / OLD).rename(released.root / "archive/2025-06-07")
    assert broken(released) == ["archive/2025-06-07/manifest.json"]


def test_folder_where_a_file_should_be_is_an_error(released):
    (released.root / OLD / "more").mkdir()
    assert broken(released) == [f"{OLD}/more"]


def consistently(site: SiteFolder, folder: str, old: str, new: str) -> SiteFolder:
    """The site with a released text changed, and every hash of its manifest made to fit."""
    name = f"{folder}/privacy.en.html"
    rewritten(site, name, old, new)
    manifest = json.loads(site.read(f"{folder}/manifest.json"))
    data = site.read(name)
    manifest["files"]["privacy.en.html"] = hashlib.sha256(data.encode()).hexdigest()
    page = archive.released_page(data, "", "")
    manifest["pages"]["privacy"]["en"] |= {
        "text": page.fingerprint,
        "sections": dict(page.sections),
    }
    return site.with_file(f"{folder}/manifest.json", json.dumps(manifest, indent=1))


def test_old_release_that_was_changed_consistently_breaks_the_chain(twice):
    assert twice.found() == []
    assert broken(consistently(twice, OLD, "Nordbakst", "Nordbakzt")) == [MANIFEST]


def test_release_that_was_removed_is_missed_by_the_next(twice):
    assert broken(twice.without(OLD)) == [f"{NEW}/manifest.json"]


def test_fingerprints_must_follow_from_the_text(released):
    manifest = json.loads(released.read(MANIFEST))
    text = manifest["pages"]["privacy"]["en"]["text"]
    found = broken(rewritten(released, MANIFEST, text, "0" * 64))
    assert found == [MANIFEST]
    assert "privacy.en.html" in released.problems()[0].message


def test_archive_holds_no_mark_up_that_a_release_would_not_write(released):
    script = "<script>alert(1)</script></p>"
    text = released.read(PAGE)
    last = text.rindex("</p>")
    released.with_file(PAGE, text[:last] + script + text[last + len("</p>") :])
    data = released.read(PAGE)
    manifest = json.loads(released.read(MANIFEST))
    manifest["files"]["privacy.en.html"] = hashlib.sha256(data.encode()).hexdigest()
    assert broken(released.with_file(MANIFEST, json.dumps(manifest, indent=1))) == [MANIFEST]


def test_proof_that_failed_fails_again(released):
    manifest = json.loads(released.read(MANIFEST))
    section = manifest["pages"]["privacy"]["en"]["sections"]["rights"]
    rewritten(released, MANIFEST, section, "0" * 64)
    assert broken(released) == broken(released) == [MANIFEST]


def test_what_is_broken_is_told_once(twice):
    assert broken(rewritten(twice, PAGE, "Nordbakst", "Nordbakzt")) == [PAGE]


def test_manifest_is_what_standard_tools_compute(released):
    manifest = json.loads(released.read(MANIFEST))
    folder = released.root / OLD
    assert {file.name for file in folder.iterdir()} == {*manifest["files"], "manifest.json"}
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_second_manifest_names_the_bytes_of_the_first(twice):
    previous = json.loads(twice.read(f"{NEW}/manifest.json"))["previous"]
    digest = hashlib.sha256(twice.read(MANIFEST).encode()).hexdigest()
    assert previous == {"date": str(FIRST), "manifest": digest}


def test_facts_are_those_of_the_register_and_the_controller(released):
    facts = json.loads(released.read(f"{OLD}/facts.json"))
    assert facts["register"]["cookies"]["counter"]["lifetime"] == "30 minutes"
    assert facts["controller"]["email"] == "personvern@nordbakst.example"
    assert not facts.keys() & {"appearance", "base_url", "assets"}


def test_white_space_within_a_fact_is_no_difference():
    old, new = archive.facts({}, {"a": " x  y\n"}), archive.facts({}, {"a": "x y"})
    assert list(archive.differences(old, new)) == []


plain = st.recursive(
    st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(plain, plain)
def test_differences_are_found_exactly_where_there_are_some(old, new):
    found = list(archive.differences(old, new))
    assert bool(found) == (old != new)
    for path in found:
        assert at(old, path) != at(new, path)


def at(data, path):
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)


@given(words, words, st.dictionaries(st.sampled_from(["nb", "en", "ar"]), words, min_size=1))
def test_release_reads_back_as_it_was_frozen(title, text, summary):
    heading = text.replace("<", "")
    fragment = canonical(f'<article><section id="a"><h2>{heading}</h2></section></article>')
    page = archive.released_page(fragment, title, text)
    before, laid = None, {}
    for year in (2025, 2026):
        release = Release(
            datetime.date(year, 1, 1),
            datetime.date(2024, 1, 1),
            "x.example",
            "material",
            Text(MappingProxyType(summary)),
            MappingProxyType({("p", "nb"): page}),
            b'{"authority":{},"controller":{},"register":{}}',
        )
        files = archive.freeze(release, before)
        laid |= {f"{release.date}/{name}": data for name, data in files.items()}
        found, problems = archive.read(laid)
        assert problems == []
        before = found[-1]
        assert before.digest == archive.digest(files["manifest.json"])
        assert (before.pages, before.summary) == (release.pages, release.summary)
        assert archive.prove(before) == []
