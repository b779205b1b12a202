"""The quotas of a movement's plan: of a whole list, of each unit, of each quarter; one not counted says why."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from thidua.commendations.selectors.award_lists import one_word
from thidua.commendations.selectors.limits import right_below
from thidua.commendations.selectors.typed_lists import award_of
from thidua.core.eligibility.facts import Truth
from thidua.core.eligibility.lists import Bearer, Quota, QuotaFinding, quota_findings
from thidua.core.law.sources import Effect, Source
from thidua.core.law.words import SubjectKind
from thidua.core.text.folding import fold
from thidua.honours.models import Honour
from thidua.honours.permissions import visible
from thidua.movements.models import Movement, PlanItem
from thidua.movements.permissions import paths_above
from thidua.movements.services.own_values import is_for
from thidua.organisations.models import Unit
from thidua.organisations.permissions import User

MONTHS = {"thang": 1, "quy": 3, "nam": 12}
"""How many months a quota of each of these times runs."""
ANY_UNIT = re.compile(r"(?:cac )?(?:co quan|don vi)(?:,? (?:co quan|don vi))?(?: truc thuoc)?")


@dataclass(frozen=True, slots=True)
class PlanQuota:
    """One quota as the plan says it; ``quota`` is None where it says no whole number.

    ``per`` is for each of what it is meant, in the plan's words; empty for the list as a whole. ``plan`` is its number,
    or the name of a movement whose plan has none.
    """

    quota: Quota | None
    words: str
    per: str = ""
    plan: str = ""

    @property
    def of_list(self) -> Quota | None:
        """Return what it asks of the list as a whole; None where it asks nothing of it, or nothing to count."""
        return replace(self.quota, source=Source(self.plan)) if self.quota and not self.per else None


@dataclass(frozen=True, slots=True)
class PlanFinding:
    """A quota of the plan for each of something, held against the register.

    ``beyond`` are the units that do not keep it, of ``units``; ``over`` what all decisions of one time give together,
    ``decisions`` how many of it each gives. With a ``reason`` it was not counted; where the decision was not seen whole
    (``is_whole`` False) only what goes beyond is certain.
    """

    planned: PlanQuota
    units: int = 0
    beyond: tuple[tuple[Unit, QuotaFinding], ...] = ()
    over: QuotaFinding | None = None
    span: tuple[date, date] | None = None
    decisions: tuple[tuple[UUID, str, int], ...] = ()
    reason: str = ""
    is_whole: bool = True

    @property
    def met(self) -> Truth:
        """Return whether it is kept; None: not counted, or the part seen decides nothing."""
        if self.over:
            return self.over.met
        if self.reason:
            return None
        return False if self.beyond else self.is_whole or None

    @property
    def blocks(self) -> bool:
        """Say whether what goes beyond it must be taken out."""
        seen = [self.over] if self.over else [found for _unit, found in self.beyond]
        return any(found.effect is Effect.BLOCK for found in seen)


def quotas_of_plan(movement: UUID | None) -> list[PlanQuota]:
    """Return the quotas of a movement's plan, in the order of the plan."""
    if movement is None:
        return []
    items = PlanItem.objects.filter(plan__movement=movement, field="quotas", until=None)
    rows = items.exclude(state=PlanItem.State.REMOVED)
    return [
        PlanQuota(quota_in(value), value.get("text") or "", value.get("per") or "", number or name)
        for value, number, name in rows.values_list("value", "plan__number", "plan__movement__name")
    ]


def quota_in(value: dict[str, Any]) -> Quota | None:
    low, high, kinds = value.get("min"), value.get("max"), value.get("for") or []
    if not isinstance(high, int) or value.get("unit") == "%":
        return None
    kind = SubjectKind(kinds[0]) if len(kinds) == 1 else None
    award = award_of(value.get("award") or "", None)[0] or None
    if isinstance(low, int) and low != high:
        return Quota(between=(low, high), award=award, kind=kind)
    return Quota(high, award=award, kind=kind)


@dataclass(frozen=True, slots=True)
class OfDecision:
    """A decision of a movement, to be held against what the movement's plan says for each unit and each quarter."""

    user: User
    movement: UUID
    on: date
    bearers: Sequence[tuple[str, Bearer]]
    is_whole: bool = True

    def findings(self, planned: Iterable[PlanQuota]) -> list[PlanFinding]:
        """Return one finding for each quota that is not of the list as a whole."""
        return [self._finding(one) for one in planned if one.of_list is None]

    def _finding(self, planned: PlanQuota) -> PlanFinding:
        if planned.quota is None:
            return PlanFinding(planned, reason=_("Kế hoạch không ghi một số nguyên để đếm."))
        time = fold(planned.per)
        if time in MONTHS:
            return self._in_time(planned, planned.quota, span_of(self.on, MONTHS[time]))
        groups = self._by_unit(planned.per)
        if not groups:
            return PlanFinding(planned, reason=reason_for(planned.per))
        beyond = tuple(beyond_of(groups, planned.quota, is_whole=self.is_whole))
        return PlanFinding(planned, units=len(groups), beyond=beyond, is_whole=self.is_whole)

    def _in_time(self, planned: PlanQuota, quota: Quota, span: tuple[date, date]) -> PlanFinding:
        """Count all decisions of the movement of one quarter, month or year. Two queries."""
        given = Honour.objects.filter(
            movement_id=self.movement, state=Honour.State.HELD, decided_on__range=span
        ).order_by("decided_on", "number", "pk")
        names = ("decision_id", "number", "kind", "award", "name", "person_id", "unit_id")
        rows = list(given.filter(visible(self.user)).values_list(*names).distinct())
        whole = not given.exclude(visible(self.user)).exists()
        decisions: dict[UUID, tuple[str, set[str]]] = {}
        bearers = []
        for decision, number, kind, award, name, person, unit in rows:
            bearer = Bearer(one_word(person or unit, kind, name), SubjectKind(kind), award)
            bearers.append(bearer)
            if quota.award in {None, award} and quota.kind in {None, kind}:
                decisions.setdefault(decision, (number, set()))[1].add(bearer.who)
        (found,) = quota_findings(bearers, [quota], is_whole=whole)
        counted = tuple((pk, number, len(who)) for pk, (number, who) in decisions.items())
        return PlanFinding(planned, over=found, span=span, decisions=counted)

    def _by_unit(self, per: str) -> dict[Unit, list[Bearer]]:
        """Return who stands on the list by the unit the plan's words mean. Two queries."""
        paths = {path for path, _bearer in self.bearers if path}
        above = {one for path in paths for one in paths_above(path)}
        units = {unit.path: unit for unit in Unit.objects.filter(path__in=above)}
        is_any = ANY_UNIT.fullmatch(fold(per)) is not None
        organiser = self._organiser_path() if is_any else ""
        groups: dict[Unit, list[Bearer]] = {}
        for path, bearer in self.bearers:
            meant = [right_below(path, organiser)] if is_any else paths_above(path)
            found = (units[one] for one in meant if one in units and (is_any or is_for(units[one], per)))
            if unit := next(found, None):
                groups.setdefault(unit, []).append(bearer)
        return groups

    def _organiser_path(self) -> str:
        """Return the path of the body the units of the plan stand below; a cluster's stand beside its lead."""
        of_one_body = Movement.objects.filter(pk=self.movement, cluster=None)
        return of_one_body.values_list("organiser__path", flat=True).first() or ""


def beyond_of(
    groups: dict[Unit, list[Bearer]], quota: Quota, *, is_whole: bool
) -> Iterator[tuple[Unit, QuotaFinding]]:
    for unit in sorted(groups, key=lambda one: (one.sort_key, one.pk)):
        (found,) = quota_findings(groups[unit], [quota], is_whole=is_whole)
        if found.met is False:
            yield unit, found


def reason_for(per: str) -> str:
    """Return why a quota for each of something could not be counted."""
    said = fold(per)
    if said in {"dot", "tuan"}:
        return _("Sổ khen không ghi đợt hay tuần xét khen nên không đếm được.")
    if said.startswith(("cum", "khoi")):
        return _("Sổ khen không ghi lần khen theo cụm, khối nên không đếm được.")
    return _("Trong danh sách không có đơn vị nào tên bắt đầu bằng “%(per)s”.") % {"per": per}


def span_of(day: date, months: int) -> tuple[date, date]:
    """Return the first and the last day of the month, quarter or year that holds ``day``."""
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    after = date(first.year + (first.month - 1 + months) // 12, (first.month - 1 + months) % 12 + 1, 1)
    return first, after - timedelta(days=1)
