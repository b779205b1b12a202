"""The days of a unit's own plan beside those of the plan it answers: what is out of order is asked about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from thidua.movements.disagreements import step_of
from thidua.movements.doubts import Doubt
from thidua.movements.stated import day, last_day
from thidua.movements.values import shown_partial

Value = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Above:
    """The plan above: its day, and its terms by their items."""

    issued_on: date | None
    terms: Mapping[UUID, Value]


def doubts_beside(rows: Sequence[tuple[str, Value, UUID | None]], above: Above) -> dict[int, list[Doubt]]:
    """Return the doubts by place; a row is field, value and the item of the plan above it was taken from."""
    found: dict[int, list[Doubt]] = {}
    for place, (field, value, origin) in enumerate(rows):
        doubts = [*issued_first(field, value, above), *due_after(field, value, origin, above)]
        if doubts:
            found[place] = doubts
    return found


def issued_first(field: str, value: Value, above: Above) -> Iterator[Doubt]:
    own = day(value.get("value", "")) if field == "issued_on" else None
    if own and above.issued_on and own < above.issued_on:
        shown = {"day": shown_partial(above.issued_on.isoformat())}
        yield Doubt(_("Ngày này trước ngày ban hành kế hoạch của cấp trên (%(day)s).") % shown)


def due_after(field: str, value: Value, origin: UUID | None, above: Above) -> Iterator[Doubt]:
    """Yield a doubt for a term later than the one it was taken from, else than every one of its stage and round."""
    own = last_day(value.get("due", "")) if field == "deadlines" else None
    if own is None:
        return
    taken = above.terms.get(origin) if origin else None
    terms = (
        [taken] if taken is not None else [one for one in above.terms.values() if of_one_stage(value, one)]
    )
    days = [last_day(one.get("due", "")) for one in terms]
    latest = max((one for one in days if one), default=None)
    if latest and own > latest:
        shown = {"day": shown_partial(latest.isoformat())}
        yield Doubt(_("Hạn này sau hạn của kế hoạch cấp trên (%(day)s).") % shown)


def of_one_stage(value: Value, other: Value) -> bool:
    one, two = step_of(0, value), step_of(1, other)
    return bool(one and two and (one.stage, one.round) == (two.stage, two.round))
