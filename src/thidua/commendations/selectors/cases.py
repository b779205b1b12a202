"""Cases put together from the registers: honours, ratings, discipline, leave, posts, initiatives, research.

Nothing is judged here. A register is silent in two ways: where something of a person was ever recorded, an
empty list says “none”; where nothing was, the lists are left out and the law answers “not known”.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from thidua.commendations.selectors.verdicts import HEALTH
from thidua.core.eligibility.case import Case, Subject
from thidua.core.law.validation import adapter
from thidua.core.law.words import Level, SubjectKind
from thidua.core.law.words import Post as PostOfLaw
from thidua.honours.catalogue import catalogue
from thidua.honours.models import HonourEvent
from thidua.honours.selectors.facts import HonourFact
from thidua.honours.selectors.facts import facts_of as honours_of
from thidua.initiatives.selectors import InitiativeFact, ResearchFact, Works, keeps_research
from thidua.initiatives.selectors import facts_of as works_of
from thidua.organisations.models import Discipline, Leave, Person, Post, Rating

Rows = dict[UUID, list[Any]]
DEPUTY = "phó"
MEMBER_TITLES = ("LDTT", "CSTDCS")
ENDING = (HonourEvent.Kind.REVOKED, HonourEvent.Kind.STRIPPED, HonourEvent.Kind.RESTORED)
"""Events after which an honour may no longer be held."""


def case_of(
    subject: Subject,
    award: str,
    on: date,
    *,
    year: int,
    type_: str = "MERIT",
    authority: str | None = None,
    known_on: date | None = None,
) -> Case:
    """Return the question whether ``subject`` may receive ``award`` by a decision of ``on`` for ``year``.

    Nobody decides on the titles of a year before it ends: what the registers knew on ``known_on``, left out
    on ``on``, says nothing yet of a year not over by then.
    """
    return Case(
        on=on,
        award=award,
        subject=subject,
        type=type_,  # type: ignore[arg-type]  # pydantic reads the word
        year=(year, year),
        open_from=(known_on or on).year,
        level=Level(catalogue()[award].level),
        authority=authority,
    )


RECORDED = frozenset({"honours", "ratings", "initiatives", "research", "discipline", "leave"})
"""Parts of which an empty one says “none” as soon as another holds something.

Research says so only where research is recorded at all: many offices keep it elsewhere.
"""


# -- people ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Held:
    """What people had been given and had made by a day, by person."""

    honours: Mapping[UUID, Sequence[HonourFact]]
    works: Mapping[UUID, Works]

    @property
    def has_research(self) -> bool:
        return any(works.research for works in self.works.values())


def held_by(people: Sequence[UUID], *, on: date) -> Held:
    """Read what each of the people had been given and had made. Three queries."""
    return Held(honours_of(people, on=on), works_of(people, on=on))


def subjects_of_people(
    people: Iterable[Person], *, on: date, sensitive: bool = True, held: Held | None = None
) -> dict[UUID, Subject]:
    """Return what the registers knew of each person on ``on``. At most eight queries, however many people.

    Without ``sensitive`` it reads as if discipline and leave for health had never been recorded; ``held`` is what
    was read of the same people and day already.
    """
    known = {person.pk: person for person in people}
    ids = list(known)
    ratings = by_person(ratings_given(on).filter(person__in=ids))
    disciplines = by_person(disciplines_of(ids, on, sensitive=sensitive))
    leaves = by_person(leaves_of(ids, on, sensitive=sensitive))
    posts = by_person(Post.objects.filter(person__in=ids, valid_from__lte=on).order_by("valid_from", "pk"))
    held = held or held_by(ids, on=on)
    kept = RECORDED if held.has_research or keeps_research(on) else RECORDED - {"research"}
    found = {}
    for pk, person in known.items():
        given, made = held.honours.get(pk, ()), held.works.get(pk, Works())
        rows = (ratings[pk], disciplines[pk], leaves[pk], given, made)
        facts = {"kind": SubjectKind.INDIVIDUAL, "sex": person.sex or None, **working_life(posts[pk], on)}
        if any(rows):
            facts |= {part: rows for part, rows in record(*rows).items() if part in kept}
        found[pk] = subject_from(facts)
    return found


def ratings_given(on: date) -> QuerySet[Rating]:
    """Return the ratings decided by ``on``; one whose day is not known counts from the beginning of its year."""
    return Rating.objects.filter(given_by(on), year__lte=on.year)


def given_by(on: date, ratings: str = "") -> Q:
    """Return the condition that ``ratings``, a path to them, were decided by ``on`` as far as anybody knows."""
    day = f"{ratings}decision__issued_on"
    return Q(**{f"{day}__isnull": True}) | Q(**{f"{day}__lte": on})


def disciplines_of(people: Any, on: date, *, sensitive: bool) -> QuerySet[Discipline]:
    """Return the discipline of ``people`` known on ``on``; none where sensitive facts are left out."""
    found = Discipline.objects.filter(person__in=people, valid_from__lte=on)
    return found if sensitive else found.none()


def leaves_of(people: Any, on: date, *, sensitive: bool) -> QuerySet[Leave]:
    """Return the leave of ``people`` known on ``on``; that for health only among sensitive facts."""
    found = Leave.objects.filter(person__in=people, valid_from__lte=on)
    return found if sensitive else found.exclude(kind__in=HEALTH)


def by_person(rows: Iterable[Any]) -> Rows:
    grouped: Rows = defaultdict(list)
    for row in rows:
        grouped[row.person_id].append(row)
    return grouped


def subject_from(facts: dict[str, Any]) -> Subject:
    subject: Subject = adapter(Subject).validate_python(facts)
    return subject


def record(
    ratings: Sequence[Rating],
    disciplines: Sequence[Discipline],
    leaves: Sequence[Leave],
    honours: Sequence[HonourFact],
    works: Works,
) -> dict[str, Any]:
    return {
        "ratings": {row.year: row.level for row in ratings},
        "honours": [honour(fact) for fact in honours],
        "initiatives": [initiative(fact) for fact in works.initiatives],
        "research": [research(fact) for fact in works.research],
        "discipline": [
            {"level": row.level, "from": row.valid_from, "to": row.last_day} for row in disciplines
        ],
        "leave": [
            {"kind": row.kind, "from": row.valid_from, "to": row.last_day, "result": row.result or None}
            for row in leaves
        ],
    }


def honour(fact: HonourFact) -> dict[str, Any]:
    names = ("award", "type", "period", "decided_on", "number", "issuer", "revoked_on")
    return {name: getattr(fact, name) for name in names}


def initiative(fact: InitiativeFact) -> dict[str, Any]:
    return {
        "scope": fact.scope,
        "recognised_on": fact.recognised_on,
        "applied_on": fact.applied_on,
        "replicable": fact.replicable,
        "used_for": [{"award": award, "decided_on": day} for award, day, _year in fact.used_for],
    }


def research(fact: ResearchFact) -> dict[str, Any]:
    return {"scope": fact.scope, "accepted_on": fact.accepted_on, "role": fact.role or None}


def working_life(posts: Sequence[Post], on: date) -> dict[str, Any]:
    """Return what posts say: recruited when, of which kind today, moved when; nothing where none is known."""
    main = [post for post in posts if post.is_main]
    if not main:
        return {}
    current = next(
        (post for post in reversed(main) if post.valid_until is None or on < post.valid_until), None
    )
    facts: dict[str, Any] = {
        "hired_on": main[0].valid_from,
        "service": [
            {"from": post.valid_from, "to": post.last_day, "post": post_of_law(post)} for post in main
        ],
        "transfers": [
            {
                "on": after.valid_from,
                "from_unit": str(before.unit_id),
                "to_unit": str(after.unit_id),
                "secondment": after.is_secondment,
            }
            for before, after in pairwise(main)
            if before.unit_id != after.unit_id
        ],
    }
    if current:
        facts |= {
            "staff_kind": current.staff_kind,
            "contract_months": current.contract_months,
            "manager": current.is_manager,
        }
    return facts


def post_of_law(post: Post) -> PostOfLaw:
    if not post.is_manager:
        return PostOfLaw.STAFF
    return PostOfLaw.DEPUTY if post.position.casefold().startswith(DEPUTY) else PostOfLaw.HEAD
