"""What machines read of a page: structured data, the site map, the addresses in other languages."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from klartekst.messages import Language
from klartekst.model import Page, Site

ORGANISATION_SCHEMES = {"NO": "0192", "SE": "0007", "DK": "0184", "FI": "0212"}
"""ISO 6523 identifiers of national registers of organisations, by country."""


def json_ld(site: Site, page: Page, language: Language, address: str) -> Markup:
    """The page as a schema.org ``WebPage`` and its publisher as an ``Organization``."""
    dates = site.dates(page.id)
    about: dict[str, Any] = {
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": page.title,
        "description": page.description,
        "inLanguage": language.code,
        "publisher": {"@id": f"{site.settings.base_url}/#organization"},
    }
    if dates:
        in_force, updated = dates
        about |= {
            "datePublished": in_force.isoformat(),
            "dateModified": updated.isoformat(),
            "version": updated.isoformat(),
        }
    graph = {"@context": "https://schema.org", "@graph": [about, _organisation(site)]}
    return json_text(graph)


def json_text(data: object) -> Markup:
    """JSON for a ``script`` element: “<”, “>” and “&” are written as escapes."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def _organisation(site: Site) -> dict[str, Any]:
    controller, base = site.settings.controller, site.settings.base_url
    number = "".join(filter(str.isdigit, controller.organisation_number))
    found: dict[str, Any] = {
        "@type": "Organization",
        "@id": f"{base}/#organization",
        "url": controller.website,
        "name": controller.short_name,
        "legalName": controller.legal_name,
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "organisation number",
            "value": number,
        },
        "email": controller.email,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": controller.address.street,
            "postalCode": controller.address.postal_code,
            "addressLocality": controller.address.city,
            "addressCountry": controller.address.country,
        },
    }
    if scheme := ORGANISATION_SCHEMES.get(controller.address.country):
        found["iso6523Code"] = f"{scheme}:{number}"
    if controller.phone:
        found["telephone"] = controller.phone
    return found
