"""Writes the ten past years into the database, in bulk, by the columns the services would fill."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import cache
from typing import Any

from django.db import transaction

from thidua.audit.services import record
from thidua.core.text.citations import type_of_number
from thidua.core.text.folding import fold
from thidua.demo.history import Decision, GivenHonour, GivenInitiative, History
from thidua.demo.honours import generate_history
from thidua.demo.people import generate_people
from thidua.demo.units import load_units
from thidua.demo.works import record_works
from thidua.exchange.bulk import insert
from thidua.honours.models import Honour, HonourEvent
from thidua.honours.services.changing import CHANGES
from thidua.initiatives.models import (
    Authorship,
    CouncilMember,
    Initiative,
    InitiativeCouncil,
    InitiativeEvent,
    InitiativeUse,
)
from thidua.initiatives.services.steps import assign, submit
from thidua.initiatives.services.writing import Author, Written, start
from thidua.library.models import Document
from thidua.library.services import number_key
from thidua.organisations.models import Discipline, Person, Rating, Unit
from thidua.organisations.services.record_keeping import DECISION
from thidua.records.days import today

PEOPLE_SEED, HISTORY_SEED = 2026, 7
BATCH = 500
LIVE_UNIT = "STP-LAO-CAI"


def seed_honours(say: Callable[[str], object]) -> None:
    """Write ratings, honours, discipline and initiatives of ten years, and some initiatives under way."""
    sector = load_units()
    people = generate_people(PEOPLE_SEED, sector)
    history = generate_history(HISTORY_SEED, sector, people, today())
    with transaction.atomic():
        known = Known()
        known.register(papers_of(history))
        honours = write_honours(history, known)
        write_changes(history, honours)
        write_records(history, known)
        write_initiatives(history.initiatives, known)
        begin_initiatives(known)
        live = known.units[LIVE_UNIT]
        works = record_works(live, staff_of(live, 14)[9:], this_year=today().year)
        write_log(honours)
    say(
        f"Đã ghi {len(honours)} lần khen, {len(history.ratings)} xếp loại, "
        f"{len(history.initiatives) + len(works)} sáng kiến, đề tài."
    )


class Known:
    """Rows already there by the demonstration's own codes, and the decisions as documents."""

    def __init__(self) -> None:
        self.units = {unit.code: unit for unit in Unit.objects.all()}
        self.people = {person.staff_code: person for person in Person.objects.exclude(staff_code="")}
        self.documents: dict[Decision, Document] = {}

    def register(self, decisions: Iterable[Decision]) -> None:
        """Enter every decision once into the register of documents."""
        for decision in decisions:
            if decision not in self.documents:
                self.documents[decision] = Document(
                    type=type_of_number(decision.number) or DECISION,
                    number=decision.number,
                    number_key=number_key(decision.number),
                    issued_on=decision.day,
                    issuer=decision.issuer[:200],
                )
        Document.objects.bulk_create(self.documents.values(), batch_size=BATCH)


def papers_of(history: History) -> Iterator[Decision]:
    rows: tuple[Iterable[Any], ...] = (
        history.honours,
        history.ratings,
        history.measures,
        history.initiatives,
        history.changes,
    )
    for several in rows:
        yield from (one.decision for one in several)


def write_honours(history: History, known: Known) -> list[Honour]:
    states = {change.place: CHANGES[change.kind][1] for change in history.changes}
    rows = [
        honour_of(given, known, states.get(place, Honour.State.HELD))
        for place, given in enumerate(history.honours)
    ]
    insert(rows)
    return rows


def honour_of(given: GivenHonour, known: Known, state: str) -> Honour:
    person = known.people[given.subject] if given.kind == "individual" else None
    unit = None if person else known.units[given.subject]
    named: Any = person or unit
    place = known.units[given.place]
    return Honour(
        kind=given.kind,
        person=person,
        unit=unit,
        name=str(named),
        folded=named.folded[:300],
        marked=named.marked[:400],
        sort_key=named.sort_key,
        place=place,
        root_id=place.root_id,
        award=given.award,
        type=given.type,
        level=given.level,
        period_from=given.first_year,
        period_to=given.year,
        decision=known.documents[given.decision],
        number=given.decision.number,
        decided_on=given.decision.day,
        issuer=given.decision.issuer[:200],
        source=Honour.Source.IMPORTED,
        state=state,
    )


def write_changes(history: History, honours: list[Honour]) -> None:
    HonourEvent.objects.bulk_create(
        [
            HonourEvent(
                honour=honours[change.place],
                kind=change.kind,
                on=change.on,
                number=change.decision.number,
                decided_on=change.decision.day,
                reason=change.reason,
                by_name="",
            )
            for change in history.changes
        ],
        batch_size=BATCH,
    )


def write_records(history: History, known: Known) -> None:
    insert(
        [
            Rating(
                person=known.people[one.subject] if one.kind == "individual" else None,
                unit=known.units[one.subject] if one.kind == "collective" else None,
                year=one.year,
                level=one.level,
                decision=known.documents[one.decision],
            )
            for one in history.ratings
        ]
    )
    Discipline.objects.bulk_create(
        [
            Discipline(
                person=known.people[one.person],
                level=one.level,
                valid_from=one.valid_from,
                valid_until=one.valid_until,
                decision=known.documents[one.decision],
            )
            for one in history.measures
        ],
        batch_size=BATCH,
    )


def write_initiatives(given: list[GivenInitiative], known: Known) -> None:
    rows = [initiative_of(one, known) for one in given]
    Initiative.objects.bulk_create(rows, batch_size=BATCH)
    Authorship.objects.bulk_create(
        [
            Authorship(initiative=row, person=known.people[code], percent=percent)
            for row, one in zip(rows, given, strict=True)
            for code, percent in one.authors
        ],
        batch_size=BATCH,
    )
    InitiativeEvent.objects.bulk_create(
        [InitiativeEvent(initiative=row, act="imported", state=row.state) for row in rows], batch_size=BATCH
    )
    InitiativeUse.objects.bulk_create(
        [
            InitiativeUse(initiative=row, person=known.people[one.authors[0][0]], award=award, year=year)
            for row, one in zip(rows, given, strict=True)
            for award, year in one.used_for
        ],
        batch_size=BATCH,
    )


def initiative_of(one: GivenInitiative, known: Known) -> Initiative:
    unit = known.units[one.unit]
    return Initiative(
        unit=unit,
        root_id=unit.root_id,
        year=one.year,
        submitter=known.people[one.authors[0][0]],
        title=one.title,
        folded=folded(one.title),
        description="Nội dung minh họa: cách làm cũ mất nhiều lần đi lại; cách làm mới gom về một đầu mối.",
        effect="Số liệu minh họa: giảm khoảng một phần ba thời gian xử lý mỗi việc.",
        applied_on=one.applied_on,
        replicable=one.replicable,
        state=Initiative.State.RECOGNISED,
        scope=one.scope,
        decision=known.documents[one.decision],
        recognised_on=one.decision.day,
        source=Initiative.Source.IMPORTED,
    )


@cache
def folded(title: str) -> str:
    return fold(title)


def begin_initiatives(known: Known) -> None:
    """Give the demonstration's department a council of this year, and initiatives at each step."""
    unit, day = known.units[LIVE_UNIT], today()
    head = known.people["TP00010"]
    number = Decision(f"{day.year % 100}/QĐ-STP-HĐSK", day.replace(month=1, day=15), unit.name)
    known.documents.clear()
    known.register([number])
    council = InitiativeCouncil.objects.create(
        unit=unit,
        name=f"Hội đồng sáng kiến {unit.name} năm {day.year}",
        decision=known.documents[number],
        valid_from=day.replace(month=1, day=1),
        valid_until=day.replace(year=day.year + 1, month=1, day=1),
    )
    seats = [head, known.people["TP00011"], *staff_of(unit, 5)]
    CouncilMember.objects.bulk_create(
        CouncilMember(
            council=council,
            person=person,
            role=CouncilMember.Role.CHAIR if person == head else CouncilMember.Role.MEMBER,
            valid_from=council.valid_from,
            valid_until=council.valid_until,
        )
        for person in dict.fromkeys(seats)
    )
    authors = [known.people["TP00013"], *staff_of(unit, 9)[5:]]
    for place, author in enumerate(dict.fromkeys(authors)):
        row = start(author.account, author, draft_of(author, place))
        if place:
            row = submit(author.account, row)
        if place > 1:
            assign(None, row, council)


def staff_of(unit: Unit, number: int) -> list[Person]:
    """Return the first of those who work below ``unit``, by their codes."""
    below = Unit.objects.within(unit).values("pk")
    return list(
        Person.objects.filter(unit__in=below).order_by("staff_code").select_related("record_unit")[:number]
    )


def draft_of(author: Person, place: int) -> Written:
    titles = (
        "Sổ tay trợ giúp pháp lý bằng tiếng dân tộc",
        "Nhắc lịch tiếp dân qua tin nhắn",
        "Mẫu đơn hộ tịch điền sẵn tại bộ phận một cửa",
        "Phiên tư vấn pháp luật lưu động ở chợ phiên",
        "Bảng kiểm hồ sơ công chứng",
    )
    applied = today() - timedelta(days=120 + 10 * place)
    return Written(
        titles[place % len(titles)],
        "Người dân vùng cao thường phải đi lại nhiều lần vì thiếu giấy tờ. Cách làm mới nói trước cần gì.",
        "Trong ba tháng, số lượt phải đi lại lần hai giảm từ 41 xuống 12.",
        applied,
        replicable=True,
        authors=(Author(author, 100),),
    )


def write_log(honours: list[Honour]) -> None:
    """Note the bulk once for each top."""
    roots = Unit.objects.in_bulk({row.root_id for row in honours})
    for root, count in Counter(row.root_id for row in honours).items():
        record(None, "honour.imported", roots[root], details={"honours": count})
