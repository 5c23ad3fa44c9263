"""A release is whole or not at all, and happens once."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import textwrap

import pytest
from click.testing import CliRunner

from klartekst import release as releasing
from klartekst.cli import main
from klartekst.load import load
from klartekst.problems import SiteError
from klartekst.write import alone

from .releases import ENTRY, FIRST, NEXT, TODAY, prepare, release
from .sites import REPOSITORY, contents

LOG = "data/changes.yaml"


@pytest.fixture
def changed(released):
    """The released site with another sentence, and the entry for it."""
    return prepare(released.with_edit("content/en/privacy.md", "Call {{", "Ring up {{"))


def sources(site):
    """Every file of a site but what can be made anew."""
    return {n: d for n, d in contents(site.root).items() if not n.startswith(".klartekst/")}


def refused(site, date=NEXT, *, checked=False):
    """The codes with which a release is refused, after which the site is as it was."""
    before = sources(site)
    with pytest.raises(SiteError) as error:
        release(site, date, checked=checked)
    assert sources(site) == before
    return [problem.code for problem in error.value.problems]


def test_every_named_page_is_frozen_in_every_language(changed):
    release(changed, checked=False)
    names = {name for name in contents(changed.root) if name.startswith(f"archive/{NEXT}")}
    assert names == {
        f"archive/{NEXT}/{name}"
        for name in ("privacy.nb.html", "privacy.en.html", "facts.json", "manifest.json")
    }
    assert changed.found() == []


def test_date_is_written_into_the_entry_and_nothing_else_changes(changed):
    before = changed.read(LOG)
    release(changed, checked=False)
    assert changed.read(LOG) == before.replace("- pages:", f"- date: {NEXT}\n  pages:", 1)


@pytest.mark.parametrize(
    "log",
    [
        ENTRY.replace("\n", "\r\n"),
        "\ufeff" + ENTRY,
        "# A comment – with signs: – “”\n\n" + ENTRY + "\n# the end",
        "- {pages: [privacy, cookies], kind: material, summary: {nb: A, en: B}}\n",
        "  - kind: material\n    pages:\n      - privacy\n    summary:\n      nb: A\n      en: B\n",
        "[{pages: [privacy], kind: editorial, summary: {nb: A, en: B}}]\n",
    ],
)
def test_change_log_keeps_its_form(log, site):
    site.with_file(LOG, log)
    release(site, FIRST, checked=False)
    dated = (site.root / LOG).read_bytes().decode()
    assert dated.count(f"date: {FIRST}") == 1
    without = dated.replace(f"date: {FIRST}, ", "")
    for end in ("\r\n", "\n"):
        without = without.replace(f"date: {FIRST}{end}    ", "").replace(
            f"date: {FIRST}{end}  ", ""
        )
    assert without == log
    assert site.found() == []


def test_change_log_that_cannot_be_edited_is_told_before_anything_is_written(site):
    site.with_file(LOG, "- !!map {pages: [privacy], kind: material, summary: {nb: A, en: B}}\n")
    assert refused(site, FIRST) == ["unusual-change-log"]


def test_release_of_what_is_released_is_refused(released):
    assert refused(released) == ["nothing-prepared"]


@pytest.mark.parametrize("date", [FIRST, FIRST.replace(year=2020)])
def test_date_that_is_taken_or_past_the_last_is_refused(date, changed):
    assert refused(changed, date) == ["release-date"]


def test_release_while_check_fails_is_refused(site):
    site.with_file(LOG, ENTRY)
    codes = refused(site, FIRST, checked=True)
    assert "organisation-number" in codes


def test_release_of_a_broken_source_is_refused(changed):
    changed.with_edit("content/en/privacy.md", "Ring up {{", "Ring up {{ nobody.")
    assert refused(changed) == ["unknown-name"]


def test_entry_that_changed_nothing_is_refused(released):
    released.with_file(LOG, ENTRY + "\n" + released.read(LOG))
    assert refused(released, checked=True).count("empty-change") == 2


def test_entry_without_a_summary_is_refused(changed):
    changed.with_file(LOG, changed.read(LOG).replace("en: Changed.", 'en: ""'))
    assert refused(changed)


def test_entry_that_lacks_a_language_is_refused(changed):
    changed.with_file(LOG, changed.read(LOG).replace("    en: Changed.\n", ""))
    assert refused(changed) == ["missing-language"]


def disk(code):
    def fail(*_, **__):
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize("step", ["os.fsync", "klartekst.release.mkdtemp", "pathlib.Path.rename"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_full_or_read_only_disk_is_told_and_leaves_nothing(step, code, changed, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(step, disk(code))
        assert refused(changed) == ["cannot-write"]
    release(changed, checked=False)
    assert changed.found() == []


def test_archive_that_is_no_folder_is_told(site):
    site.with_file(LOG, ENTRY).with_file("archive", "")
    assert refused(site, FIRST) == ["cannot-write"] or site.codes() == ["broken-archive"]


def test_date_that_could_not_be_written_is_written_by_the_next_run(changed, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("klartekst.change_log.replace", disk(errno.ENOSPC))
        with pytest.raises(SiteError):
            release(changed, checked=False)
    assert changed.codes() == ["missing-entry"]
    release(changed, NEXT.replace(year=2027), checked=False)
    assert changed.found() == []
    assert f"date: {NEXT}\n" in changed.read(LOG)


def test_second_release_at_the_same_time_says_so(changed):
    (changed.root / ".klartekst").mkdir(exist_ok=True)
    with alone(changed.root / ".klartekst/release.lock"):
        assert refused(changed) == ["release-running"]


RELEASE = """
    import os, signal, sys
    from datetime import date
    from pathlib import Path
    from klartekst import release
    from klartekst.problems import SiteError
    root, fatal = sys.argv[1], int(sys.argv[2])
    release._check = lambda made: None
    steps = 0
    def watch(event, arguments):
        global steps
        names = [name for name in arguments if isinstance(name, (str, Path))]
        if not any(f"{root}/archive" in str(name) or f"{root}/data" in str(name) for name in names):
            return
        if event == "open" and "w" not in str(arguments[1]):
            return
        steps += 1
        if steps == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(watch)
    try:
        release.release(Path(root), date(2026, 1, 15), date(2025, 6, 1))
    except SiteError as error:
        sys.exit(",".join(problem.code for problem in error.problems))
    print(steps)
"""


def start(site, fatal=0):
    """A process that releases the site, and is killed at the step `fatal` of its writing."""
    command = [sys.executable, "-c", textwrap.dedent(RELEASE), str(site.root), str(fatal)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=REPOSITORY
    )


def test_killed_release_leaves_nothing_half_written_and_the_next_goes_through(changed):
    for fatal in sorted(random.Random(5).sample(range(1, 18), 5)):
        process = start(changed, fatal)
        _, errors = process.communicate()
        assert process.returncode == -signal.SIGKILL, f"{fatal}: {errors}"
        assert load(changed.root).problems == []
        if (changed.root / f"archive/{NEXT}").exists():
            break
    release(changed, checked=False)
    assert changed.found() == []
    assert not list((changed.root / "archive").glob(".*"))
    assert changed.read(LOG).count(f"date: {NEXT}") == 1


def test_of_two_releases_at_once_one_wins_and_the_other_says_so(changed):
    processes = [start(changed), start(changed)]
    errors = [process.communicate()[1].strip() for process in processes]
    assert sorted(process.returncode for process in processes) == [0, 1]
    assert {"release-running", "nothing-prepared"} & set(errors)
    assert changed.found() == []


def test_left_over_of_a_killed_process_is_removed(changed):
    changed.with_file("archive/.new-killed/privacy.en.html", "half")
    release(changed, checked=False)
    assert not (changed.root / "archive/.new-killed").exists()


@pytest.mark.parametrize("date", ["2026-02-31", "tomorrow", "15.01.2026"])
def test_date_that_is_none_is_wrong_usage(date, changed):
    before = sources(changed)
    arguments = ["--site", str(changed.root), "release", "--date", date]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert f"“{date}” is not a date" in result.stderr
    assert sources(changed) == before


def test_day_of_the_release_is_noted(released):
    assert f'"made": "{TODAY}"' in released.read(f"archive/{FIRST}/manifest.json")


def test_what_is_released_is_what_check_saw(changed, monkeypatch):
    seen = []
    monkeypatch.setattr(releasing.judge, "judged", lambda made: seen.append(made) or Report())
    releasing.release(changed.root, NEXT, TODAY)
    text = seen[0].rendered.working["privacy", "en"].fragment
    assert changed.read(f"archive/{NEXT}/privacy.en.html") == text


class Report:
    crashes = ()
    findings = ()
