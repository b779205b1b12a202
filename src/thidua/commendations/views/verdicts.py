"""One verdict, explained: a person or a unit, an award, a day."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.commendations.forms import QuestionForm
from thidua.commendations.selectors.cases import case_of, held_by, subjects_of_people
from thidua.commendations.selectors.collectives import lines_of, subject_of_unit
from thidua.commendations.selectors.evidence import Sources, evidence_of, sources_in, sources_of_unit
from thidua.commendations.selectors.law_in_force import binding_of, law_for
from thidua.commendations.selectors.verdicts import ShownVerdict, verdict_for
from thidua.commendations.views.bound import bound_by
from thidua.commendations.wording import ANSWERS_MEAN, CONFIDENCE, MARKS, OUTCOMES
from thidua.core.eligibility.case import Subject
from thidua.core.eligibility.explain import Finding, Outcome, in_own_words
from thidua.core.eligibility.facts import Ground, Truth
from thidua.core.eligibility.reading_aloud import capital
from thidua.core.law.sources import Effect, Rule
from thidua.honours.catalogue import catalogue
from thidua.organisations.models import Unit
from thidua.organisations.permissions import may, may_see_sensitive
from thidua.organisations.views.answers import actor_of, day_asked, person_asked, unit_asked
from thidua.records.days import today
from thidua.ui.rendering import page


@dataclass(frozen=True, slots=True)
class Line:
    """One condition as the page shows it; a line without a rule stands for what the reader may not know."""

    asked: str
    seen: str
    met: Truth
    rule: Rule | None = None
    is_part: bool = False
    warns: bool = False
    links: tuple[tuple[str, str], ...] = ()

    @property
    def mark(self) -> tuple[str, object]:
        return MARKS[self.met]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom the question is about, and where the page's links lead."""

    name: str
    note: str
    pk: UUID
    kind: str
    above: str
    home: str
    record: str
    root: Unit
    unit: Unit | None
    knows_sensitive: bool


@require_GET
def of_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_asked(request, pk)
    day = day_asked(request)
    asked = Asked(
        name=person.full_name,
        note=f"{person.position}, {person.unit.name}" if person.unit else "",
        pk=pk,
        kind="individual",
        above=above(person.unit),
        home=reverse("organisations:person", args=[pk]),
        record=reverse("organisations:person_record", args=[pk]),
        root=person.root,
        unit=person.record_unit,
        knows_sensitive=may_see_sensitive(request.user, person),
    )

    def read(_year: int) -> tuple[Subject, Sources]:
        held = held_by([pk], on=day)
        return subjects_of_people([person], on=day, held=held)[pk], sources_in(held)

    return answer(request, asked, day, read)


@require_GET
def of_unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    unit = unit_asked(request, pk)
    if not may(request.user, "view", unit):
        raise Http404
    day = day_asked(request)
    asked = Asked(
        name=unit.name,
        note=unit.kind.name,
        pk=pk,
        kind="collective",
        above=above(unit),
        home=reverse("organisations:unit", args=[pk]),
        record=reverse("organisations:unit_ratings", args=[pk]),
        root=unit.root,
        unit=unit,
        knows_sensitive=may(request.user, "view_sensitive", unit),
    )

    def read(year: int) -> tuple[Subject, Sources]:
        before = [one.pk for one in lines_of([unit], on=day)[pk].before]
        return subject_of_unit(unit, on=day, year=year), sources_of_unit(pk, on=day, predecessors=before)

    return answer(request, asked, day, read)


def above(unit: Unit | None) -> str:
    """Return a unit, the one above it and the top of the tree, as the head of a print names them."""
    if unit is None:
        return ""
    return ", ".join(dict.fromkeys(one.name for one in (unit, unit.parent, unit.root) if one))


Read = Callable[[int], tuple[Subject, Sources]]
"""Returns what the registers know of a subject for a year, and where it stands."""


def answer(request: HttpRequest, asked: Asked, day: date, read: Read) -> HttpResponse:
    """Ask the law and show its answer, or the question again where it cannot be read."""
    first = {"individual": "CSTDCS", "collective": "TTLDXS"}[asked.kind]
    given = {"award": first, "year": str(day.year), "type": "MERIT", **request.GET.dict()}
    form = QuestionForm(given, kind=asked.kind, on=day)
    context: dict[str, Any] = {"asked": asked, "form": form, "day": day, "today": today()}
    context |= {"printed_by": actor_of(request).get_full_name(), "printed_at": timezone.now()}
    if form.is_valid():
        context |= answered(form.cleaned_data, asked, day, read)
    return page(request, "commendations/verdict.html", context)


def answered(question: dict[str, Any], asked: Asked, day: date, read: Read) -> dict[str, Any]:
    law = law_for(asked.root)
    binding = binding_of(law, asked.root)
    subject, sources = read(question["year"])
    if question["nothing_pending"]:
        subject = replace(subject, pending=())
    case = case_of(
        subject,
        question["award"],
        day,
        year=question["year"],
        type_=question["type"],
        authority=binding.over(asked.unit, question["award"]),
    )
    shown = verdict_for(case, Ground(law), knows_sensitive=asked.knows_sensitive)
    seen = Seen(sources, asked, question["year"])
    due = shown.verdict.money if shown.verdict.outcome is Outcome.ELIGIBLE else None
    laws = {pack.id: in_own_words(pack.label).in_words(_) for pack in law.packs}
    return {
        "entry": catalogue()[question["award"]],
        "year": question["year"],
        "bound": bound_by(binding, asked.root, asked.unit, question["award"]),
        "state": OUTCOMES[shown.verdict.outcome],
        "packs": [
            (laws[pack.pack], OUTCOMES[pack.outcome], shown_lines(shown, place, seen))
            for place, pack in enumerate(shown.packs)
        ],
        "is_concluded": shown.verdict.outcome is Outcome.NOT_ELIGIBLE,
        "missing": [capital(item.what.in_words(_)) for item in shown.missing if not item.lacks_law],
        "without_law": [capital(item.what.in_words(_)) for item in shown.missing if item.lacks_law],
        "money": due,
        "counted": due.counted.in_words(_) if due and due.counted else "",
        "confidence": CONFIDENCE,
        "legend": ANSWERS_MEAN,
        "assumes": question["nothing_pending"],
    }


@dataclass(frozen=True, slots=True)
class Seen:
    """What findings are linked to: the rows of the registers, whose they are, and the year asked about."""

    sources: Sources
    asked: Asked
    year: int


def shown_lines(shown: ShownVerdict, place: int, seen: Seen) -> list[Line]:
    pack = shown.packs[place]
    lines = [line_of(finding, seen) for finding in pack.findings]
    if pack.has_hidden:
        words = {
            True: _("Một điều kiện đạt"),
            False: _("Một điều kiện không đạt"),
            None: _("Một điều kiện chưa rõ"),
        }
        lines.append(Line(words[pack.hidden], _("xem người có thẩm quyền"), pack.hidden))
    return lines


def line_of(finding: Finding, seen: Seen) -> Line:
    return Line(
        asked=capital(finding.asked.in_words(_)),
        seen=finding.seen.in_words(_),
        met=finding.met,
        rule=finding.rule,
        is_part=finding.effect is Effect.INFO,
        warns=finding.effect is Effect.WARN,
        links=tuple(links_of(finding, seen)),
    )


def links_of(finding: Finding, seen: Seen) -> list[tuple[str, str]]:
    """Return (label, address) of the rows the finding speaks of."""
    found = evidence_of(finding, seen.sources, year=seen.year)
    links = [(fact.number, reverse("honours:honour", args=[fact.honour_id])) for fact in found.honours]
    links += [(_("sáng kiến"), reverse("initiatives:initiative", args=[pk])) for pk in found.initiatives]
    links += [
        (_("đề tài, công trình"), reverse("initiatives:initiative", args=[pk])) for pk in found.research
    ]
    if found.on_record:
        links.append((_("hồ sơ xếp loại, nghỉ"), seen.asked.record))
    return links
