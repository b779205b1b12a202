"""The law as a whole: files read when first asked for, an authority's own rules laid over the national ones."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from thidua.core.law.awards import Award, General, Overlay, Pack
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

SHIPPED = Path(__file__).parent / "vn"


class UnknownNameError(LookupError):
    """No figure, award or authority has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Law:
    """One state of the law files; read-only, safe to share between threads once asked.

    ``drafts`` are overlays held by an installation or only tried: text with the name to show.
    """

    def __init__(self, folder: Path = SHIPPED, *, drafts: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.units, self.directions = read_units(self._text("units.yaml"), "units.yaml")
        self.packs = read_packs(self._text("packs.yaml"), "packs.yaml")
        self._figures: dict[tuple[str, str | None], DatedFigure] = {}
        self._awards: dict[str, Award] = {}
        self._generals: dict[str, General] = {}
        self._overlays: dict[str, tuple[Overlay, ...]] = {}
        self._in_force: dict[tuple[str, date], tuple[Overlay, ...]] = {}
        self._drafts = [read_overlay(text, name, self.units) for name, text in (drafts or {}).items()]

    # -- what there is ---------------------------------------------------------------------------

    def figure_names(self) -> list[str]:
        return sorted(path.stem for path in (self.folder / "figures").glob("*.yaml"))

    def award_ids(self) -> list[str]:
        return sorted(path.stem for path in (self.folder / "awards").glob("*.yaml"))

    def general_names(self) -> list[str]:
        return sorted(path.stem for path in (self.folder / "general").glob("*.yaml"))

    def authorities(self) -> list[str]:
        shipped = {path.name for path in (self.folder / "overlays").glob("*") if path.is_dir()}
        return sorted(shipped | {draft.authority for draft in self._drafts})

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
            self._figures[key] = (
                self._own_figure(name, authority) if authority else self._national_figure(name)
            )
        return self._figures[key]

    def overlays(self, authority: str) -> tuple[Overlay, ...]:
        """Return every overlay of ``authority``; none is known for most."""
        if authority not in self._overlays:
            shipped = [
                read_overlay(
                    path.read_text(encoding="utf-8"), f"overlays/{authority}/{path.name}", self.units
                )
                for path in sorted((self.folder / "overlays" / authority).glob("*.yaml"))
            ]
            drafted = [draft for draft in self._drafts if draft.authority == authority]
            self._overlays[authority] = (*shipped, *drafted)
        return self._overlays[authority]

    def overlays_on(self, authority: str | None, day: date) -> tuple[Overlay, ...]:
        if authority is None:
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

    def _text(self, *place: str) -> str:
        return self.folder.joinpath(*place).read_text(encoding="utf-8")

    def _part(self, part: str, name: str) -> tuple[str, str, str]:
        path = self.folder / part / f"{name}.yaml"
        if not name.replace("_", "").isalnum() or not path.is_file():
            raise UnknownNameError(name)
        return path.read_text(encoding="utf-8"), f"{part}/{name}.yaml", name

    def _national_figure(self, name: str) -> DatedFigure:
        return read_figure(*self._part("figures", name), self.units)

    def _own_figure(self, name: str, authority: str) -> DatedFigure:
        overlays = self.overlays(authority)
        for overlay in overlays:
            if name in overlay.new_figures:
                return overlay.new_figures[name]
        national = self.figure(name)
        moving = [overlay for overlay in overlays if name in overlay.figures]
        if not moving:
            return national
        return replace(national, history=laid_over(national, moving))


_REMEMBERED_DAYS = 4096


@cache
def shipped_law() -> Law:
    """Return the law as shipped, read once."""
    return Law()
