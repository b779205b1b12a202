"""Which unit a cell means: by code, by full, short or former name, or by a path ("Phòng A, Sở B")."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from uuid import UUID

from django.utils.functional import cached_property
from django.utils.translation import gettext_noop as _

from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.exchange.problems import Problem
from thidua.organisations.models import Unit, UnitName, UnitSuccession
from thidua.organisations.permissions import User, scope_of, visible_units
from thidua.organisations.problems import shown
from thidua.records.days import today

BREAKS = (" thuộc ", ", ", "; ", " / ", "/", " - ", " – ", " — ", ",", ";")
MOST_SUGGESTED_FOR = 200  # unknown names of one file; beyond these the file is of another house
SUGGESTED = 3
LISTED_UNITS = 2_000  # a longer list in a template helps nobody
NAMED = 4
_ALIKE = 0.75
_DEEPEST = 6

UNIT_SENTENCES: dict[str, str] = {
    "unit_unknown": _("Không tìm thấy đơn vị “%(value)s”. Ghi đúng tên hoặc mã đơn vị trong hệ thống."),
    "unit_like": _("Không tìm thấy đơn vị “%(value)s”. Có phải là: %(names)s?"),
    "unit_several": _(
        "Có nhiều đơn vị tên “%(value)s”: %(names)s. Ghi kèm đơn vị cấp trên, cách bằng dấu phẩy, hoặc ghi mã."
    ),
    "unit_not_yours": _("Bạn chưa được giao quyền nhập tại %(unit)s."),
    "unit_ended": _("%(unit)s đã chấm dứt hoạt động từ ngày %(day)s. Ghi đơn vị hiện nay."),
    "unit_taken_over": _(
        "%(unit)s đã chấm dứt hoạt động từ ngày %(day)s; kế tục là %(names)s. Ghi đơn vị hiện nay."
    ),
    "unit_former_name": _("“%(value)s” là tên cũ của %(unit)s."),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as look-ups need it; ``is_open``: the importer may write there."""

    id: UUID
    code: str
    name: str
    short_name: str
    path: str
    parent_id: UUID | None
    root_id: UUID
    founded_on: date
    dissolved_on: date | None
    is_open: bool = False

    def exists_on(self, day: date) -> bool:
        return self.founded_on <= day and (self.dissolved_on is None or day < self.dissolved_on)


@dataclass(frozen=True, slots=True)
class Found:
    """The unit a text means, or why none is certain; a warning comes with a unit."""

    place: Place | None = None
    problem: Problem | None = None


COLUMNS = (
    "pk",
    "code",
    "name",
    "short_name",
    "path",
    "parent_id",
    "root_id",
    "founded_on",
    "dissolved_on",
)


class UnitDirectory:
    """The units a user sees, looked up by what is written of them; ``action`` is what is to be done there.

    Reads the units once; every text is worked out once.
    """

    def __init__(self, user: User, action: str, *, within: str = "", column: str = "unit") -> None:
        self.user, self.within, self.column = user, within, column
        self.found: dict[str, Found] = {}
        self.labels: dict[UUID, str] = {}
        self.suggested = 0
        self.places = {place.id: place for place in read_places(user, action)}
        self.by_code: dict[str, list[Place]] = {}
        self.by_name: dict[str, list[Place]] = {}
        day = today()
        for place in self.places.values():
            if place.dissolved_on is None or place.dissolved_on > day:
                self.add(place)

    def add(self, place: Place) -> None:
        """Let ``place`` be found; also for units a file is only about to make."""
        self.places[place.id] = place
        self.by_code.setdefault(place.code.casefold(), []).append(place)
        for name in {fold(one_line(place.name)), fold(one_line(place.short_name))} - {""}:
            self.by_name.setdefault(name, []).append(place)

    def find(self, text: str) -> Found:
        """Return the unit ``text`` means, open to the importer and still there."""
        if text not in self.found:
            self.found[text] = self._find(one_line(text))
        return self.found[text]

    def _find(self, text: str) -> Found:
        candidates = self.narrowed(text, self.candidates(text))
        if len(candidates) > 1:
            names = "; ".join(self.label_of(place) for place in candidates[:NAMED])
            return self._refused("unit_several", value=text, names=names)
        if candidates:
            place = candidates[0]
            return Found(place) if place.is_open else self._refused("unit_not_yours", unit=place.name)
        return self._by_former_name(text) or self._ended(text) or self._unknown(text)

    def candidates(self, text: str) -> list[Place]:
        """Return the units ``text`` may mean: as a code, a name, or a name with what is above it."""
        direct = self.by_code.get(text.casefold()) or self.by_name.get(fold(text))
        return direct or list({place.id: place for place in self._by_path(text, _DEEPEST)}.values())

    def _by_path(self, text: str, depth: int) -> Iterator[Place]:
        for inner, outer in splits(text) if depth else ():
            for one, other in ((inner, outer), (outer, inner)):
                below = self.by_name.get(fold(one), ())
                above = self._above(other, depth) if below else ()
                for place in below:
                    if any(place.path.startswith(top.path) and place.id != top.id for top in above):
                        yield place

    def _above(self, text: str, depth: int) -> list[Place]:
        direct = self.by_code.get(text.casefold()) or self.by_name.get(fold(text))
        return direct or list(self._by_path(text, depth - 1))

    def narrowed(self, text: str, candidates: list[Place]) -> list[Place]:
        """Keep, while several fit: where one may write, what lies within the chosen unit, the exact letters."""
        filters = (
            lambda place: place.is_open,
            lambda place: bool(self.within) and place.path.startswith(self.within),
            lambda place: text.lower() in (place.name.lower(), place.short_name.lower()),
        )
        for keep in filters:
            if len(candidates) > 1 and (kept := [place for place in candidates if keep(place)]):
                candidates = kept
        return candidates

    def label_of(self, place: Place) -> str:
        """Return the shortest text that means this unit and no other: its name, with the one above, its code."""
        if place.id not in self.labels:
            above = self.places.get(place.parent_id) if place.parent_id else None
            texts = (place.name, f"{place.name}, {above.name}" if above else place.name)
            self.labels[place.id] = next((t for t in texts if self.candidates(t) == [place]), place.code)
        return self.labels[place.id]

    def _by_former_name(self, text: str) -> Found | None:
        places = [self.places[pk] for pk in self.former_names.get(fold(text), ()) if pk in self.places]
        living = self.narrowed(text, [p for p in places if p.dissolved_on is None])
        if len(living) != 1 or not living[0].is_open:
            return None
        facts = {"value": text, "unit": living[0].name}
        return Found(living[0], Problem("unit_former_name", self.column, facts, is_warning=True))

    @cached_property
    def former_names(self) -> Mapping[str, tuple[UUID, ...]]:
        """Names that units bore, each with the units: read when a text fits no name of today."""
        names: dict[str, tuple[UUID, ...]] = {}
        for name, unit in UnitName.objects.values_list("name", "unit_id"):
            names[fold(name)] = (*names.get(fold(name), ()), unit)
        return names

    def _ended(self, text: str) -> Found | None:
        ended = [p for p in self.places.values() if p.dissolved_on and fold(p.name) == fold(text)]
        if not ended or ended[0].dissolved_on is None:
            return None
        rows = UnitSuccession.objects.filter(predecessor=ended[0].id, successor__isnull=False)
        names = "; ".join(rows.values_list("successor__name", flat=True)[:SUGGESTED])
        facts = {"unit": ended[0].name, "day": shown(ended[0].dissolved_on), "names": names}
        return self._refused("unit_taken_over" if names else "unit_ended", **facts)

    def _unknown(self, text: str) -> Found:
        self.suggested += 1
        alike = (
            get_close_matches(fold(text), list(self.by_name), SUGGESTED, _ALIKE)
            if self.suggested <= MOST_SUGGESTED_FOR
            else []
        )
        names = "; ".join(self.label_of(self.by_name[name][0]) for name in alike)
        return self._refused("unit_like" if names else "unit_unknown", value=text, names=names)

    def _refused(self, code: str, **facts: str) -> Found:
        return Found(None, Problem(code, self.column, facts))


def splits(text: str) -> Iterator[tuple[str, str]]:
    """Yield every way of parting ``text`` in two at a sign that may stand between units."""
    lower = text.lower()
    for sign in BREAKS:
        start = lower.find(sign)
        while start != -1:
            inner, outer = text[:start].strip(), text[start + len(sign) :].strip()
            if inner and outer:
                yield inner, outer
            start = lower.find(sign, start + 1)


def read_places(user: User, action: str) -> Iterator[Place]:
    """Yield the units ``user`` sees, each with whether ``action`` may be done there."""
    open_ids = set(Unit.objects.filter(scope_of(user).units(action)).values_list("pk", flat=True))
    for row in Unit.objects.filter(visible_units(user)).values_list(*COLUMNS).iterator(chunk_size=2000):
        place = Place(*row)
        yield replace(place, is_open=True) if place.id in open_ids else place


def labels_of(user: User, action: str) -> tuple[str, ...]:
    """Return how a cell may name the units where ``user`` may do ``action``, in the order of the tree."""
    directory = UnitDirectory(user, action)
    places = sorted((p for p in directory.places.values() if p.is_open), key=lambda place: place.path)
    return tuple(directory.label_of(place) for place in places if place.dissolved_on is None)
