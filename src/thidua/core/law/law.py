"""The law as a whole: files read when first asked for, an authority's own rules laid over the national ones."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

from thidua.core.law.awards import CENTRE, Award, General, Overlay, Pack
from thidua.core.law.figures import DatedFigure
from thidua.core.law.overlaying import laid_over
from thidua.core.law.reading import (
    read_award,
    read_figure,
    read_general,
    read_overlay,
    read_packs,
    read_units,
)
from thidua.core.law.yamltext import FileProblemsError

SHIPPED = Path(__file__).parent / "vn"
Read = TypeVar("Read")


class UnknownNameError(LookupError):
    """No figure, award or authority has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Law:
    """One state of the law files; read-only, safe to share between threads once asked.

    ``drafts`` are overlays held by an installation or only tried: text with the name to show. One of the
    centre itself (``authority: VN``) is a circular for everybody. ``files`` stand in for files of the folder
    or are added to them, by their place (``figures/x.yaml``). Where ``yields``, an authority's value that
    a tried circular leaves looser than the national one gives way to it instead of being a fault.
    """

    def __init__(
        self,
        folder: Path = SHIPPED,
        *,
        drafts: Mapping[str, str] | None = None,
        files: Mapping[str, str] | None = None,
        yields: bool = False,
    ) -> None:
        self.folder = folder
        self.files = dict(files or {})
        self.yields = yields
        self.units, self.directions = read_units(self._text("units.yaml"), "units.yaml")
        self.packs = read_packs(self._text("packs.yaml"), "packs.yaml")
        self._figures: dict[tuple[str, str | None], DatedFigure] = {}
        self._awards: dict[str, Award] = {}
        self._generals: dict[str, General] = {}
        self._overlays: dict[str | None, tuple[Overlay, ...]] = {}
        self._in_force: dict[tuple[str | None, date], tuple[Overlay, ...]] = {}
        self._drafts = [read_overlay(text, name, self.units) for name, text in (drafts or {}).items()]
        self.circulars = tuple(draft for draft in self._drafts if draft.authority == CENTRE)

    def with_drafts(
        self,
        drafts: Mapping[str, str] | None = None,
        files: Mapping[str, str] | None = None,
        *,
        yields: bool = False,
    ) -> "Law":
        """Return the law of the same files under ``drafts`` and ``files``; what neither changes is read once for both.

        Raises FileProblemsError where a text cannot be read.
        """
        other = Law(self.folder, drafts=drafts, files={**self.files, **(files or {})}, yields=yields)
        moved = {name for circular in other.circulars for name in (*circular.figures, *circular.new_figures)}
        for (name, authority), figure in list(self._figures.items()):
            if authority is None and name not in moved and f"figures/{name}.yaml" not in other.files:
                other._figures[name, None] = figure
        other._awards |= _unchanged(self._awards, "awards", other.files)
        other._generals |= _unchanged(self._generals, "general", other.files)
        return other

    # -- what there is ---------------------------------------------------------------------------

    def figure_names(self) -> list[str]:
        new = {name for circular in self.circulars for name in circular.new_figures}
        return sorted({*self._names("figures"), *new})

    def award_ids(self) -> list[str]:
        return self._names("awards")

    def general_names(self) -> list[str]:
        return self._names("general")

    def authorities(self) -> list[str]:
        shipped = {path.name for path in (self.folder / "overlays").glob("*") if path.is_dir()}
        return sorted((shipped | {draft.authority for draft in self._drafts}) - {CENTRE})

    # -- one thing of the law --------------------------------------------------------------------

    def award(self, name: str) -> Award:
        """Return an award.

        Raises UnknownNameError.
        """
        if name not in self._awards:
            self._awards[name] = read_award(*self._part("awards", name))
        return self._awards[name]

    def general(self, name: str) -> General:
        """Return a rule that binds many awards.

        Raises UnknownNameError.
        """
        if name not in self._generals:
            self._generals[name] = read_general(*self._part("general", name))
        return self._generals[name]

    def figure(self, name: str, authority: str | None = None) -> DatedFigure:
        """Return a figure, with what ``authority`` laid over it.

        Raises UnknownNameError; FileProblemsError where an overlay's value cannot be laid over it.
        """
        key = (name, authority)
        if key not in self._figures:
            own = authority is not None and authority != CENTRE
            self._figures[key] = (
                self._own_figure(name, authority) if own and authority else self._national_figure(name)
            )
        return self._figures[key]

    def overlays(self, authority: str | None) -> tuple[Overlay, ...]:
        """Return the circulars laid over the law and every overlay of ``authority``; none is known for most."""
        if authority is None:
            return self.circulars
        if authority not in self._overlays:
            drafted = [draft for draft in self._drafts if draft.authority == authority]
            # A text an installation holds itself stands in for the shipped reading of the same text.
            held = {draft.text for draft in drafted}
            shipped = [overlay for overlay in self._shipped_overlays(authority) if overlay.text not in held]
            self._overlays[authority] = (*self.circulars, *shipped, *drafted)
        return self._overlays[authority]

    def overlays_on(self, authority: str | None, day: date) -> tuple[Overlay, ...]:
        if authority is None and not self.circulars:
            return ()
        key = (authority, day)
        if key not in self._in_force:
            if len(self._in_force) > _REMEMBERED_DAYS:
                self._in_force.clear()
            self._in_force[key] = tuple(found for found in self.overlays(authority) if found.in_force_on(day))
        return self._in_force[key]

    def pack_on(self, day: date) -> Pack | None:
        """Return the pack in force on ``day``; None before the first."""
        found = None
        for pack in self.packs:
            if pack.in_force_from <= day:
                found = pack
        return found

    def packs_for(self, *, received_on: date, decided_on: date) -> list[tuple[Pack, date]]:
        """Return the packs to evaluate, each with the day that picks its rules.

        One, by the day of receipt; a later pack joins where it is in force at the decision and its
        transition clause lets the more favourable outcome stand.
        """
        first = self.pack_on(received_on)
        later = (
            pack for pack in self.packs if pack.transition and received_on < pack.in_force_from <= decided_on
        )
        return [*([] if first is None else [(first, received_on)]), *((pack, decided_on) for pack in later)]

    # -- reading ---------------------------------------------------------------------------------

    def text_of(self, part: str, name: str) -> str:
        """Return the file of one figure, award or general rule as it is written.

        Raises UnknownNameError.
        """
        return self._part(part, name)[0]

    def overlay_text(self, authority: str, file: str) -> str:
        """Return a shipped text of an authority as it is written.

        Raises UnknownNameError.
        """
        path = self.folder / "overlays" / authority / file
        if path not in (self.folder / "overlays" / authority).glob("*.yaml"):
            raise UnknownNameError(file)
        return path.read_text(encoding="utf-8")

    def _text(self, *place: str) -> str:
        given = self.files.get("/".join(place))
        return self.folder.joinpath(*place).read_text(encoding="utf-8") if given is None else given

    def _names(self, part: str) -> list[str]:
        """Return the names of the files of a part, those of the folder and those given."""
        given = {place[len(part) + 1 : -len(".yaml")] for place in self.files if place.startswith(f"{part}/")}
        return sorted(given.union(path.stem for path in (self.folder / part).glob("*.yaml")))

    def _part(self, part: str, name: str) -> tuple[str, str, str]:
        place = f"{part}/{name}.yaml"
        if not name.replace("_", "").isalnum() or not (
            place in self.files or (self.folder / place).is_file()
        ):
            raise UnknownNameError(name)
        return self._text(part, f"{name}.yaml"), place, name

    def _shipped_overlays(self, authority: str) -> Iterable[Overlay]:
        for path in sorted((self.folder / "overlays" / authority).glob("*.yaml")):
            yield read_overlay(
                path.read_text(encoding="utf-8"), f"overlays/{authority}/{path.name}", self.units
            )

    def _national_figure(self, name: str) -> DatedFigure:
        for circular in self.circulars:
            if name in circular.new_figures:
                return circular.new_figures[name]
        figure = read_figure(*self._part("figures", name), self.units)
        moving = [circular for circular in self.circulars if name in circular.figures]
        return replace(figure, history=laid_over(figure, moving, may_loosen=True)) if moving else figure

    def _own_figure(self, name: str, authority: str) -> DatedFigure:
        overlays = [overlay for overlay in self.overlays(authority) if overlay.authority == authority]
        for overlay in overlays:
            if name in overlay.new_figures:
                return overlay.new_figures[name]
        national = self.figure(name)
        moving = [overlay for overlay in overlays if name in overlay.figures]
        if self.yields:
            moving = [overlay for overlay in moving if _can_be_laid(national, overlay)]
        if not moving:
            return national
        return replace(national, history=laid_over(national, moving, yields=self.yields))


def _unchanged(kept: Mapping[str, Read], part: str, files: Mapping[str, str]) -> dict[str, Read]:
    """Return what was already read of a part and is not among ``files``."""
    return {name: read for name, read in list(kept.items()) if f"{part}/{name}.yaml" not in files}


def _can_be_laid(national: DatedFigure, overlay: Overlay) -> bool:
    try:
        laid_over(national, [overlay], yields=True)
    except FileProblemsError:
        return False
    return True


_REMEMBERED_DAYS = 4096


@cache
def shipped_law() -> Law:
    """Return the law as shipped, read once."""
    return Law()
