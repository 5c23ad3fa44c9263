"""A clumsy editor: whatever is changed in the sources, it is a site or a list of problems."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klartekst.problems import SiteError

from .sites import GOOD, SiteFolder

NAMES = sorted(
    path.relative_to(GOOD).as_posix() for path in GOOD.rglob("*") if path.suffix in (".md", ".yaml")
)
_SLIPS = st.sampled_from([
    b"", b" ", b"\n", b"\t", b"-", b"- ", b": ", b"{", b"}", b"[", b"]", b"'", b'"', b"#", b"{{ ",
    b" }}",
    b"{% if x %}", b"%}", b"<b>", b"](", b"![", b"*", b"&a ", b"*a", b"|", b">", b"\x00", b"\xff",
    b"\r",
    b"\xe2\x80\xa8", b"---\n", b"...", b"no", b"!!int ", b"## ", b"page:", b"{#a}",
    b"\xef\xbb\xbf", b"0",
    b"javascript:", b"__class__", b"{!--", b"\\", b"`", b"<<", b"? ", b"=", b"name: ",
    b"9999999999999999",
])  # fmt: skip


@pytest.fixture(scope="module")
def clumsy() -> Iterator[SiteFolder]:
    """One site for all slips; each file is put right afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        yield SiteFolder.copy(GOOD, Path(folder) / "site")


@settings(max_examples=50)
@given(st.data())
def test_every_slip_is_a_site_or_a_problem(clumsy: SiteFolder, data: st.DataObject) -> None:
    changed = data.draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True))
    plain = {name: (clumsy.root / name).read_bytes() for name in changed}
    try:
        for name, content in plain.items():
            at = data.draw(st.integers(0, len(content)))
            gone = data.draw(st.sampled_from([0, 0, 1, 2, 7, 40]))
            slip = data.draw(_SLIPS | st.binary(max_size=3))
            again = content[at : at + data.draw(st.sampled_from([0, 0, 20]))]
            clumsy.with_file(name, content[:at] + slip + again + content[at + gone :])
        try:
            assert clumsy.make()
        except SiteError as error:
            assert error.problems
            for problem in error.problems:
                path = clumsy.root / problem.place.file
                lines = path.read_bytes().count(b"\n") + 2 if path.is_file() else 1
                assert problem.place.line <= max(lines, path.is_file() and _lines(path))
    finally:
        for name, content in plain.items():
            clumsy.with_file(name, content)


def _lines(path: Path) -> int:
    return len(path.read_bytes().replace(b"\r", b"\n").split(b"\n"))
