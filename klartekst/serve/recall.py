"""What a preview remembers between two builds: everything, for as long as its inputs are the same.

Nothing here knows what depends on what. A value is given again when all that it was made of is what
it was; and one that was made anew and says the same as before is given as the one before, so that
whatever is made of it need not be made again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from itertools import chain, zip_longest
from operator import eq, is_
from pathlib import Path
from typing import Any, TypeVar

from klartekst.cache import Memory, Watched, regular
from klartekst.messages import Language
from klartekst.serve.same import same

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_Key = tuple[str, Hashable]

_UNSETTLED = 50_000_000
"""Nanoseconds within which a file may change once more and keep its time of change."""
_TEXTS_A_PAGE = 3
"""How many texts are remembered of a page: its HTML, that it is sound, its canonical form."""
_SPARE_TEXTS = 200
"""How many texts stay beside those that a site is made of, for an edit that is taken back."""
_SPARE = 1.25


@dataclass(slots=True)
class _File:
    """A file as it was read: what the file system said of it, when, and its bytes."""

    stamp: tuple[int, ...]
    read_at: int
    data: bytes


@dataclass(slots=True)
class _Kept:
    """A value, what it was made of, what was kept on the way, and words that were missing.

    `used` are the parts of watched inputs that it was made of.
    """

    inputs: tuple[object, ...]
    value: object
    within: list[_Key] = field(default_factory=list)
    used: frozenset[Hashable] = frozenset()
    missing: list[tuple[Language, frozenset[str]]] = field(default_factory=list)


@dataclass(slots=True)
class _Many:
    """Values of one kind, by key, and what they were made of: each of its item, all of `around`."""

    around: tuple[object, ...] = ()
    items: Mapping[Any, object] = field(default_factory=dict)
    kept: dict[Any, _Kept] = field(default_factory=dict)
    values: Mapping[Any, Any] = field(default_factory=dict)


class Recall(Memory):
    """Remembers in this process, for one build after another; not for several at once."""

    def __init__(self, behind: Memory | None = None) -> None:
        """`behind` is asked for texts that are not known here."""
        self.behind = behind or Memory()
        self._files: dict[str, _File] = {}
        self._kept: dict[_Key, _Kept] = {}
        self._many: dict[str, _Many] = {}
        self._texts: dict[bytes, str] = {}
        self._asked: set[_Key] = set()
        self._making: list[list[_Key]] = []
        self._full = 0

    def begin(self) -> None:
        """Begin a build: what is asked for from now on is what the site needs."""
        self._asked.clear()
        self._making.clear()

    def end(self) -> None:
        """End a good build: what nobody has asked for is forgotten, now and then."""
        pages = max((len(many.kept) for many in self._many.values()), default=0)
        for text in list(self._texts)[: -(_TEXTS_A_PAGE * pages + _SPARE_TEXTS)]:
            del self._texts[text]
        if len(self._kept) > self._full * _SPARE:
            live: set[_Key] = set()
            waiting = list(self._asked)
            for many in self._many.values():
                waiting += chain.from_iterable(kept.within for kept in many.kept.values())
            while waiting:
                key = waiting.pop()
                if key not in live and key in self._kept:
                    live.add(key)
                    waiting += self._kept[key].within
            self._kept = {key: kept for key, kept in self._kept.items() if key in live}
            self._full = len(self._kept)
            self._files = {p: file for p, file in self._files.items() if os.path.lexists(p)}

    def read(self, path: str) -> bytes:
        """See `Memory`. A file is read again as soon as the file system says that it changed."""
        status = regular(path)
        stamp = (
            status.st_size,
            status.st_mtime_ns,
            status.st_ctime_ns,
            status.st_ino,
            status.st_dev,
        )
        known = self._files.get(path)
        # A file that was read just after it changed may have changed again within one tick.
        if known and known.stamp == stamp and known.read_at - status.st_ctime_ns > _UNSETTLED:
            return known.data
        read_at = time.time_ns()
        data = Path(path).read_bytes()
        if known and known.data == data:
            data = known.data
        self._files[path] = _File(stamp, read_at, data)
        return data

    def state(self, folders: Iterable[Path]) -> object:
        """See `Memory`: the bytes of every file."""
        return tuple((path, self.read(path)) for path in _files(folders))

    def remember(self, make: Callable[[], str], *inputs: str) -> str:
        """See `Memory`."""
        key = sha256("".join(f"{len(part)}:{part}" for part in inputs).encode()).digest()
        text = self._texts.pop(key, None)
        if text is None:
            text = self.behind.remember(make, *inputs)
        self._texts[key] = text  # the newest stands last
        return text

    def keep(
        self, kind: str, key: Hashable, inputs: tuple[object, ...], make: Callable[[], T]
    ) -> T:
        """See `Memory`."""
        name = (kind, key)
        if self._making:
            self._making[-1].append(name)
        else:
            self._asked.add(name)
        known = self._kept.get(name)
        if known is not None and self._holds(known, inputs):
            known.inputs = inputs
            self._repeat(known, inputs)
        else:
            known = self._kept[name] = self._made(known, inputs, make)
        return known.value  # type: ignore[return-value]

    def _holds(self, known: _Kept, inputs: tuple[object, ...]) -> bool:
        """Whether what was made is what would be made of `inputs`."""
        if len(inputs) == len(known.inputs) and all(map(is_, known.inputs, inputs)):
            return True
        news = _news(known.inputs, inputs)
        return news is not None and news.isdisjoint(known.used)

    def _repeat(self, known: _Kept, inputs: Iterable[object]) -> None:
        """Note what the making of a value would have noted."""
        for language, words in known.missing:
            language.missing |= words
        if self._making and known.used:
            for watched in _flat(inputs):
                if isinstance(watched, Watched):
                    watched.used |= known.used

    def each(
        self,
        kind: str,
        around: tuple[object, ...],
        items: Mapping[K, V],
        make: Callable[[K, V], T],
    ) -> Mapping[K, T]:
        """See `Memory`."""
        last = self._many.get(kind, _Many())
        made: dict[K, _Kept] = {}
        for key in _stale(last, around, items):
            inputs = (items[key], *around)
            made[key] = self._made(last.kept.get(key), inputs, partial(make, key, items[key]))
        # Most often one of a thousand differs, so what is done for each of them counts.
        new = {k: kept.value for k, kept in made.items() if last.values.get(k) is not kept.value}
        if len(items) == len(last.items) and all(map(eq, items, last.items)):
            kept = {**last.kept, **made} if made else last.kept
            values = {**last.values, **new} if new else last.values
        else:
            kept = {key: made[key] if key in made else last.kept[key] for key in items}
            values = {key: each.value for key, each in kept.items()}
        self._many[kind] = _Many(around, items, kept, values)
        for each in kept.values():
            if each.missing or self._making:
                self._repeat(each, around)
        return values

    def _made(
        self, known: _Kept | None, inputs: tuple[object, ...], make: Callable[[], object]
    ) -> _Kept:
        languages = [each for each in _flat(inputs) if isinstance(each, Language)]
        watched = [each for each in _flat(inputs) if isinstance(each, Watched)]
        before = [each.missing for each in languages], [each.used for each in watched]
        for language in languages:
            language.missing = set()
        for each in watched:
            each.used = set()
        self._making.append([])
        used: frozenset[Hashable] = frozenset()
        try:
            value = make()
            missing = [(each, frozenset(each.missing)) for each in languages if each.missing]
        finally:
            within = self._making.pop() if self._making else []
            for language, words in zip(languages, before[0], strict=True):
                language.missing = words
            used = used.union(*(each.used for each in watched))
            for each, parts in zip(watched, before[1], strict=True):
                each.used = parts | used
        if known is not None and same(known.value, value):
            value = known.value
        return _Kept(inputs, value, within, used, missing)


def _flat(inputs: Iterable[object]) -> Iterator[object]:
    return chain.from_iterable(x if isinstance(x, tuple) else (x,) for x in inputs)


def _news(old: Iterable[object], new: Iterable[object]) -> set[Hashable] | None:
    """What watched inputs say otherwise than they did; None where any other input differs."""
    found: set[Hashable] = set()
    for one, other in zip_longest(_flat(old), _flat(new), fillvalue=_NOTHING):
        if isinstance(one, Watched) and isinstance(other, Watched):
            found |= _differing(one.says, other.says) if one is not other else set()
        elif not same(one, other):
            return None
    return found


_NOTHING = object()


def _differing(old: Mapping[Hashable, object], new: Mapping[Hashable, object]) -> set[Hashable]:
    return {
        path
        for path in old.keys() | new.keys()
        if not same(old.get(path, _NOTHING), new.get(path, _NOTHING))
    }


def _stale(last: _Many, around: tuple[object, ...], items: Mapping[K, object]) -> Iterable[K]:
    """The keys whose value must be made anew."""
    news = _news(last.around, around)
    if news is None:
        return items
    known = last.items
    found = [key for key, item in items.items() if known.get(key, _NOTHING) is not item]
    found = [key for key in found if not same(known.get(key, _NOTHING), items[key])]
    if news:
        touched = (key for key, kept in last.kept.items() if not news.isdisjoint(kept.used))
        found += [key for key in touched if key in items]
    return dict.fromkeys(found)


def _files(folders: Iterable[Path]) -> Iterator[str]:
    for folder in folders:
        for parent, _, names in sorted(os.walk(folder)):
            for name in sorted(names):
                path = os.path.join(parent, name)
                if os.path.isfile(path):  # an editor's lock is a link to nowhere
                    yield path
