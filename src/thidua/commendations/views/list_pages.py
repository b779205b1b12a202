"""What the pages of a list share: the list asked about, the law over it, and what is shown of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from thidua.commendations.forms import QuotaForm
from thidua.commendations.selectors.fairness import (
    GROUP_NAMES,
    WOMEN_COLLECTIVES,
    Among,
    Fairness,
    Lines,
    fairness_of,
)
from thidua.commendations.selectors.law_in_force import Binding
from thidua.commendations.selectors.limits import OfEachUnit
from thidua.commendations.selectors.money_due import MoneyDue
from thidua.commendations.selectors.plan_quotas import PlanFinding
from thidua.commendations.wording import CONFIDENCE, LIMITS_MEAN, UNSURE
from thidua.core.eligibility.lists import Quota
from thidua.core.law.figures import DatedFigure, DatedValue, value_in_words
from thidua.core.law.law import Law
from thidua.core.law.messages import Message
from thidua.core.law.words import ListGroup, SubjectKind
from thidua.exchange.services.exporting import note_export
from thidua.honours.catalogue import catalogue, label_of
from thidua.honours.models import Honour
from thidua.organisations.models import Unit
from thidua.organisations.views.answers import actor_of
from thidua.ui.formats import day as written
from thidua.ui.formats import number as number_written
from thidua.ui.parts import pager_of
from thidua.ui.stretches import stretch_of

PAGE = 50
ACTION = "export"


@dataclass(frozen=True, slots=True)
class Asked:
    """A list to look at: the law over it, and how the page names it.

    ``number`` lines of ``whole`` are seen; ``subject`` is what the log names when the list is taken out. ``quotas``
    are those a plan sets for the list as a whole. ``above`` is the path of the body whose subordinate units a quota of
    each unit is for; empty for the top of the tree.
    """

    title: str
    back: str
    on: date
    law: Law
    authority: str | None
    binding: Binding
    subject: Model
    number: int
    whole: int
    may_export: bool
    money_url: str = ""
    fairness_url: str = ""
    quotas: tuple[Quota, ...] = ()
    above: str = ""

    @property
    def is_whole(self) -> bool:
        return self.number >= self.whole


def money_context(asked: Asked, due: MoneyDue, given: QueryDict, size: int = PAGE) -> dict[str, Any]:
    number = len(due.subjects)
    shown = stretch_of(given, number, size, lambda start, size: due.subjects[start : start + size])
    return {
        "asked": asked,
        "partial": partial(asked),
        "due": due,
        "subjects": shown.rows,
        "pager": pager_of(given, shown, size, sizes=(size,)) if number > size else None,
        "kinds": dict(Honour.Kind.choices),
        "label_of": label_of,
        "confidence": CONFIDENCE,
        "legend": (UNSURE,),
    }


def about_list(asked: Asked, year: int | None, registered: int) -> Iterator[tuple[str, str]]:
    """Yield what the page says of the list: which it is, by the law of which day, and what is counted."""
    yield _("Danh sách"), asked.title
    if year:
        yield _("Năm thành tích"), str(year)
    yield _("Theo quy định của ngày"), written(asked.on)
    yield _("Số lần khen"), number_written(asked.number)
    if registered:
        yield _("Số lượt đăng ký"), number_written(registered)
    yield (
        _("Cách đếm"),
        _("Cơ cấu đếm lần khen; hạn mức đếm người, tập thể, mỗi người, mỗi tập thể một lần."),
    )


def looked_at(asked: Asked, lines: Lines, form: QuotaForm, planned: Sequence[PlanFinding] = ()) -> Fairness:
    whole, each = form.quotas()
    found = fairness_of(
        lines,
        asked.law,
        asked.authority,
        on=asked.on,
        binding=asked.binding,
        quotas=[*asked.quotas, *whole],
        each_unit=OfEachUnit(each, asked.above),
        is_whole=asked.is_whole,
    )
    return replace(found, planned=tuple(planned))


def fairness_context(
    asked: Asked,
    lines: Lines,
    found: Fairness,
    given: QueryDict,
    size: int = PAGE,
    *,
    whole: int | None = None,
) -> dict[str, Any]:
    """Return what the page shows; ``given`` tells which lines are looked at and the page of the list.

    ``whole`` is how many lines the list has where it is not the one asked about.
    """
    among = among_asked(given)
    lines = lines.bound_by(asked.binding) if among.bound else lines
    if among.unit and not lines.count(Among(unit=among.unit)):
        among = replace(among, unit=None)  # it may be one the reader may not know of
    everything = asked.number if whole is None else whole
    total = lines.count(among) if among else everything
    shown = stretch_of(given, total, size, lambda start, size: lines.shown(among, start, size))
    return {
        "asked": asked,
        "partial": partial(asked),
        "found": found,
        "among": among,
        "among_words": words_of(among),
        "Among": Among,
        "rows": shown.rows,
        "total": total,
        "pager": pager_of(given, shown, size, sizes=(size,)) if total > size else None,
        "tells_sex": any(row.entry.sex for row in shown.rows),
        "group_names": GROUP_NAMES,
        "asked_of": asked_of,
        "in_words": in_words,
        "share_in_words": share_in_words,
        "legend": LIMITS_MEAN,
        "kinds": dict(Honour.Kind.choices),
        "label_of": label_of,
        "confidence": CONFIDENCE,
    }


def among_asked(given: QueryDict) -> Among:
    """Return which lines an address, or a button in one word, asks for; what it does not know is left out."""
    in_one_word = given.get("among")
    given = QueryDict(str(in_one_word)) if in_one_word else given
    group, award, kind, why = (given.get(name, "") for name in ("group", "award", "kind", "type"))
    return Among(
        group if group in GROUP_NAMES else "",
        award if award in catalogue() else "",
        kind if kind in Honour.Kind.values else "",
        unit_named(given.get("unit", "")),
        bound=given.get("bound") == "1",
        type=why if why in Honour.Type.values else "",
    )


def asked_of(group: str) -> str:
    """Return of which kind of subject a group is asked; empty where of everybody on the list."""
    return SubjectKind.COLLECTIVE if group == WOMEN_COLLECTIVES else ListGroup(group).asked_of or ""


def unit_named(given: str) -> Unit | None:
    try:
        return Unit.objects.filter(pk=UUID(given)).first()
    except ValueError:
        return None


def words_of(among: Among) -> str:
    """Return the lines looked at in words, empty for all of them."""
    kinds = dict(Honour.Kind.choices)
    named = (
        GROUP_NAMES.get(among.group),
        label_of(among.award) if among.award else None,
        kinds[among.kind] if among.kind else None,
        Honour.Type(among.type).label if among.type else None,
        among.unit.name if among.unit else None,
        _("thuộc diện quy định riêng") if among.bound else None,
    )
    return ", ".join(str(one) for one in named if one)


def partial(asked: Asked) -> str:
    """Return the sentence a page begins with when it speaks of a part of the list; empty when of all of it."""
    if asked.is_whole:
        return ""
    return _(
        "Quyết định có %(whole)s lần khen; ở đây chỉ có %(number)s lần trong phạm vi của bạn. "
        "Tổng tiền, tỷ lệ và hạn mức chưa phải của cả quyết định."
    ) % {"whole": number_written(asked.whole), "number": number_written(asked.number)}


def in_words(said: Message) -> str:
    return said.in_words(_)


def share_in_words(entry: DatedValue, figure: DatedFigure) -> str:
    return value_in_words(entry.value, figure.unit).in_words(_)


def wants_workbook(request: HttpRequest) -> bool:
    return "xlsx" in (request.GET.get("format"), request.POST.get("format"))


def note_taken_out(request: HttpRequest, what: str, asked: Asked) -> None:
    """Log who takes the list out, before anything is given."""
    note_export(actor_of(request), what, asked.subject, {"list": asked.title, "rows": str(asked.number)})
