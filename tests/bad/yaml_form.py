"""Data files that are not plain YAML."""

from __future__ import annotations

from . import Bad, edit, whole

SITE, REGISTER, CHANGES = "data/site.yaml", "data/register.yaml", "data/changes.yaml"

_BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'⟦yaml-alias⟧*{old}'] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

CASES: list[Bad] = [
    whole("an unclosed bracket", CHANGES, "- date: [\n⟦yaml-syntax⟧"),
    whole("an unclosed quote", CHANGES, '- date: "2024\n  kind: x\n⟦yaml-syntax⟧'),
    edit("a text with a colon", SITE, "  name: Datatilsynet",
         "  name: Data⟦yaml-syntax⟧: tilsynet"),
    edit("a forgotten colon", SITE, "authority:\n  name", "authority\n  name⟦yaml-syntax⟧"),
    edit("wrong indentation", SITE, "  name: Datatilsynet",
         "   name: x\n  ⟦yaml-syntax⟧website: y\n"
         "  name: Datatilsynet"),
    edit("a text that begins with @", SITE, "name: Datatilsynet", "name: ⟦yaml-syntax⟧@data"),
    edit("a quote that goes on over other keys", SITE, "  name: Datatilsynet",
         '  name: ⟦open-quotes⟧"Datatilsynet”\n  other: x\n  more: x"'),
    edit("a list on the line of its key", SITE, "languages: [nb, en]",
         "languages: ⟦yaml-syntax⟧- nb"),
    edit("a backslash in quotes", SITE, "  name: Datatilsynet", '  name: "C:⟦yaml-syntax⟧\\Data"'),
    edit("a hard space before a key", SITE, "  name: Datatilsynet",
         "⟦yaml-space⟧\u00a0 name: Datatilsynet"),
    edit("a hard space after a colon", SITE, "  name: Datatilsynet",
         "  name:⟦yaml-space⟧\u00a0Datatilsynet"),
    edit("a second document", CHANGES, "  kind: editorial", "⟦yaml-syntax⟧---\n  kind: editorial"),
    edit("a tab", SITE, "  name: Datatilsynet", "⟦yaml-tab⟧\tname: Datatilsynet"),
    edit("a tab after spaces", REGISTER, "  orders:\n    name", "  orders:\n  ⟦yaml-tab⟧\tname"),
    edit("a duplicate key", SITE, "  name: Datatilsynet",
         "  name: Datatilsynet\n  ⟦duplicate-key⟧name: Nkom"),
    edit("a duplicate entry", REGISTER, "  newsletter:\n    name",
         "  ⟦duplicate-key⟧orders:\n    name: {nb: x, en: y}\n  newsletter:\n    name"),
    edit("two duplicate keys", REGISTER, "{nb: Avtale, en: Contract}",
         "{nb: Avtale, ⟦duplicate-key⟧nb: Avtale, en: Contract, ⟦duplicate-key⟧en: Contract}"),
    edit("a tag of Python", CHANGES, "kind: editorial",
         "kind: ⟦yaml-tag⟧!!python/object/apply:os.system [editorial]"),
    edit("a tag of a type", CHANGES, "date: 2024-11-15", "date: ⟦yaml-tag⟧!!timestamp 2024-11-15"),
    edit("a list as a key", CHANGES, "kind: editorial",
         "kind: editorial\n  ? ⟦yaml-key⟧[a]\n  : b"),
    edit("an alias", CHANGES, "kind: editorial", "kind: &k editorial\n  other: ⟦yaml-alias⟧*k"),
    edit("an alias as a key", CHANGES, "kind: editorial",
         "kind: &k editorial\n  ⟦yaml-alias⟧*k : x"),
    edit("an alias of nothing", CHANGES, "kind: editorial", "kind: ⟦yaml-alias⟧*k"),
    edit("a merged mapping", CHANGES, "kind: editorial", "kind: editorial\n  <<: ⟦yaml-alias⟧*k"),
    whole("an alias bomb", REGISTER, _BOMB),
    whole("an alias of itself", REGISTER, "a: &a [⟦yaml-alias⟧*a]"),
    whole("endless nesting", CHANGES, "[" * 21 + "⟦yaml-depth⟧" + "[" * 50_000),
]  # fmt: skip
