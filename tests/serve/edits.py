"""What people do to the sources of a site in a day, at random and in any order."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from ..sites import REPOSITORY, SiteFolder

_ADDED = """\
---
page: extra-{0}
title: Extra {0}
description: One more page.
---

## First {{#first}}

Words, and [](page:privacy#rights).
"""

BROKEN = (
    b"\n{{ nobody.knows }}\n", b"\n<b>raw</b>\n", b"\n{% if %}\n", b"\n[x](page:nowhere)\n",
    b"\xff\xfe", b"\n# Title\n", b"\n{{ controller.email\n", b"\n[](#nowhere)\n", b"\x07",
)  # fmt: skip
"""What breaks a text."""


class Editor:
    """Somebody who edits the site in `site`, as `chance` has it."""

    def __init__(self, site: SiteFolder, chance: random.Random) -> None:
        """The site as it is now is what the editor mends things back to."""
        self.site = site
        self.root = site.root
        self.chance = chance
        self.good = {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for part in ("content", "data", "archive")
            for path in sorted((self.root / part).rglob("*"))
            if path.is_file()
        }
        self.number = 0

    def edit(self) -> str:
        """Do one thing; its name."""
        self.number += 1
        acts: list[tuple[int, Callable[[], None]]] = [
            (10, self.word), (3, self.heading), (3, self.front_matter), (4, self.data),
            (5, self.entry), (2, self.uses_data), (1, self.archive),
            (3, self.reorder), (4, self.break_text), (2, self.break_data), (2, self.half_save),
            (2, self.add_page), (2, self.delete), (2, self.rename), (3, self.template),
            (1, self.catalogue), (2, self.style), (1, self.vanish), (22, self.mend),
        ]  # fmt: skip
        act = self.chance.choices([act for _, act in acts], [weight for weight, _ in acts])[0]
        try:
            act()
        except FileNotFoundError:  # it was deleted before: somebody puts everything back
            self.mend_all()
        return act.__name__

    def pick(self, part: str, suffix: str = ".md") -> Path:
        """Any file below `part`."""
        found = sorted(p for p in (self.root / part).rglob(f"*{suffix}") if p.is_file())
        if not found:
            raise FileNotFoundError(part)
        return self.chance.choice(found)

    def change(self, path: Path, edit: Callable[[bytes], bytes]) -> None:
        """Write a file anew: in place, or as many editors do by renaming another over it."""
        data = edit(path.read_bytes())
        if self.chance.random() < 0.5:
            path.write_bytes(data)
        else:
            other = path.with_name(f".{path.name}.swp")
            other.write_bytes(data)
            other.replace(path)

    def word(self) -> None:
        self.change(
            self.pick("content"),
            lambda data: data.replace(
                b". ", f". Edit {self.number}. ".encode(), self.chance.randint(1, 2)
            ),
        )

    def heading(self) -> None:
        self.change(
            self.pick("content"),
            lambda data: re.sub(
                rb"^## .*?(?= \{#)", f"## Heading {self.number}".encode(), data, count=1, flags=re.M
            ),
        )

    def front_matter(self) -> None:
        key = self.chance.choice([b"title", b"description"])
        self.change(
            self.pick("content"),
            lambda data: re.sub(
                rb"^%b: .*$" % key, b"%b: Other %d" % (key, self.number), data, count=1, flags=re.M
            ),
        )

    def data(self) -> None:
        name, old, new = self.chance.choice([
            ("data/site.yaml", rb"short_name: .*", b"short_name: Name %d" % self.number),
            ("data/site.yaml", rb"^citations: .*\n", b""),
            ("data/site.yaml", rb"\A", b"citations: short\n"),
            ("data/site.yaml", rb"\A", b"# %d\n" % self.number),
            ("data/register.yaml", rb"\d+ months", b"%d months" % (self.number % 12 + 2)),
            ("data/register.yaml", rb"\Z", b"# %d\n" % self.number),
            ("data/changes.yaml", rb"en: (.*)$", rb"en: \1 " + b"%d" % self.number),
        ])  # fmt: skip
        self.change(self.root / name, lambda data: re.sub(old, new, data, count=1, flags=re.M))

    def entry(self) -> None:
        """Change a text of the register, take one of its entries away or add one."""
        old, new = self.chance.choice([
            (rb"nb: [^,}\n]*", b"nb: Ord %d" % self.number),
            (rb"en: [^,}\n]*", b"en: Word %d" % self.number),
            (rb"^  [\w-]+:\n(?:    .*\n)+", b""),
            (rb"^rights:\n", b"rights:\n  r%d:\n    name: {nb: Rett, en: Right}\n"
             b"    article: 15\n    description: {nb: x, en: x}\n" % self.number),
        ])  # fmt: skip

        def edit(data: bytes) -> bytes:
            found = list(re.finditer(old, data, flags=re.M))
            if not found:
                return data
            match = self.chance.choice(found)
            return data[: match.start()] + new + data[match.end() :]

        self.change(self.root / "data/register.yaml", edit)

    def uses_data(self) -> None:
        """Show something of the data: a value, a list, what hangs on whether it is there."""
        text = self.chance.choice([
            b"{{ cookies.basket.name }}", b"{{ block.rights }}", b"{{ address.cookies }}",
            b"{% for right in rights %}{{ right.name }}, {% endfor %}",
            b"{% if controller.phone is none %}none{% else %}{{ controller.phone }}{% endif %}",
            b"{{ rights|length }}", b"{{ cookies.basket.category.name }}",
        ])  # fmt: skip
        self.change(self.pick("content"), lambda data: data + b"\n" + text + b"\n")

    def archive(self) -> None:
        """Spoil a file of the archive or lose it, if there is one."""
        path = self.pick("archive", "")
        if self.chance.random() < 0.5:
            path.unlink()
        else:
            path.write_bytes(path.read_bytes() + b" ")

    def reorder(self) -> None:
        """Swap two neighbouring entries of the register: nothing but their order changes."""

        def swap(data: bytes) -> bytes:
            parts = re.split(rb"(?m)^(?=  [\w-]+:)", data)
            if len(parts) < 3:
                return data
            i = self.chance.randrange(1, len(parts) - 1)
            parts[i], parts[i + 1] = parts[i + 1], parts[i]
            return b"".join(parts)

        self.change(self.root / "data/register.yaml", swap)

    def break_text(self) -> None:
        self.change(self.pick("content"), lambda data: data + self.chance.choice(BROKEN))

    def break_data(self) -> None:
        bad = self.chance.choice([b"\n\tno: [", b"\nnobody: x\n", b"\n- {a: b\n"])
        self.change(self.pick("data", ".yaml"), lambda data: data + bad)

    def half_save(self) -> None:
        path = self.pick(self.chance.choice(["content", "data"]), "")
        path.write_bytes(path.read_bytes()[: self.chance.randrange(400)])

    def add_page(self) -> None:
        for language in ("nb", "en") if self.chance.random() < 0.7 else ("nb",):
            name = f"content/{language}/extra-{self.number % 3}.md"
            self.site.with_file(name, _ADDED.format(self.number % 3))

    def delete(self) -> None:
        self.pick("content").unlink()

    def rename(self) -> None:
        path = self.pick("content")
        path.rename(path.with_name(f"renamed-{self.number % 4}.md"))

    def template(self) -> None:
        name = self.chance.choice(["page.html", "partials/toc.html", "blocks/rights.html"])
        text = (REPOSITORY / "layouts" / name).read_text("utf-8")
        bad = self.chance.choice(["", "", "{{ nobody }}", "{% if %}", '<a href="/nowhere">x</a>'])
        self.site.with_file(f"layouts/{name}", f"{text}\n<!-- {self.number % 5} -->{bad}\n")

    def catalogue(self) -> None:
        text = f'msgid ""\nmsgstr ""\n\nmsgid "Contents"\nmsgstr "Contents {self.number}"\n'
        self.site.with_file(f"layouts/messages/{self.chance.choice(['nb', 'en'])}.po", text)

    def style(self) -> None:
        self.site.with_file("layouts/assets/print.css", f"/* {self.number} */\n")

    def vanish(self) -> None:
        shutil.rmtree(self.root / self.chance.choice(["content", "layouts", "data"]))

    def mend(self) -> None:
        """Take one thing back."""
        if self.chance.random() < 0.4:
            self.mend_all()
            return
        name = self.chance.choice(sorted(self.good))
        self.site.with_file(name, self.good[name])

    def mend_all(self) -> None:
        """Take everything back, as ``git checkout`` of the first branch would."""
        for part in ("content", "data", "layouts", "archive"):
            shutil.rmtree(self.root / part, ignore_errors=True)
        for name, data in self.good.items():
            self.site.with_file(name, data)
