"""Sectors of the state by the names people write: an authority's own, and those that are surely another's."""

from collections.abc import Iterable

from thidua.core.law.awards import Overlay
from thidua.core.law.law import Law
from thidua.core.text.folding import fold

_OTHER = ("other", "khac", "nganh khac", "outside", "ngoai nganh")


def plain_sector(word: str) -> str:
    return fold(word).replace("_", " ").strip()


def sectors_of(authority: str | None, overlays: Iterable[Overlay]) -> frozenset[str]:
    """Return the plain names of the authority's own sector, as ``overlays`` give them."""
    return _names(overlays) if authority is None else _names(overlays) | {plain_sector(authority)}


def sectors_beside(authority: str | None, law: Law) -> frozenset[str]:
    """Return the plain names by which a sector is surely not the authority's: those of the others in ``law``."""
    names = _names(
        overlay
        for other in law.authorities()
        if other != authority
        for overlay in law.overlays(other)
        if overlay.authority == other
    )
    return names.union(_OTHER)


def _names(overlays: Iterable[Overlay]) -> frozenset[str]:
    words = (word for overlay in overlays for word in (*overlay.sectors, overlay.authority))
    return frozenset(map(plain_sector, words))
