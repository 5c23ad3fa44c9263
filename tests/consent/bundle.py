"""``python -m tests.consent.bundle``: joins and minifies the modules of the consent script.

The result, ``layouts/consent/runtime.min.js``, is committed, so that a build needs no minifier; its
first line holds the hash of the sources, and a test compares it.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "layouts" / "consent"
RUNTIME = SOURCES / "runtime.min.js"

_IMPORT = re.compile(r"^import \{[\w, ]+\} from '\./(\w+)\.js';\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:const|let|function) )", re.MULTILINE)


def order(name: str = "main", seen: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The modules that `name` needs, and itself, each after those that it imports."""
    if name in seen:
        return seen
    for needed in _IMPORT.findall(source(name)):
        seen = order(needed, seen)
    return (*seen, name)


def source(name: str) -> str:
    """The text of a module."""
    return (SOURCES / f"{name}.js").read_text("utf-8")


def joined() -> str:
    """All modules as one function of the site's data."""
    bodies = [_EXPORT.sub("", _IMPORT.sub("", source(name))) for name in order() if name != "data"]
    return "(data) => {\n" + "\n".join(bodies) + "}\n"


def stamp() -> str:
    """The first line of the result: which sources it was made of."""
    return f"// made of {hashlib.sha256(joined().encode()).hexdigest()}\n"


def minified() -> str:
    """The joined modules, minified."""
    import minify

    # “let” for every “const”: nothing assigns to one, and one word packs better than two.
    text = re.sub(r"\bconst (?=[\w{\[])", "let ", joined())
    return stamp() + minify.string("application/javascript", text).rstrip(";") + "\n"


if __name__ == "__main__":
    RUNTIME.write_text(minified(), "utf-8")
