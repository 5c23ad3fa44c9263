"""The site as frozen, typed values: no file is read here and no HTML is made."""

from klartekst.model.consent import Consent
from klartekst.model.frame import Frame
from klartekst.model.page import FrontMatter, Page
from klartekst.model.register import (
    Cookie,
    CookieCategory,
    DataCategory,
    Described,
    LegalBasis,
    Mechanism,
    Provider,
    Purpose,
    Register,
    Retention,
    Right,
)
from klartekst.model.release import Release, ReleasedPage
from klartekst.model.site import (
    Address,
    Appearance,
    Authority,
    Change,
    Controller,
    Settings,
    Site,
)
from klartekst.model.values import (
    Article,
    Duration,
    EmailAddress,
    Entry,
    PhoneNumber,
    Text,
    WebAddress,
)

__all__ = [
    "Address",
    "Appearance",
    "Article",
    "Authority",
    "Change",
    "Consent",
    "Controller",
    "Cookie",
    "CookieCategory",
    "DataCategory",
    "Described",
    "Duration",
    "EmailAddress",
    "Entry",
    "Frame",
    "FrontMatter",
    "LegalBasis",
    "Mechanism",
    "Page",
    "PhoneNumber",
    "Provider",
    "Purpose",
    "Register",
    "Release",
    "ReleasedPage",
    "Retention",
    "Right",
    "Settings",
    "Site",
    "Text",
    "WebAddress",
]
