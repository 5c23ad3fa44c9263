"""The redline: what differs between two versions of a page, as law reads it, not as diff does."""

from klartekst.redline.compare import compare
from klartekst.redline.values import Redline

__all__ = ["Redline", "compare"]
