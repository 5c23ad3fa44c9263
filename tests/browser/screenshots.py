"""``python -m tests.browser.screenshots``: makes the pictures of README and the handbook anew.

All show this repository's own pages. What is edited for a picture is edited in a copy, and told in
the handbook as the example that it is. Where such a text has changed meanwhile, this stops and
says which: then take another, here and in the handbook.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from klartekst import pipeline
from klartekst.release import release
from klartekst.reviewed import record

from ..releases import prepare
from ..serve.conftest import AS_OF, Running
from ..sites import REPOSITORY, SiteFolder
from .browser import ARGUMENTS, find_browser
from .server import Server

IMAGES = REPOSITORY / "docs/images"
LIMIT = 150_000
"""The most bytes of a picture."""

TODAY = datetime.date.fromisoformat(AS_OF)
COMING = datetime.date(2026, 12, 15)

SOURCES = {"nb": "content/nb/personvern.md", "en": "content/en/privacy.md"}
NOTICE = {"nb": "personvern/", "en": "en/privacy/"}
COOKIES = {"nb": "cookies/", "en": "en/cookies/"}
LOG = {"nb": "endringer/", "en": "changes/"}
EDITS = {
    "nb": ("anonymiseres eller slettes de på", "sletter eller anonymiserer vi dem på"),
    "en": ("they are anonymised or erased in", "we erase or anonymise them in"),
}
"""A sentence of the section on retention, before and after."""
SUMMARY = {
    "nb": "Avsnittet om lagring og sletting sier hvem som sletter.",
    "en": "The section on storage and erasure says who erases.",
}

Picture = tuple[str, bytes]
"""Its path below `IMAGES`, and the PNG."""


def site(folder: str) -> SiteFolder:
    """A copy of the repository's own site, with one sentence changed in both languages."""
    copied = SiteFolder.copy(REPOSITORY, Path(folder) / "site")
    for language, (old, new) in EDITS.items():
        replace(copied, SOURCES[language], old, new)
    return copied


def replace(site: SiteFolder, name: str, old: str, new: str) -> None:
    """Change a text that stands once in the file `name`; ends the script where it does not."""
    text = site.read(name)
    if text.count(old) != 1:
        raise SystemExit(f"“{old}” does not stand once in {name}: take another example")
    site.with_file(name, text.replace(old, new))


def announced(site: SiteFolder) -> SiteFolder:
    """The site with its change released for a day to come."""
    record(site.root, TODAY, ["privacy#retention"])
    prepare(site, "SUMMARY")
    for language, summary in SUMMARY.items():
        replace(site, "data/changes.yaml", f"{language}: SUMMARY", f"{language}: {summary}")
    release(site.root, COMING, TODAY)
    return site


@contextmanager
def served(site: SiteFolder) -> Iterator[str]:
    """The address of the published pages, as they are today."""
    server = Server(pipeline.make(site.root, TODAY))
    yield f"{server.address}/"
    server.close()


@contextmanager
def previewed(site: SiteFolder) -> Iterator[str]:
    """The address of the preview."""
    preview = Running(site.root).built()
    yield f"{preview.url}/"
    preview.stop()


@contextmanager
def seen(browser: Browser, address: str, height: int, **options: Any) -> Iterator[Page]:
    """A page in a window of that height, as one sees it on a good screen."""
    usual = {"viewport": {"width": 760, "height": height}, "device_scale_factor": 2}
    context = browser.new_context(**usual | options)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def readme(browser: Browser) -> Iterator[Picture]:
    """The notice on a desktop and on a phone."""
    sizes = {"desktop": (1280, 900), "phone": (390, 844)}
    with served(SiteFolder(REPOSITORY)) as address:
        for name, (width, height) in sizes.items():
            options = {"viewport": {"width": width, "height": height}, "device_scale_factor": 1}
            with seen(browser, f"{address}personvern/", height, java_script_enabled=False,
                      **options) as page:  # fmt: skip
                yield f"notice-{name}.png", page.screenshot()


def published(browser: Browser) -> Iterator[Picture]:
    """What visitors see: the dates, what is announced, its redline, a fingerprint, the banner."""
    with (
        TemporaryDirectory() as folder,
        served(SiteFolder(REPOSITORY)) as now,
        served(announced(site(folder))) as then,
    ):
        for code, path in NOTICE.items():
            for name, address in (("dates", now), ("announced", then)):
                with seen(browser, f"{address}{path}", 300, java_script_enabled=False) as page:
                    yield f"editors/{name}.{code}.png", page.screenshot()
            redline = f"{then}{path}{COMING}/{LOG[code]}"
            with seen(browser, redline, 360, java_script_enabled=False) as page:
                page.locator("del").first.evaluate("it => it.scrollIntoView({ block: 'center' })")
                yield f"editors/redline.{code}.png", page.screenshot()
            with seen(browser, f"{now}{path}", 640, java_script_enabled=False) as page:
                page.locator("details.fingerprint summary").click()
                picture = page.locator("details.fingerprint").screenshot()
                yield f"editors/fingerprint.{code}.png", picture
            with seen(browser, f"{now}{COOKIES[code]}", 440) as page:
                page.locator("kt-choice .acts button").first.wait_for()
                yield f"editors/banner.{code}.png", page.screenshot()


def worked_on(browser: Browser) -> Iterator[Picture]:
    """What editors see in the preview: its bar with the findings, and a problem over the page."""
    with TemporaryDirectory() as folder:
        edited = site(folder)
        with previewed(edited) as address:
            for code, path in NOTICE.items():
                with seen(browser, f"{address}{path}", 350) as page:
                    page.locator("kt-choice .acts button").nth(1).click()
                    page.locator(".bar .findings summary").click()
                    yield f"editors/bar.{code}.png", page.screenshot()
                    page.locator(".bar .findings summary").click()
                    replace(edited, SOURCES[code], EDITS[code][1], "{{ controller.emial }}")
                    page.locator(".overlay").wait_for()
                    yield f"editors/overlay.{code}.png", page.screenshot()
                    replace(edited, SOURCES[code], "{{ controller.emial }}", EDITS[code][1])
                    page.locator(".overlay").wait_for(state="detached")


def main() -> None:
    """Make every picture, and say how large it is."""
    (IMAGES / "editors").mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(ARGUMENTS))
        for make in (readme, published, worked_on):
            for name, picture in make(browser):
                print(f"{len(picture):8} {name}{'  TOO LARGE' if len(picture) > LIMIT else ''}")
                (IMAGES / name).write_bytes(picture)
        browser.close()


if __name__ == "__main__":
    main()
