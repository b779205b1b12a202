"""What the check page shows: the items by section and field, in the document's order, with their counts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from thidua.core.text.folding import fold
from thidua.library.models import Document
from thidua.library.services import number_key
from thidua.movements.days_above import doubts_beside
from thidua.movements.disagreements import doubts_among
from thidua.movements.doubts import Doubt, doubts_of, other_day
from thidua.movements.marking import mark_of
from thidua.movements.models import Plan, PlanItem
from thidua.movements.selectors.documents import Spelled, spelled
from thidua.movements.selectors.items import in_force, living
from thidua.movements.selectors.launchers import issuer_doubts
from thidua.movements.selectors.odd_days import above_of
from thidua.movements.selectors.twin_days import corrections_of
from thidua.movements.shapes import BY_FIELD, SECTIONS, SHAPES, Shape
from thidua.movements.twin_days import Correction, twins_of
from thidua.movements.values import shown_partial
from thidua.movements.wording import below_of, notes_of, title_of
from thidua.records.days import today

State = PlanItem.State
FIRST_VERSION = 1  # as the machine read it
NUMBERED_FIELDS = frozenset({"contents", "solutions", "implementation"})


@dataclass(frozen=True, slots=True)
class Line:
    """One item as a list shows it."""

    item: PlanItem
    title: str
    notes: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()
    registered: Spelled | None = None  # a basis that the register knows already
    twin: PlanItem | None = None  # the duty, still open, in which a term's work stands
    stale: Correction | None = None  # the day this one still says, put right in another item

    @property
    def mark(self) -> str:
        return mark_of(self.item.pk)

    @property
    def origin_mark(self) -> str:
        """The mark of the parent's item this one was taken from."""
        return mark_of(self.item.origin_id) if self.item.origin_id else ""

    @property
    def both_marks(self) -> str:
        """The marks of the term and of its twin, as one button sends them."""
        return f"{self.mark} {mark_of(self.twin.pk)}" if self.twin else ""

    @property
    def stale_words(self) -> dict[str, str]:
        """What the sentence about a day put right elsewhere names."""
        if self.stale is None:
            return {}
        field, value = self.stale.item.field, self.stale.item.value
        return {
            "old": shown_partial(self.stale.old),
            "new": shown_partial(self.stale.new),
            "label": str(BY_FIELD[field].label),
            "what": title_of(field, value),
            "mark": mark_of(self.stale.item.pk),
        }

    @property
    def label(self) -> str | Promise:
        return BY_FIELD[self.item.field].label

    @property
    def number(self) -> str:
        """The item's number, where its kind is numbered."""
        return str(self.item.value.get("number", "")) if self.item.field in NUMBERED_FIELDS else ""

    @property
    def below(self) -> list[str]:
        """What stands under the item, a line each."""
        return below_of(self.item.value)

    @property
    def waits(self) -> bool:
        return self.item.waits_for_check

    @property
    def must_change(self) -> bool:
        return any(doubt.must_change for doubt in self.doubts)

    @property
    def state(self) -> str:
        """The chip's state: ``unsure``, ``plain`` (read, sure) or ``done`` (a person settled it)."""
        if self.waits:
            return "unsure"
        return "plain" if self.item.state == State.READ else "done"

    @property
    def other_spellings(self) -> list[str]:
        """How else the register has seen this number written."""
        return self.registered.others(self.item.value.get("number", "")) if self.registered else []


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """The items of one field."""

    shape: Shape
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together on the page."""

    code: str
    label: str | Promise
    groups: tuple[FieldGroup, ...]

    @property
    def sure_open(self) -> int:
        """How many of its items were read surely and nobody has confirmed yet."""
        return sum(line.state == "plain" for group in self.groups for line in group.lines)

    @property
    def size(self) -> int:
        return sum(len(group.lines) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Checking:
    """The whole right-hand side of the check page."""

    items: tuple[PlanItem, ...]
    sections: tuple[Section, ...]
    waiting: tuple[Line, ...]
    counts: Counter[str]

    @property
    def settled(self) -> int:
        return len(self.items) - self.counts[State.READ]

    @property
    def sure_open(self) -> int:
        """How many items were read surely and nobody has confirmed yet."""
        return self.counts[State.READ] - len(self.waiting)


def checking(plan: Plan, *, register: bool = True, latest: bool = False) -> Checking:
    """Read every item in force today, what the register knows of its bases, and the days put right elsewhere.

    ``latest``: the items as the last revision left them instead, whatever day it applies from.

    Four queries at any size, two more for a plan that answers another.

    A page that only shows the plan asks without the ``register``, and without doubts: one query.
    """
    rows = living(plan) if latest else in_force(plan, today())
    items = tuple(rows.filter(field__in=BY_FIELD).order_by("order", "id"))
    known = registered_among(items) if register else {}
    among = doubts_among_items(plan, items) if register else {}
    twins = twins_among(items)
    stale = stale_among(plan, items)
    lines = [
        line_of(item, among.get(place, ()), known.get(item.pk), twins.get(item.pk), stale.get(item.pk))
        for place, item in enumerate(items)
    ]
    waiting = sorted((line for line in lines if line.waits), key=place_of)
    sections = tuple(section_of(code, label, lines) for code, label in SECTIONS)
    return Checking(items, sections, tuple(waiting), Counter(item.state for item in items))


def doubts_among_items(plan: Plan, items: Sequence[PlanItem]) -> dict[int, list[Doubt]]:
    """Return the doubts that show only together, those beside the plan above among them, by place."""
    found = doubts_among(((item.field, item.value) for item in items), plan.text)
    if above := above_of(plan.movement):
        beside = doubts_beside([(item.field, item.value, item.origin_id) for item in items], above)
        for place, doubts in beside.items():
            found.setdefault(place, []).extend(doubts)
    for place, item in enumerate(items):
        if item.field == "issuer" and item.waits_for_check:
            found.setdefault(place, []).extend(issuer_doubts(plan, item))
    return found


def place_of(line: Line) -> tuple[bool, int]:
    """Order as in the document; what was added by hand comes last."""
    return (line.item.start is None, line.item.start or 0)


def line_of(
    item: PlanItem,
    among: Iterable[Doubt] = (),
    registered: Spelled | None = None,
    twin: PlanItem | None = None,
    stale: Correction | None = None,
) -> Line:
    title, notes = title_of(item.field, item.value), tuple(notes_of(item.field, item.value))
    doubts = (
        *doubts_of(item.field, item.value),
        *among,
        *(other_day(item.value, registered.document) if registered else ()),
    )
    return Line(item, title, notes, doubts, registered, twin, stale)


def stale_among(plan: Plan, items: Iterable[PlanItem]) -> dict[UUID, Correction]:
    """Return for each item asked about anew the correction, made elsewhere, whose old day it still says."""
    waiting = [item for item in items if item.waits_for_check and item.version > FIRST_VERSION]
    corrections = corrections_of(plan) if waiting else []
    return {
        item.pk: one
        for one in reversed(corrections)
        for item in waiting
        if any(twins_of(one, [item], plan.text))
    }


def twins_among(items: Iterable[PlanItem]) -> dict[UUID, PlanItem]:
    """Return for each term the assignment, not yet settled, in whose duties its work is stated a second time."""
    rows = list(items)
    open_duties = [
        (fold(duty), item)
        for item in rows
        if item.field == "responsibilities" and item.state == State.READ
        for duty in item.value.get("duties", ())
    ]
    found = {}
    for item in rows if open_duties else ():
        if item.field == "deadlines":
            what = fold(item.value["what"]).rstrip(" .;")
            if twin := next((twin for duty, twin in open_duties if what in duty), None):
                found[item.pk] = twin
    return found


def known_documents(items: Iterable[PlanItem]) -> dict[UUID, Document]:
    """Return the register's document of each numbered basis that it knows already."""
    return {pk: known.document for pk, known in registered_among(items).items()}


def registered_among(items: Iterable[PlanItem]) -> dict[UUID, Spelled]:
    """Return the same, each with its spellings; one query."""
    wanted = {
        item.pk: (item.value.get("type", ""), number_key(item.value["number"]))
        for item in items
        if item.field == "legal_basis" and item.value.get("number")
    }
    if not wanted:
        return {}
    found = Document.objects.filter(number_key__in={key for _kind, key in wanted.values()})
    by_key = {(row.document.type, row.document.number_key): row for row in spelled(found)}
    return {pk: by_key[key] for pk, key in wanted.items() if key in by_key}


def section_of(code: str, label: str | Promise, lines: Iterable[Line]) -> Section:
    by_field: dict[str, list[Line]] = {}
    for line in lines:
        by_field.setdefault(line.item.field, []).append(line)
    groups = (
        FieldGroup(shape, tuple(by_field.get(shape.field, ()))) for shape in SHAPES if shape.section == code
    )
    return Section(code, label, tuple(groups))
