"""Those behind one figure of a trial, each with why the law answers otherwise."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.commendations.models import Trial
from thidua.commendations.selectors.known_law import Sides
from thidua.commendations.selectors.side_by_side import Comparer, Comparison, Pair
from thidua.commendations.selectors.what_if import Moved, Movement
from thidua.commendations.wording import MARKS, OUTCOMES
from thidua.core.eligibility.explain import Finding
from thidua.core.law.sources import Effect
from thidua.organisations.models import Person, Unit
from thidua.organisations.permissions import may, may_see_sensitive, visible_people, visible_units


@dataclass(frozen=True, slots=True)
class Named:
    """A person or a collective as pages name it."""

    pk: UUID
    name: str
    where: str
    note: str
    honours_url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One person or collective of a list: both outcomes and the conditions that moved them."""

    asked: Named
    moved: Moved
    before: tuple[str, Any]
    after: tuple[str, Any]
    reasons: tuple[str, ...]
    stale: bool


def named(asked: Person | Unit) -> Named:
    if isinstance(asked, Unit):
        where = (asked.parent.short_name or asked.parent.name) if asked.parent else ""
        return Named(asked.pk, asked.name, where, asked.kind.name, reverse("honours:unit", args=[asked.pk]))
    unit = asked.unit or asked.record_unit
    note = f"{asked.position}, {asked.unit.name}" if asked.unit else ""
    return Named(
        asked.pk, asked.full_name, unit.name if unit else "", note, reverse("honours:person", args=[asked.pk])
    )


def visible(request: HttpRequest, trial: Trial, found: Iterable[Moved]) -> Mapping[UUID, Person | Unit]:
    """Return those the reader may open today: some may have moved since the trial.

    Where discipline and health were asked about, an outcome tells of them: it needs the right to them.
    """
    open_to = _open_to(request, trial, {moved.subject for moved in found})
    if trial.without_sensitive:
        return open_to
    return {pk: asked for pk, asked in open_to.items() if knows_sensitive(request, asked)}


def _open_to(request: HttpRequest, trial: Trial, ids: Collection[UUID]) -> Mapping[UUID, Person | Unit]:
    if trial.is_of_collectives:
        units = Unit.objects.filter(visible_units(request.user)).select_related("parent", "kind")
        return units.in_bulk(ids)
    people = Person.objects.filter(visible_people(request.user)).select_related("record_unit", "unit")
    return people.in_bulk(ids)


def knows_sensitive(request: HttpRequest, asked: Person | Unit) -> bool:
    if isinstance(asked, Unit):
        return may(request.user, "view_sensitive", asked)
    return may_see_sensitive(request.user, asked)


def rows_of(request: HttpRequest, trial: Trial, found: Sequence[Moved], sides: Sides) -> list[Row]:
    """Return those the reader may open with why they moved."""
    open_to = visible(request, trial, found)
    comparer = Comparer(trial, open_to.values(), sides)
    rows = []
    for moved in found:
        asked = open_to.get(moved.subject)
        if asked is None:
            continue
        compared = comparer.compare(asked, moved.award, knows_sensitive=knows_sensitive(request, asked))
        reasons = reasons_of(compared) if moved.movement is not Movement.STAYS else ()
        stale = not agrees(compared, moved)
        rows.append(Row(named(asked), moved, OUTCOMES[moved.before], OUTCOMES[moved.after], reasons, stale))
    return rows


def agrees(compared: Comparison, moved: Moved) -> bool:
    """Say whether both verdicts still read as they did when the trial was made."""
    found = (compared.before.verdict.outcome, compared.after.verdict.outcome)
    return found == (moved.before, moved.after)


def reasons_of(compared: Comparison) -> tuple[str, ...]:
    words = tuple(reason(pair) for pair in compared.reasons)
    return words or ((_("một điều kiện (xem người có thẩm quyền)"),) if compared.hidden_changed else ())


def reason(pair: Pair) -> str:
    """Say what one condition asked and answered on both sides."""
    if pair.before is None or pair.after is None:
        words = _("không còn hỏi: %(asked)s") if pair.after is None else _("hỏi thêm: %(asked)s")
        return words % {"asked": pair.either.asked.in_words(_)}
    facts = {
        "asked": pair.after.asked.in_words(_),
        "old": pair.before.asked.in_words(_),
        "before": MARKS[pair.before.met][1],
        "after": MARKS[pair.after.met][1],
    }
    return reason_words(pair.before, pair.after) % facts + f" ({pair.after.rule.source})"


def reason_words(before: Finding, after: Finding) -> str:
    if str(before.asked) != str(after.asked):
        return _("%(asked)s (trước: %(old)s): %(before)s → %(after)s")
    if before.met is not after.met:
        return _("%(asked)s: %(before)s → %(after)s")
    return _("%(asked)s: nay chỉ nhắc") if after.effect is Effect.WARN else _("%(asked)s: nay bắt buộc")
