"""Visitors for the tests of the banner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from ..browser import conftest as shared
from .stage import Visitor

browser = shared.browser
NewVisitor = Callable[..., Visitor]


@pytest.fixture
def new_visitor(browser: Browser) -> Iterator[NewVisitor]:
    """``new_visitor(**context_options)``: one more visitor with a profile of their own."""
    visitors: list[Visitor] = []

    def make(**options: Any) -> Visitor:
        visitors.append(Visitor(browser, **options))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.close()


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Iterator[Visitor]:
    """A visitor; when the test ends, no page may have had an error or broken the policy."""
    found = new_visitor()
    yield found
    assert found.faults == []
