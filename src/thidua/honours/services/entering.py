"""Write honours into the register: one decision with many names, from a form, a file or a decision issued here."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from thidua.accounts.models import Account
from thidua.audit.services import entry_of, record_all
from thidua.core.law.words import Level
from thidua.core.text.normal import one_line
from thidua.core.text.ordering import name_sort_key, sort_key
from thidua.honours.catalogue import catalogue, label_of, times_of_title
from thidua.honours.models import Honour
from thidua.honours.powers import granted_by_own_rules, level_of_issuer, powers_on
from thidua.honours.problems import HonourRefusedError, LikelyDuplicateError, Problem
from thidua.library.models import Document
from thidua.library.services import number_key, register_document
from thidua.organisations.models import Person, Post, Unit
from thidua.organisations.problems import shown
from thidua.organisations.searching import search_text
from thidua.records.days import today
from thidua.records.locks import hold

DECISION = "QUYET_DINH"
BATCH = 500


@dataclass(frozen=True, slots=True)
class Award:
    """What a decision gives: the award, why, for which years, and who decided."""

    award: str
    number: str
    decided_on: date
    issuer: str
    period_from: int
    period_to: int
    type: str = Honour.Type.MERIT
    level: str = ""  # left out: the level that usually gives it
    issuing_unit: Unit | None = None
    signer: str = ""
    movement: str = ""
    movement_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets it: a person, a unit, or a household kept by a unit; ``name`` as the decision writes it."""

    person: Person | None = None
    unit: Unit | None = None
    household: str = ""
    keeper: Unit | None = None
    name: str = ""
    certificate_number: str = ""
    note: str = ""

    @property
    def kind(self) -> str:
        if self.person:
            return Honour.Kind.INDIVIDUAL
        return Honour.Kind.COLLECTIVE if self.unit else Honour.Kind.HOUSEHOLD

    @property
    def written(self) -> str:
        """The name as the register shows it."""
        subject = self.person.full_name if self.person else self.unit.name if self.unit else self.household
        return one_line(self.name or subject)

    @property
    def key(self) -> tuple[object, ...]:
        """What two lines about the same subject share."""
        household = (self.household.casefold(), self.keeper.pk if self.keeper else None)
        return (self.person.pk,) if self.person else (self.unit.pk,) if self.unit else household


@transaction.atomic
def enter_decision(
    actor: Account | None,
    award: Award,
    recipients: Sequence[Recipient],
    *,
    source: str = Honour.Source.ENTERED,
    although_alike: bool = False,
) -> list[Honour]:
    """Write one award given by one decision to each of ``recipients``.

    Raises HonourRefusedError; LikelyDuplicateError when somebody has the award for one of these years already
    and ``although_alike`` does not say that this is known.
    """
    hold("honours", number_key(award.number), award.decided_on)
    if problems := [*problems_of_award(award), *problems_of_list(award, recipients)]:
        raise HonourRefusedError(problems)
    if not although_alike and (warnings := likely_duplicates(award, recipients)):
        raise LikelyDuplicateError(warnings)
    document = document_of(award)
    places = places_on(award.decided_on, recipients)
    rows = [honour_of(award, one, document, places, actor, source) for one in recipients]
    Honour.objects.bulk_create(rows, batch_size=BATCH)
    details = {"number": award.number, "award": award.award}
    record_all(entry_of(actor, "honour.entered", row, details=details) for row in rows)
    return rows


def document_of(award: Award) -> Document:
    return register_document(
        kind=DECISION, number=award.number, issued_on=award.decided_on, issuer=award.issuer
    )


def problems_of_award(award: Award) -> Iterator[Problem]:
    """Yield what is wrong with the decision itself, whoever is on the list."""
    if award.award not in catalogue():
        yield Problem("award_unknown", {"award": award.award})
    if not award.number.strip():
        yield Problem("number_missing")
    if award.decided_on > today():
        yield Problem("decided_in_future", {"day": shown(award.decided_on)})
    if award.period_from > award.period_to:
        yield Problem("period_out_of_order", {"first": award.period_from, "last": award.period_to})
    if award.period_to > award.decided_on.year:
        facts = {"last": award.period_to, "year": award.decided_on.year}
        yield Problem("period_after_decision", facts)


def problems_of_list(award: Award, recipients: Sequence[Recipient]) -> Iterator[Problem]:
    if not recipients:
        yield Problem("no_subject")
    counts = Counter(one.key for one in recipients)
    entered = already_entered(award, recipients)
    for row, one in enumerate(recipients, start=1):
        entry = catalogue().get(award.award)
        if entry and one.kind not in entry.subjects:
            kind = str(Honour.Kind(one.kind).label).lower()
            yield Problem("award_not_for_kind", {"award": entry.label, "kind": kind}, row)
        if counts[one.key] > 1:
            yield Problem("subject_twice", {"name": one.written}, row)
        if one.key in entered:
            facts = {"name": one.written, "award": label_of(award.award), "number": award.number}
            yield Problem("already_there", facts, row)


def already_entered(award: Award, recipients: Sequence[Recipient]) -> set[tuple[object, ...]]:
    """Return the keys of those to whom this very decision, however its number is spelt, already gives the award."""
    rows = of_recipients(recipients).filter(
        award=award.award, decision__number_key=number_key(award.number), decided_on=award.decided_on
    )
    return {key_of(row) for row in rows}


def key_of(row: Honour) -> tuple[object, ...]:
    if row.kind == Honour.Kind.HOUSEHOLD:
        return (row.household.casefold(), row.place_id)
    return (row.person_id or row.unit_id,)


def of_recipients(recipients: Sequence[Recipient]) -> QuerySet[Honour]:
    """Return what the register holds of these subjects, mistaken entries left out."""
    people = [one.person.pk for one in recipients if one.person]
    units = [one.unit.pk for one in recipients if one.unit]
    households = [one for one in recipients if one.kind == Honour.Kind.HOUSEHOLD]
    condition = Q(person__in=people) | Q(unit__in=units)
    for one in households:
        condition |= Q(household__iexact=one.household, place=one.keeper)
    return Honour.objects.filter(condition).exclude(state=Honour.State.VOID)


def likely_duplicates(award: Award, recipients: Sequence[Recipient]) -> list[Problem]:
    """Return a warning for each line whose subject already has the award for one of these years.

    ``title_stands`` where it is a title that is given once for that time, ``same_year`` for anything else.
    """
    rows: dict[tuple[object, ...], Honour] = {}
    titles: dict[tuple[object, ...], Honour] = {}
    times = times_of_title(award)
    same = of_recipients(recipients).filter(award=award.award, state=Honour.State.HELD)
    for row in same.filter(period_from__lte=award.period_to, period_to__gte=award.period_from):
        (titles if times & times_of_title(row) else rows)[key_of(row)] = row
    warnings = []
    for number, one in enumerate(recipients, start=1):
        if known := titles.get(one.key) or rows.get(one.key):
            facts = facts_of_standing(known, one.written)
            warnings.append(Problem("title_stands" if one.key in titles else "same_year", facts, number))
    return warnings


def facts_of_standing(known: Honour, name: str) -> dict[str, object]:
    """Return what a sentence says of an honour that is there already."""
    return {
        "name": name,
        "award": label_of(known.award),
        "years": known.years,
        "number": known.number,
        "day": shown(known.decided_on),
    }


def titles_standing(award: Award, recipients: Sequence[Recipient]) -> list[Problem]:
    """Return the lines that give a title once more for a time for which it stands."""
    return [one for one in likely_duplicates(award, recipients) if one.code == "title_stands"]


def doubts_about_powers(award: Award) -> Iterator[Problem]:
    """Yield a warning where the law gives the award to bodies of another level than the one that decided.

    The name of the body tells its level; where it tells none, the level typed in the form does.
    """
    level = level_of_issuer(award.issuer) or (Level(award.level) if award.level else None)
    powers = powers_on(award.award, award.decided_on)
    if level is None or powers is None or level in powers.levels:
        return
    if level in granted_by_own_rules(award.award, award.decided_on):
        return
    words = dict(Honour.Level.choices)
    facts = {
        "award": label_of(award.award),
        "levels": ", ".join(str(words[str(one)]).lower() for one in powers.levels),
        "source": str(powers.source),
        "issuer": award.issuer,
        "level": str(words[str(level)]).lower(),
    }
    yield Problem("beyond_powers", facts)


def places_on(day: date, recipients: Iterable[Recipient]) -> dict[UUID, Unit]:
    """Return the unit of each person's main post on ``day``; who had none then is kept by today's record."""
    people = {one.person.pk: one.person for one in recipients if one.person}
    posts = Post.objects.on(day).filter(person__in=people, is_main=True).select_related("unit")
    places = {post.person_id: post.unit for post in posts}
    missing = [person for pk, person in people.items() if pk not in places]
    kept = Unit.objects.in_bulk([person.record_unit_id or person.root_id for person in missing])
    return places | {person.pk: kept[person.record_unit_id or person.root_id] for person in missing}


def honour_of(
    award: Award,
    one: Recipient,
    document: Document,
    places: dict[UUID, Unit],
    actor: Account | None,
    source: str,
) -> Honour:
    """Return the unsaved row; imports and the demonstration save them in bulk."""
    place = places[one.person.pk] if one.person else one.unit or one.keeper
    if place is None:
        raise ValueError("a household needs the unit that keeps it")
    row = Honour(
        kind=one.kind,
        person=one.person,
        unit=one.unit,
        household=one_line(one.household),
        place=place,
        root_id=place.root_id,
        award=award.award,
        type=award.type,
        level=award.level or catalogue()[award.award].level,
        period_from=award.period_from,
        period_to=award.period_to,
        decision=document,
        number=award.number.strip(),
        decided_on=award.decided_on,
        issuer=one_line(award.issuer),
        issuing_unit=award.issuing_unit,
        signer=one_line(award.signer),
        movement=one_line(award.movement),
        movement_id=award.movement_id,
        certificate_number=one.certificate_number.strip(),
        note=one.note.strip(),
        source=source,
        entered_by=actor,
    )
    set_name(row, one.written)
    return row


def set_name(row: Honour, name: str) -> None:
    text = search_text(name)
    row.name, row.folded, row.marked = name, text.folded, text.marked
    row.sort_key = name_sort_key(name) if row.kind == Honour.Kind.INDIVIDUAL else sort_key(name)
