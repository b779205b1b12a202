"""What the check page shows: the items by section and field, in the document's order, with their counts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from thidua.movements.models import Plan, PlanItem
from thidua.movements.selectors.items import living
from thidua.movements.shapes import BY_FIELD, SECTIONS, SHAPES, Shape
from thidua.movements.wording import notes_of, title_of

State = PlanItem.State


@dataclass(frozen=True, slots=True)
class Line:
    """One item as a list shows it."""

    item: PlanItem
    title: str
    notes: tuple[str, ...]

    @property
    def mark(self) -> str:
        return f"m{self.item.pk.hex}"

    @property
    def label(self) -> str | Promise:
        return BY_FIELD[self.item.field].label

    @property
    def waits(self) -> bool:
        return self.item.waits_for_check

    @property
    def state(self) -> str:
        """The chip's state: ``unsure``, ``plain`` (read, sure) or ``done`` (a person settled it)."""
        if self.waits:
            return "unsure"
        return "plain" if self.item.state == State.READ else "done"


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
    def waiting(self) -> int:
        return sum(line.waits for group in self.groups for line in group.lines)

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


def checking(plan: Plan) -> Checking:
    """Read every living item of the plan once and lay it out."""
    items = tuple(living(plan).filter(field__in=BY_FIELD).order_by("order", "id"))
    lines = [line_of(item) for item in items]
    waiting = sorted((line for line in lines if line.waits), key=lambda line: line.item.start or 0)
    sections = tuple(section_of(code, label, lines) for code, label in SECTIONS)
    return Checking(items, sections, tuple(waiting), Counter(item.state for item in items))


def line_of(item: PlanItem) -> Line:
    return Line(item, title_of(item.field, item.value), tuple(notes_of(item.field, item.value)))


def section_of(code: str, label: str | Promise, lines: Iterable[Line]) -> Section:
    by_field: dict[str, list[Line]] = {}
    for line in lines:
        by_field.setdefault(line.item.field, []).append(line)
    groups = (
        FieldGroup(shape, tuple(by_field.get(shape.field, ()))) for shape in SHAPES if shape.section == code
    )
    return Section(code, label, tuple(groups))
