"""How a value appears on a page: escaped for where it lands, in the page's language."""

from __future__ import annotations

import datetime

from markupsafe import Markup, escape

from klartekst.messages import Language
from klartekst.model import Article, Duration, EmailAddress, PhoneNumber, WebAddress
from klartekst.model.values import Country


def plain(value: object, language: Language) -> str:
    """The value as text, not escaped: for an attribute, JSON, a comparison."""
    if isinstance(value, Duration):
        return language.duration(value)
    if isinstance(value, Article):
        return language.article(value)
    if isinstance(value, datetime.date):
        return language.date(value)
    if isinstance(value, Country):
        return language.country(value)
    if isinstance(value, list):
        return language.join(plain(item, language) for item in value)
    return language.gettext("not stated") if value is None else str(value)


def inline(value: object, language: Language) -> Markup:
    """The value as HTML within a sentence: addresses as links, what is unknown marked as such."""
    if isinstance(value, Markup):
        return value
    text = plain(value, language)
    if value is None:
        return Markup('<span class="unstated">{}</span>').format(text)
    if isinstance(value, Article):
        return escape(text.replace(" ", "\u00a0"))  # “art. 6 (1) b” is read in one piece
    if isinstance(value, EmailAddress):
        return link(f"mailto:{value}", text)
    if isinstance(value, PhoneNumber):
        return link(f"tel:{value.replace(' ', '')}", text)
    if isinstance(value, WebAddress):
        return Markup('<a class="address" href="{}">{}</a>').format(
            value, value.partition("://")[2]
        )
    return escape(text)


def link(target: str, label: str) -> Markup:
    """A link; both parts are escaped."""
    return Markup('<a href="{}">{}</a>').format(target, label)
