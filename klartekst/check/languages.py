"""Whether each language of the site is known, and its catalogue in order."""

from __future__ import annotations

from collections.abc import Iterator

from klartekst.load import Loaded
from klartekst.messages import is_known
from klartekst.problems import Problem, SiteError
from klartekst.render import Layouts


def language_faults(loaded: Loaded, layouts: Layouts) -> Iterator[Problem]:
    """Languages that the Unicode CLDR does not know, and faults of the catalogues."""
    if loaded.settings is None:
        return
    for i, code in enumerate(loaded.settings.languages):
        if not is_known(code):
            place = loaded.documents["data/site.yaml"].place(("languages", i))
            message = f"the language “{code}” is not known to the Unicode CLDR"
            hint = "use a code such as “nb”, “en” or “ar”"
            yield Problem(place, "unknown-language", message, hint)
            continue
        try:
            layouts.language(code, loaded.settings.citations)
        except SiteError as error:
            yield from error.problems
