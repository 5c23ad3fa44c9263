"""Layouts and catalogues that fail."""

from __future__ import annotations

from . import Bad, Edit, whole

RIGHTS, NB = "layouts/blocks/rights.html", "layouts/messages/nb.po"

CASES: list[Bad] = [
    whole("a syntax error", RIGHTS, "a\nb\n⟦template-failed⟧{% if %}"),
    whole("an unclosed statement", RIGHTS, "⟦template-failed⟧{% if true %}"),
    whole("an unknown tag", RIGHTS, "\n⟦template-failed⟧{% nope %}"),
    whole("an unknown filter", RIGHTS, "\n⟦template-failed⟧{{ 'x'|nope }}"),
    whole("an unknown name", RIGHTS, "\n\n⟦template-failed⟧{{ nope }}"),
    whole("an unknown fact", RIGHTS, "\n⟦template-failed⟧{{ facts.nope }}"),
    whole("an error while it runs", RIGHTS, "\n\n\n⟦template-failed⟧{{ 1 / 0 }}"),
    whole("a missing partial", RIGHTS, "x\n⟦template-failed⟧{% include 'partials/nope.html' %}"),
    whole("itself within itself", RIGHTS, "x\n⟦template-failed⟧{% include 'blocks/rights.html' %}"),
    whole("a failing partial", "layouts/partials/toc.html", "\n⟦template-failed⟧{{ nope }}"),
    whole("a failing page", "layouts/page.html", "\n\n⟦template-failed⟧{{ nope }}"),
    whole("a failing site map", "layouts/sitemap.xml", "\n⟦template-failed⟧{{ nope }}"),
    whole("a failing style sheet", "layouts/assets/theme.css", "\n⟦template-failed⟧{{ nope }}"),
    Bad("a template that is not UTF-8", also=("layouts/blocks/rights.html:2:2 not-utf-8",),
        prepare=lambda site: site.with_file(RIGHTS, b"a\nb\xf8")),
    Bad("a partial that is not UTF-8", also=("layouts/partials/head.html:1:1 not-utf-8",),
        prepare=lambda site: site.with_file("layouts/partials/head.html", b"\xff")),
    Bad("a style sheet that is not UTF-8", also=("layouts/assets/base.css:1:1 not-utf-8",),
        prepare=lambda site: site.with_file("layouts/assets/base.css", b"\xff")),
    whole("a broken catalogue", NB, 'msgid "Who"\n⟦bad-catalogue⟧msgstr "Hv\n⟦bad-catalogue⟧x'),
    whole("a catalogue with a broken head", NB,
          '⟦bad-catalogue⟧msgid ""\nmsgstr "Plural-Forms: nplurals=x; plural=0;\\n"\n'),
    Bad("a catalogue that is not UTF-8", also=(f"{NB}:2:9 not-utf-8",),
        prepare=lambda site: site.with_file(NB, b'msgid "Who"\nmsgstr "\xe5"\n')),
    whole("a translation with a strange place", NB,
          '⟦bad-message⟧msgid "In force from {date}"\nmsgstr "Fra {dato}"\n'),
    whole("a translation that reaches further", NB,
          '\n⟦bad-message⟧msgid "In force from {date}"\nmsgstr "Fra {date.__class__}"\n'),
    whole("a translation with a conversion", NB,
          '\n⟦bad-message⟧msgid "In force from {date}"\nmsgstr "Fra {date!r:>99999999}"\n'),
    whole("a translation with a lone brace", NB, '⟦bad-message⟧msgid "Who"\nmsgstr "{"\n'),
    whole("a translation with a number", NB, '⟦bad-message⟧msgid "Who"\nmsgstr "{0}"\n',
          Edit("layouts/messages/en.po", '⟦bad-message⟧msgid "Why"\nmsgstr "{}"\n')),
    whole("a request to another host", RIGHTS, '<img src="https://example.org/x.png" alt="">',
          also=tuple(f"output/{path}/index.html:1:1 foreign-request"
                     for path in ("en/privacy", "personvern"))),
    whole("a dead link", RIGHTS, '<a href="/nope/">x</a>',
          also=tuple(f"output/{path}/index.html:1:1 dead-link"
                     for path in ("en/privacy", "personvern"))),
]  # fmt: skip
