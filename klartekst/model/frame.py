"""The site as its pages know it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from klartekst.model.site import Site


class _Unseen:
    """Stands in the place of data that nobody may read."""


_UNSEEN: Any = _Unseen()


@dataclass(frozen=True)
class Frame(Site):
    """The site without its texts and without its register.

    What a page shows of the data it takes from their names, one by one, so that it is known which;
    `folder` is the consent folder, which hangs on the register.
    """

    folder: str | None = None

    @classmethod
    def of(cls, site: Site) -> Frame:
        """The frame of the pages of `site`, which have no texts there."""
        return cls(
            site.settings, _UNSEEN, site.changes, site.pages, site.releases, site.as_of,
            folder=site.consent_folder,
        )  # fmt: skip

    @property
    def consent_folder(self) -> str | None:
        """See `Site`."""
        return self.folder
