"""Files that are missing, cannot be read, or lie where they may not."""

from __future__ import annotations

import os
from collections.abc import Callable

from tests.sites import SiteFolder

from . import Bad, Edit, edit, whole

SITE, CHANGES = "data/site.yaml", "data/changes.yaml"
_PAGE = "---\npage: {}\ntitle: x\ndescription: y\n---\n\nTekst.\n"


def _moved_out(name: str) -> Callable[[SiteFolder], None]:
    """Moves the file or folder `name` out of the site and leaves a link to it."""

    def move(site: SiteFolder) -> None:
        path, outside = site.root / name, site.root.parent / "outside"
        path.rename(outside)
        path.symlink_to(outside)

    return move


def _led_out(name: str) -> Bad:
    """A site of which `name` is a link that leads out of it."""
    return Bad(f"a link out of the site for {name}", also=(f"{name}:1:1 outside-file",),
               edits=(Edit(f"{name}/x.html" if name == "layouts" else name, "x"),)
               if name.startswith(("layouts", "data/translations", "content/nb/link")) else (),
               prepare=_moved_out(name))  # fmt: skip


def _named(name: str, file: str) -> Bad:
    """A page whose file has a name that is no address."""
    return whole(name, file, "⟦bad-slug⟧" + _PAGE.format("more"),
                 Edit("content/en/more.md", _PAGE.format("more")))  # fmt: skip


CASES: list[Bad] = [
    Bad("a missing data file", also=(f"{CHANGES}:1:1 missing-file",),
        prepare=lambda site: site.without(CHANGES)),
    Bad("no data at all", prepare=lambda site: site.without("data"),
        also=(f"{CHANGES}:1:1 missing-file", "data/register.yaml:1:1 missing-file",
              f"{SITE}:1:1 missing-file")),
    Bad("no content", also=("content:1:1 missing-file",),
        prepare=lambda site: site.without("content")),
    Bad("a folder for a data file", also=(f"{CHANGES}:1:1 unreadable-file",),
        prepare=lambda site: site.without(CHANGES).with_file(f"{CHANGES}/x", "")),
    Bad("a folder for a page", also=("content/nb/more.md:1:1 unreadable-file",),
        prepare=lambda site: site.with_file("content/nb/more.md/x.md", "")),
    Bad("a pipe for a page", also=("content/nb/more.md:1:1 unreadable-file",),
        prepare=lambda site: os.mkfifo(site.root / "content/nb/more.md")),
    Bad("a link to itself", also=("content/nb/more.md:1:1 unreadable-file",),
        prepare=lambda site: (site.root / "content/nb/more.md").symlink_to("more.md")),
    Bad("a link to nowhere", also=("content/nb/more.md:1:1 missing-file",),
        prepare=lambda site: (site.root / "content/nb/more.md").symlink_to("nowhere.md")),
    *[_led_out(name) for name in (
        "content/nb/link.md", "data/site.yaml", "data/translations/privacy.nb.md", "layouts",
        "layouts/blocks/mine.html", "layouts/messages/nb.po", "layouts/assets/mine.css",
    )],
    Bad("a link out of the site for all data", prepare=_moved_out("data"),
        also=("data:1:1 outside-file",
              *(f"data/{name}.yaml:1:1 outside-file" for name in ("changes", "register", "site")))),
    Bad("a pipe for a data file", also=(f"{CHANGES}:1:1 unreadable-file",),
        prepare=lambda site: os.mkfifo(site.without(CHANGES).root / CHANGES)),
    Bad("a pipe in the archive", also=("archive/x:1:1 unreadable-file",),
        prepare=lambda site: os.mkfifo(site.with_file("archive/.x", "").root / "archive/x")),
    Bad("Latin-1", also=("content/nb/cookies.md:3:19 not-utf-8",),
         prepare=lambda site: site.with_file(
        "content/nb/cookies.md", site.read("content/nb/cookies.md").encode("latin-1"))),
    Bad("UTF-16", also=(f"{CHANGES}:1:1 not-utf-8",), prepare=lambda site: site.with_file(
        CHANGES, site.read(CHANGES).encode("utf-16"))),
    Bad("a broken sign at the end", also=(f"{CHANGES}:2:4 not-utf-8",),
        prepare=lambda site: site.with_file(CHANGES, "# å\n# å".encode() + b"\xe2\x82")),
    _named("a name of one dot", "content/nb/..md"),
    _named("a name of two dots", "content/nb/...md"),
    _named("a name in capitals", "content/nb/More.md"),
    _named("a name with a space", "content/nb/more more.md"),
    _named("a name with a sign", "content/nb/møre.md"),
    _named("a name with a percent sign", "content/nb/%2e%2e.md"),
    _named("a name with a backslash", "content/nb/..\\more.md"),
    _named("a date for a name", "content/nb/personvern/2025-06-06.md"),
    _named("a date for a folder", "content/nb/2025-06-06/more.md"),
    _named("no name", "content/nb/.md"),
    _named("a folder in capitals", "content/nb/More/more.md"),
    _named("a folder of dots", "content/nb/.../more.md"),
    whole("a page in a strange language", "content/de/x.md",
         "⟦unknown-language⟧" + _PAGE.format("x")),
    whole("a page in no language", "content/README.md", "⟦unknown-language⟧# Read me"),
    whole("a page in one language only", "content/nb/more.md",
          _PAGE.format("⟦missing-page⟧more")),
    Bad("no page in a language", prepare=lambda site: site.without("content/en"),
        also=("content/nb/cookies.md:2:7 missing-page", "content/nb/personvern.md:2:7 missing-page",
              "content/nb/personvern/endringer.md:2:7 missing-page")),
    *[
        whole(f"a text that ends in {suffix}", f"content/nb/more{suffix}", "⟦not-markdown⟧x")
        for suffix in (".MD", ".docx", ".markdown")
    ],
    whole("two pages with one id", "content/nb/more.md", _PAGE.format("⟦duplicate-page⟧cookies")),
    whole("two pages with one address", "content/nb/en/cookies.md",
          "⟦duplicate-url⟧" + _PAGE.format("more"),
          Edit("content/en/more.md", _PAGE.format("more"))),
    edit("languages that cannot be read, and a text that lacks one", SITE, "authority:\n  name",
         "authority\n  name⟦yaml-syntax⟧",
         Edit("data/register.yaml", "{nb: Avtale}", "{nb: Avtale, en: Contract}"),
         Edit("content/en/cookies.md", "{{ bases.contract.name }} {{ ⟦unknown-name⟧bases.x }}",
              "See [](page:privacy#cookies).")),
    edit("faults in three files", SITE, "website: https://www.datatilsynet.no",
         "website: ⟦bad-address⟧datatilsynet.no",
         Edit(CHANGES, "kind: ⟦unknown-value⟧small", "kind: editorial"),
         Edit(CHANGES, "date: ⟦bad-date⟧i går", "date: 2024-03-01"),
         Edit("content/nb/cookies.md", "⟦raw-html⟧<hr> [x](⟦bad-link⟧x) {{ ⟦unknown-name⟧y }}",
              "Se [](page:privacy#cookies)."),
         Edit("content/en/privacy.md", "The {{ ⟦unknown-name⟧bases.contract.nam }}",
         "The controller")),
]  # fmt: skip
