"""Data files with values that are not what they should be."""

from __future__ import annotations

from tests.sites import SiteFolder

from . import Bad, Edit, edit, whole

SITE, REGISTER, CHANGES = "data/site.yaml", "data/register.yaml", "data/changes.yaml"


def _scalar(name: str, code: str, file: str, line: str, *values: str) -> list[Bad]:
    """The value of `line` replaced by each of the `values`, which are all faulty."""
    key, _, _ = line.partition(": ")
    return [edit(f"{name} {value}", file, line, f"{key}: ⟦{code}⟧{value}") for value in values]


def _speak_nothing(site: SiteFolder) -> None:
    """Let the second language of the good site be one that the CLDR does not know."""
    for name in (SITE, REGISTER, CHANGES):
        site.with_file(name, site.read(name).replace("en: ", "qx: ").replace(", en]", ", qx]"))
    (site.root / "content/en").rename(site.root / "content/qx")


CASES: list[Bad] = [
    edit("a misspelt key", SITE, "  email: ", "  ⟦unknown-key⟧emial: ",
         Edit(SITE, "\n⟦missing-key⟧controller:", "\ncontroller:")),
    edit("a key too many", SITE, "languages: [", "⟦unknown-key⟧page: x\nlanguages: ["),
    edit("a key of another entry", REGISTER, "    entity: Tellerup Inc.\n",
         "    entity: Tellerup Inc.\n    ⟦unknown-key⟧article: 15\n"),
    edit("a missing key", CHANGES, "  kind: editorial\n", "",
         Edit(CHANGES, "- ⟦missing-key⟧date: 2024-11-15", "- date: 2024-11-15")),
    whole("an empty data file", SITE, "⟦missing-key⟧" * 4),
    whole("a comment for data", REGISTER, "⟦missing-key⟧" * 5 + "# nothing yet\n"),
    whole("a text for a list of changes", CHANGES, "⟦bad-value⟧hello"),
    whole("a text for data", SITE, "⟦bad-value⟧hello"),
    whole("a list for data", REGISTER, "⟦bad-value⟧- hello"),
    edit("a text for a list", SITE, "languages: [nb, en]", "languages: ⟦bad-value⟧nb"),
    edit("a list for a text", SITE, "  name: Datatilsynet", "  name: ⟦bad-value⟧[Datatilsynet]"),
    edit("a text once for both languages", REGISTER, "name: {nb: Avtale, en: Contract}",
         "name: ⟦bad-value⟧Avtale"),
    edit("a text for an entry", SITE, "address: {street: Rugveien 1, postal_code: \"0101\", "
         "city: Oslo, country: NO}", "address: ⟦bad-value⟧Rugveien 1"),
    edit("an empty list", REGISTER, "recipients: [carriers]", "recipients: ⟦bad-value⟧[]"),
    edit("an entry without a value", REGISTER, "    entity: Tellerup Inc.",
         "    entity:⟦empty-value⟧"),
    edit("a blank text", REGISTER, "    entity: Tellerup Inc.", "    entity: ⟦empty-value⟧'  '"),
    edit("a repeated language", SITE, "[nb, en]", "[nb, en, ⟦duplicate-item⟧nb]"),
    edit("a repeated purpose", REGISTER, "[orders, newsletter]",
         "[orders, newsletter, ⟦duplicate-item⟧orders]"),
    edit("a missing language", REGISTER, "name: {nb: Avtale, en: Contract}",
         "⟦missing-language⟧name: {nb: Avtale}"),
    edit("an empty language", REGISTER, "name: {nb: Avtale, en: Contract}",
         "⟦missing-language⟧name: {nb: Avtale, en: }"),
    edit("an example that lacks a language", REGISTER, "- {nb: nøtter, en: nuts}",
         "- ⟦missing-language⟧{en: nuts}"),
    edit("a strange language", REGISTER, "name: {nb: Avtale, en: Contract}",
         "name: {nb: Avtale, en: Contract, ⟦unknown-language⟧no: Avtale}"),
    *_scalar("the date", "bad-date", CHANGES, "date: 2024-11-15", "2024-13-01", "2024-02-30",
             "15.11.2024", "2024-1-1", "2024-11-15T10:00", "20241115", "today", "٢٠٢٤-١١-١٥"),
    *_scalar("the duration", "bad-duration", REGISTER, "period: 13 months", "13 moons", "13",
             "0 days",
             "-1 day", "1.5 years", "13months", "P13M", "en måned", "99999 days", "session cookie",
             "٣ days", "months"),
    *_scalar("the article", "bad-article", REGISTER, "article: 7(3)", "7 (3)", "art. 7", "7(3", "x",
             "7(c)(3)", "1234"),
    *_scalar("the e-mail", "bad-email", SITE, "  email: personvern@nordbakst.example", "personvern",
             "a@b", "a b@c.no", "a@b.no, c@d.no", "<a@b.no>", "mailto:a@b", "a@b.no\"x"),
    *_scalar("the phone", "bad-phone", SITE, "  phone: +47 22 00 00 00", "22000000", "+47",
             "+47 abc",
             "+47-22-00", "tel:+4722000000", "+47 22 00 00 00 00 00 00 00 00"),
    *_scalar("the website", "bad-address", SITE, "  website: https://www.datatilsynet.no",
             "www.datatilsynet.no", "ftp://x.no", "javascript:alert(1)", "https://", "//x.no",
             "'https://x.no/ y'", "https://x.no/<b>", "https://x.no/\"onclick"),
    *_scalar("the base", "bad-address", SITE, "base_url: https://nordbakst.example",
             "https://nordbakst.example/", "https://nordbakst.example/?q", "nordbakst.example",
             "https://nordbakst.example#x", "https://nordbakst.example/a b"),
    edit("a country by name", SITE, "country: NO", "country: ⟦bad-country⟧Norge"),
    edit("a country in small letters", SITE, "country: NO", "country: ⟦bad-country⟧no"),
    *_scalar("the accent", "bad-colour", SITE, '  accent: "#7a2e1d"', "red", "'#abc'",
             "'#7a2e1d; }'", "rgb(0,0,0)"),
    edit("a language in capitals", SITE, "[nb, en]", "[nb, ⟦bad-language-code⟧EN]"),
    edit("a path for a language", SITE, "[nb, en]", "[nb, ⟦bad-language-code⟧../en]"),
    edit("a key with a hyphen", REGISTER, "  baking:\n", "  ⟦bad-key⟧bak-ing:\n"),
    edit("a key that begins with an underscore", REGISTER, "  baking:\n",
         "  ⟦bad-key⟧__class__:\n"),
    edit("a truth in words", SITE, "languages: [", "root_page: ⟦bad-truth⟧yes\nlanguages: ["),
    edit("a truth in capitals", SITE, "languages: [", "root_page: ⟦bad-truth⟧True\nlanguages: ["),
    edit("a kind that is none", CHANGES, "kind: editorial", "kind: ⟦unknown-value⟧editoral"),
    edit("a kind of cookie that is none", REGISTER, "kind: pixel", "kind: ⟦unknown-value⟧Pixel"),
    edit("an unknown purpose", REGISTER, "[orders, newsletter]",
         "[orders, ⟦unknown-slug⟧newslettr]"),
    edit("an unknown basis", REGISTER, "    basis: consent", "    basis: ⟦unknown-slug⟧consnt"),
    edit("an unknown provider", REGISTER,
         "provider: ourselves\n    party: first\n    lifetime: session",
         "provider: ⟦unknown-slug⟧us\n    party: first\n    lifetime: session"),
    edit("an unknown mechanism", REGISTER, "mechanism: clauses", "mechanism: ⟦unknown-slug⟧clause"),
    edit("an unknown page", CHANGES, "pages: [privacy, cookies]",
         "pages: [privacy, ⟦unknown-slug⟧cokies]"),
    edit("an unknown prevailing language", SITE, "prevailing_language: nb",
         "prevailing_language: ⟦unknown-slug⟧de"),
    edit("a folder above the output", SITE, "assets: personvern/assets",
         "assets: ⟦bad-slug⟧../assets"),
    edit("a folder from the root", SITE, "assets: personvern/assets", "assets: ⟦bad-slug⟧/assets"),
    edit("a folder with a backslash", SITE, "assets: personvern/assets", "assets: ⟦bad-slug⟧a\\b"),
    edit("a folder that goes nowhere", SITE, "assets: personvern/assets", "assets: ⟦bad-slug⟧a//b"),
    edit("a cookie without a name", REGISTER, "    name: basket\n", "",
         Edit(REGISTER, "  ⟦cookie-identity⟧basket:", "  basket:")),
    edit("a cookie with two names", REGISTER, "    prefix: tu_\n",
         "    prefix: tu_\n    name: tu\n",
         Edit(REGISTER, "  ⟦cookie-identity⟧counters:", "  counters:")),
    edit("a pattern without a label", REGISTER, "    label: _tu_<id>\n", "",
         Edit(REGISTER, "  ⟦cookie-identity⟧counter:\n    pattern", "  counter:\n    pattern")),
    edit("a pattern that is none", REGISTER, '"_tu_[0-9]+"', '⟦bad-pattern⟧"_tu_[0-9+"'),
    edit("a retention that says nothing", REGISTER,
         "    retention:\n      rule: {nb: til bestillingen er hentet, "
         "en: until the order is collected}",
         "    ⟦empty-entry⟧retention: {}"),
    edit("a control character in an escape", SITE, "name: Datatilsynet",
         'name: ⟦bad-character⟧"Data\\x07tilsynet"'),
    edit("a private character in an escape", SITE, "name: Datatilsynet",
         'name: ⟦bad-character⟧"\\ue0000\\ue001"'),
    edit("a reversing character", SITE, "name: Datatilsynet",
         "name: Data⟦bad-character⟧\u202etilsynet"),
    edit("a control character", SITE, "name: Datatilsynet",
         "name: Data⟦bad-character⟧\x07tilsynet"),
    edit("a pale accent", SITE, '"#7a2e1d"', '⟦low-contrast⟧"#eeeeee"'),
    edit("a dark accent on dark", SITE, '"#f2b8a0"', '⟦low-contrast⟧"#222222"'),
    edit("no logo there", SITE, "logo: data/logo.svg", "logo: ⟦missing-logo⟧data/lego.svg"),
    edit("a logo outside", SITE, "logo: data/logo.svg", "logo: ⟦missing-logo⟧../../logo.svg"),
    edit("a logo from the root", SITE, "logo: data/logo.svg",
         "logo: ⟦missing-logo⟧/etc/hostname.svg"),
    edit("a logo that is no picture", SITE, "logo: data/logo.svg",
         "logo: ⟦missing-logo⟧data/site.yaml"),
    edit("a logo that is a folder", SITE, "logo: data/logo.svg", "logo: ⟦missing-logo⟧data"),
    edit("a logo with an endless name", SITE, "logo: data/logo.svg",
         f"logo: ⟦missing-logo⟧{'x' * 300}.svg"),
    Bad("a language that nobody speaks", prepare=_speak_nothing,
        also=(f"{SITE}:4:17 unknown-language",)),
]  # fmt: skip
