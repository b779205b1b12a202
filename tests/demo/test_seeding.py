"""The seeded demonstration holds what its data say, as the services would have written it."""

from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.db.models import Q

from thidua.accounts.models import Account
from thidua.audit.models import Entry
from thidua.audit.services import verify_chain
from thidua.commendations.selectors.law_in_force import binding_of, law_for
from thidua.core.eligibility.guidelines import guidelines_on
from thidua.demo.accounts import load_accounts
from thidua.demo.movements import load_movements
from thidua.demo.people import generate_people
from thidua.demo.seeding import PEOPLE_SEED, seed
from thidua.demo.seeding.clock import standing_at
from thidua.demo.units import load_units
from thidua.honours.models import Honour
from thidua.initiatives.models import Initiative
from thidua.movements.models import Movement, ParticipationEvent, Registration, RegistrationEntry
from thidua.movements.selectors.board import board
from thidua.movements.selectors.occurrences import occurrences_of_unit
from thidua.movements.selectors.progress import progress_of
from thidua.movements.selectors.work import work_of
from thidua.movements.services.registering import Line, problems_of_line
from thidua.movements.services.step_work import is_one_job
from thidua.movements.steps import steps_of
from thidua.movements.terms import recurs
from thidua.notices.models import Notice
from thidua.organisations.models import (
    ClusterMember,
    Person,
    Post,
    Rating,
    Unit,
    UnitEvent,
    UnitKind,
    UnitName,
    UnitParent,
    UnitRole,
    UnitSuccession,
)
from thidua.organisations.permissions import scope_of
from thidua.organisations.selectors.trees import as_of, current_rows, tree_on
from thidua.organisations.selectors.units import life_of
from thidua.organisations.services.caches import refresh_people, refresh_tree, set_name
from thidua.organisations.services.reorganisations import reorganise
from thidua.organisations.services.requests import Merge, Move, Rename
from thidua.organisations.services.units import NewUnit, create_unit

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
NOW = datetime(2026, 11, 22, 10, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
TODAY = NOW.date()
EVE, MERGER = date(2025, 6, 30), date(2025, 7, 1)
CACHED = ("name", "short_name", "folded", "marked", "sort_key", "depth")


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """Seed once for all tests here, as on a fixed day, and take everything back at the end."""
    del django_db_setup
    said: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        with standing_at(NOW):
            seed(said.append)
        yield said
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _today(told):
    """Let each test look at the demonstration on the day it was seeded."""
    del told
    with standing_at(NOW):
        yield


def running() -> Movement:
    return Movement.objects.get(plan__number="9937/KH-BTP")


def test_the_seeding_says_how_far_it_is(told):
    *parts, honours, registrations = told
    assert parts == [
        f"Đã lập {Unit.objects.count()} đơn vị, kể cả các đơn vị trước sắp xếp.",
        f"Đã ghi {Person.objects.count()} cá nhân.",
        "Đã dựng 7 phong trào thi đua.",
    ]
    assert registrations == f"Đã lập {Registration.objects.count()} bản đăng ký thi đua."
    assert honours.startswith(f"Đã ghi {Honour.objects.count()} lần khen, {Rating.objects.count()} xếp loại")


def test_this_years_registrations_stand_at_every_state_and_some_units_have_none():
    last, this = (Registration.objects.filter(year=TODAY.year - back) for back in (1, 0))
    live = this.get(unit__code="STP-LAO-CAI")

    assert set(last.values_list("state", flat=True)) == {"accepted"}
    assert set(this.values_list("state", flat=True)) == {"draft", "sent", "accepted", "returned"}
    assert (live.state, live.entries.filter(is_wish=True).count()) == ("draft", 3)
    assert (
        0 < Unit.objects.filter(registrations__in=last).exclude(registrations__in=this).count() < this.count()
    )


def test_every_line_registered_is_one_the_service_would_take():
    rows = RegistrationEntry.objects.select_related("registration__unit", "person__unit", "collective")
    lines = [(row.registration.unit, Line(row.person or row.collective, row.award)) for row in rows]

    assert [str(line) for unit, line in lines if list(problems_of_line(unit, line))] == []


def test_every_unit_person_post_and_membership_is_there_once():
    sector = load_units()
    people = generate_people(PEOPLE_SEED, sector)

    counts = (Unit.objects.count(), Person.objects.count(), Post.objects.count())

    assert counts == (len(sector.units), len(people), sum(len(person.posts) for person in people))
    assert UnitName.objects.count() == sum(len(unit.names) for unit in sector.units)
    assert UnitParent.objects.count() == sum(len(unit.parents) for unit in sector.units)
    assert ClusterMember.objects.filter(cluster__code="CUM-III-2026").count() == 5


def test_a_refresh_of_today_finds_nothing_left_to_change():
    assert (refresh_tree(TODAY), refresh_people(TODAY)) == (0, 0)


def test_the_search_columns_of_every_unit_are_those_the_services_make():
    wrong = []
    for unit in Unit.objects.all():
        again = Unit()
        set_name(again, unit.name, unit.short_name)
        if (again.folded, again.marked, again.sort_key) != (unit.folded, unit.marked, unit.sort_key):
            wrong.append(unit.code)

    assert wrong == []


def test_a_part_of_the_sector_made_by_the_services_has_the_same_rows():
    """A renamed unit, its moved division and a merger, done again through the services under another top."""
    kinds = {kind.code: kind for kind in UnitKind.objects.all()}
    recorded = date(2010, 1, 1)
    given = load_units().by_code
    top = create_unit(
        None, NewUnit("Bộ Tư pháp", kinds["bo"], short_name="BTP", code="BTP"), founded_on=recorded
    )
    made = {"BTP": top}
    for code in ("CUC-HSHC", "CUC-KTVB-CU", "CUC-XLVPHC-CU"):
        made[code] = create_unit(None, new_unit(given[code], kinds, top), founded_on=given[code].founded_on)
    successor = new_unit(given["CUC-KTVB"], kinds, top)
    merger = Merge((made["CUC-KTVB-CU"], made["CUC-XLVPHC-CU"]), successor)
    reorganise(None, merger, on=date(2025, 3, 1), decision="39/2025/NĐ-CP")
    made["CUC-KTVB"] = Unit.objects.get(root=top, code="CUC-KTVB")
    division = new_unit(given["CUC-KTVB.XLVPHC"], kinds, made["CUC-KTVB"])
    made["CUC-KTVB.XLVPHC"] = create_unit(None, division, founded_on=given["CUC-KTVB.XLVPHC"].founded_on)
    for code in ("CUC-HSHC", "CUC-KTVB"):
        last = given[code].names[-1]
        reorganise(
            None, Rename(made[code], last.name, last.short_name), on=last.valid_from, decision="09/2026/NĐ-CP"
        )
    reorganise(
        None, Move(made["CUC-KTVB.XLVPHC"], made["CUC-HSHC"]), on=date(2026, 1, 15), decision="9908/QĐ-BTP"
    )

    seeded = Unit.objects.exclude(root=top).get(code="BTP")
    differing = [code for code in made if picture(code, top) != picture(code, seeded)]

    assert differing == []


def new_unit(entry, kinds, parent):
    first = entry.names[0]
    return NewUnit(first.name, kinds[entry.kind], parent, short_name=first.short_name, code=entry.code)


def picture(code, root):
    """Return everything of a unit but its ids: cached columns, dated names and parents, who came before."""
    unit = Unit.objects.get(code=code, root=root)
    return {
        "cached": [getattr(unit, name) for name in CACHED],
        "parent": unit.parent.code if unit.parent else None,
        "steps": unit.path.count("/"),
        "life": (unit.founded_on, unit.dissolved_on, unit.has_legal_entity, unit.is_small_collective),
        "names": list(unit.names.values_list("valid_from", "name", "short_name", "folded", "marked")),
        "parents": list(unit.parents.values_list("valid_from", "parent__code")),
        "before": sorted(unit.inheritances.values_list("event__kind", "event__on", "predecessor__code")),
    }


def test_sixty_three_departments_of_the_eve_are_thirty_four_in_the_morning():
    departments = Unit.objects.filter(kind__code="so")

    assert (as_of(departments, EVE).count(), as_of(departments, MERGER).count()) == (63, 34)


@pytest.mark.parametrize("day", [EVE, MERGER, date(2026, 1, 14), TODAY])
def test_the_printed_tree_of_a_day_holds_everyone_who_exists_that_day(day):
    nodes = tree_on(day)

    ids = {node.id for node in nodes}

    assert len(nodes) == Unit.objects.existing(day).count()
    assert [node.name for node in nodes if node.parent_id and node.parent_id not in ids] == []


def test_cached_paths_lead_to_the_root_and_nobody_is_an_orphan():
    units = {unit.pk: unit for unit in current_rows(TODAY)}

    wrong = [
        unit.code
        for unit in units.values()
        if unit.path != (units[unit.parent_id].path if unit.parent_id else "") + unit.segment + "/"
    ]

    assert wrong == []


def test_whoever_ended_handed_over_or_was_dissolved():
    told = set(UnitSuccession.objects.values_list("predecessor__code", flat=True))
    ended = {code for event in load_units().events for code in event.predecessors}

    assert told == ended
    assert UnitEvent.objects.count() == sum(event.kind != "found" for event in load_units().events)


def test_the_page_of_a_moved_division_tells_where_it_stood_and_by_which_decision():
    division = Unit.objects.get(code="CUC-KTVB.XLVPHC")

    last = life_of(division)[0]

    assert (last.kind, last.on, last.unit.code) == ("placed", date(2026, 1, 15), "CUC-HSHC")
    assert last.decision == "9908/QĐ-BTP ngày 15/01/2026 của Bộ trưởng Bộ Tư pháp"


def test_everybody_with_a_main_post_today_is_listed_where_it_is():
    held = Post.objects.on(TODAY).filter(is_main=True).values_list("person_id", "unit_id", "position")

    listed = Person.objects.exclude(unit=None).values_list("id", "unit_id", "position")

    assert set(held) == set(listed)


def test_whoever_works_nowhere_has_left():
    assert Person.objects.filter(unit=None, left_on=None).count() == 0
    assert Person.objects.filter(left_on__gt=TODAY).count() == 0


def test_accounts_open_by_a_click_and_none_by_a_password():
    accounts = Account.objects.filter(is_demo=True)

    assert set(accounts.values_list("username", "demo_label")) == {
        (a.login, a.label) for a in load_accounts()
    }
    assert [a.username for a in Account.objects.all() if a.has_usable_password()] == []


def test_each_account_may_do_what_the_demonstration_says():
    scopes = {a.username: scope_of(a) for a in Account.objects.filter(is_demo=True)}
    units = {code: Unit.objects.get(code=code) for code in ("BTP", "STP-LAO-CAI", "STP-CA-MAU")}

    assert scopes["quan-tri"].is_administrator
    assert scopes["kiem-toan"].is_auditor
    assert scopes["chuyen-vien-bo"].allows("launch", units["BTP"])
    assert scopes["chuyen-vien-so"].allows("launch", units["STP-LAO-CAI"])
    assert not scopes["chuyen-vien-so"].allows("view", units["STP-CA-MAU"])
    assert scopes["truong-cum"].cluster_ids
    assert scopes["to-chuc-can-bo"].allows("edit_sensitive", units["STP-LAO-CAI"])
    assert not scopes["quan-tri"].allows("edit_sensitive", units["STP-LAO-CAI"])
    assert scopes["ca-nhan"].grants == ()


def test_every_unit_that_takes_part_in_the_ministrys_movement_has_an_officer_and_a_head():
    units = running().participations.values("unit")

    roles = Counter(UnitRole.objects.on(TODAY).filter(unit__in=units).values_list("role", flat=True))

    assert roles == {"officer": 93, "head": 93}


def test_the_movements_stand_at_their_stages():
    movements = Movement.objects.filter(answers=None, approval="writing")
    rows = movements.values_list("plan__number", "status", "kind", "level")

    assert sorted(rows) == [
        ("01/KH-CTĐIII", "launched", "regular", "cluster"),
        ("9920/KH-BTP", "closed", "high_point", "ministry"),
        ("9937/KH-BTP", "launched", "regular", "ministry"),
        ("9943/KH-HLGVN", "launched", "regular", "association"),
        ("9988/KH-BTP", "preparing", "thematic", "ministry"),
    ]


def test_one_draft_waits_for_a_head_and_one_came_back_with_remarks():
    rows = Movement.objects.exclude(approval="writing").order_by("approval")
    director, minister = (Account.objects.get(username=name) for name in ("giam-doc-so", "lanh-dao-bo"))
    work = [work_of(scope_of(account), on=TODAY).to_decide for account in (director, minister)]

    assert list(rows.values_list("organiser__code", "status", "approval")) == [
        ("BTP", "preparing", "returned"),
        ("STP-LAO-CAI", "preparing", "submitted"),
    ]
    assert work == [(rows[1],), ()]
    assert rows[0].approval_events.get(state="returned").by == minister
    assert Notice.objects.filter(account=director, kind="movement.submitted", read_at=None).count() == 1


def test_every_step_of_every_unit_is_recorded_on_its_day():
    given = {
        (m.plan, part.unit, step.state, step.on)
        for m in load_movements(TODAY)
        for part in m.participations
        for step in part.reached
    }

    rows = ParticipationEvent.objects.filter(participation__movement__answers=None).values_list(
        "participation__movement__plan__file__name", "participation__unit__code", "state", "on", "at"
    )

    assert {row[:4] for row in rows} == given
    assert [row for row in rows if row[4].astimezone(NOW.tzinfo).date() != row[3]] == []


@pytest.mark.parametrize(
    "day", [date(2026, 1, 21), date(2026, 2, 20), date(2026, 4, 1), date(2026, 7, 20), TODAY]
)
def test_the_board_of_a_day_counts_what_had_happened_by_then(day):
    given = next(m for m in load_movements(TODAY) if m.key == "nganh-2026")
    expected = Counter(step.state for part in given.participations for step in part.reached if step.on <= day)

    shown = board(running(), Q(), on=day)

    assert shown.reached == expected


def test_before_the_launch_the_board_is_empty():
    assert board(running(), Q(), on=date(2026, 1, 20)).rows == ()


def test_steps_have_the_terms_that_the_amended_plan_permits():
    given = next(m for m in load_movements(TODAY) if m.key == "nganh-2026")

    terms = dict(running().step_terms.values_list("state", "last_on"))

    assert terms == {term.state: term.last_on for term in given.terms}


def test_late_units_on_the_board_are_those_of_the_data():
    given = next(m for m in load_movements(TODAY) if m.key == "nganh-2026")

    late = {row.unit_id for row in board(running(), Q(), on=TODAY).late_rows}

    assert late == {Unit.objects.get(code=p.unit).pk for p in given.participations if p.days_late(TODAY)}


def test_departments_born_after_the_launch_received_the_closed_movement_on_their_first_day():
    closed = Movement.objects.get(plan__number="9920/KH-BTP")

    received = Counter(
        ParticipationEvent.objects.filter(participation__movement=closed, state="received").values_list(
            "on", flat=True
        )
    )

    assert received == {date(2025, 5, 27): 35, MERGER: 23}
    assert closed.closed_on == date(2025, 10, 24)


def test_the_ministry_s_invented_shares_bind_its_own_units_and_no_department():
    ministry, department = Unit.objects.get(code="BTP"), Unit.objects.get(code="STP-LAO-CAI")
    law = law_for(ministry)
    binding = binding_of(law, ministry)

    found = [
        sorted({str(one.group) for one in guidelines_on(law, binding.over(unit), NOW.date())})
        for unit in (ministry, department)
    ]

    assert found == [["direct_workers", "leaders", "small_collectives", "women"], []]


def test_lao_cai_derived_its_own_plan_and_its_people_read_it():
    own = Movement.objects.get(plan__number="9916/KH-STP")

    facts = (own.theme, own.status, own.plan.issued_on, own.plan.signer_name, own.answers)

    assert facts == (
        "Kỷ cương từ mỗi văn bản, gần dân từ mỗi bản làng",
        "launched",
        date(2026, 2, 10),
        "Lương Đức Toàn",
        running(),
    )
    assert own.targets.filter(text__contains="60 chuyến").count() == 1
    assert 10 <= own.acknowledgements.count() <= 30
    assert not own.acknowledgements.filter(person__staff_code="TP00013").exists()


def test_a_signed_document_of_the_unit_answers_too():
    own = Movement.objects.get(plan__number="9907/KH-STP")

    assert (own.answers.plan.number, own.status, own.plan.file.name) == (
        "9920/KH-BTP",
        "closed",
        "04-cao-diem-so-lao-cai-2025.txt",
    )


def test_the_amendment_moved_its_deadlines_and_kept_the_old_ones():
    revision = running().plan.revisions.get(number=2)

    ended = list(running().deadlines.filter(ended_by_revision=revision).values_list("due", flat=True))
    made = list(running().deadlines.filter(made_by_revision=revision).values_list("due", flat=True))

    assert (sorted(ended), sorted(made)) == (["2026-07-05", "2026-12-05"], ["2026-07-15", "2026-12-10"])
    assert running().targets.get(made_by_revision=revision).value == 55


def test_an_event_with_a_day_moved_its_deadline_and_an_outside_document_is_awaited():
    rows = {
        row.event.name: row.last_on for row in running().deadlines.exclude(event=None).select_related("event")
    }

    assert rows["kết thúc cao điểm"] == date(2026, 9, 7)
    assert rows["văn bản hướng dẫn của Hội đồng Ngành"] is None
    assert running().events.get(name__startswith="văn bản hướng dẫn").is_document


def test_most_units_finished_most_things_in_time():
    past = [p for p in progress_of(running(), Q(), on=TODAY) if p.bound and p.last_day and p.last_day < TODAY]

    assert min(p.done / p.bound for p in past) > 0.85
    assert 0 < sum(p.done_late for p in past) < 0.2 * sum(p.done for p in past)


def pairs():
    """Return each plain deadline of the running movement with each duty that is the same work."""
    deadlines, duties = (rows.select_related("item") for rows in (running().deadlines, running().dutys))
    plain = [row for row in deadlines if not recurs(row)]
    return [(row, duty) for row in plain for duty in duties if is_one_job(row, duty)]


def days_of(thing):
    return dict(thing.completions.values_list("unit", "finished_on"))


def test_duties_that_were_done_have_their_days():
    rows = running().dutys.filter(completions__isnull=False).distinct()
    days = Counter(day for row in rows for day in days_of(row).values() if not steps_of(row.text))
    of_steps = [day for row in rows if steps_of(row.text) for day in days_of(row).values()]

    told = (date(2026, 2, 2), date(2026, 3, 12), date(2026, 3, 27), date(2026, 11, 5))
    assert [day for day in told if day not in days] == []
    assert of_steps.count(date(2026, 1, 30)) == 1


def test_a_duty_was_done_with_the_deadline_that_is_the_same_work():
    undone = [
        (duty.text, unit)
        for deadline, duty in pairs()
        for unit in days_of(deadline)
        if (duty.for_all or duty.units.filter(pk=unit).exists()) and unit not in days_of(duty)
    ]

    assert len(pairs()) > 3
    assert undone == []


def test_the_plan_being_prepared_waits_half_checked():
    preparing = Movement.objects.get(plan__number="9988/KH-BTP")

    states = Counter(preparing.plan.items.values_list("state", flat=True))

    assert states["confirmed"] > 20
    assert states["read"] > 10
    assert preparing.made_at.astimezone(NOW.tzinfo).date() == date(2026, 11, 19)


def test_the_officer_of_a_department_finds_little_left_undone():
    officer = Account.objects.get(username="chuyen-vien-so")

    work = work_of(scope_of(officer), on=TODAY)

    overdue = [term for _, term in work.terms if term.last_day < TODAY]
    assert (len(work.unanswered), len(work.unlaunched)) == (0, 0)
    assert len(overdue) <= 2


def test_the_member_of_staff_still_has_the_plan_to_read():
    member = Account.objects.get(username="ca-nhan")

    assert [m.plan.number for m in work_of(scope_of(member), on=TODAY).to_read] == ["9916/KH-STP"]


def test_old_news_is_read_and_units_were_told_of_every_launch():
    received = Notice.objects.filter(kind="movement.received")

    assert received.count() > 300
    assert received.filter(read_at=None).count() == 0


def test_past_works_and_research_stand_with_their_decisions():
    works = Initiative.objects.filter(source=Initiative.Source.RECORDED).order_by("-recognised_on")

    assert [(row.kind, row.recognised_on.year, row.decision is not None) for row in works] == [
        ("topic", 2025, True),
        ("scheme", 2024, True),
        ("work", 2023, True),
        ("initiative", 2022, True),
        ("initiative", 2021, True),
    ]
    assert not Initiative.objects.filter(state="recognised", source=Initiative.Source.STEPS).exists()


def test_the_log_is_whole_and_has_few_entries_for_bulk():
    report = verify_chain()

    assert (report.faults, report.unsealed) == ((), 0)
    assert 1000 < report.entries < 3000
    assert Counter(
        Entry.objects.filter(action="person.imported").values_list("subject_label", flat=True)
    ) == {
        "Bộ Tư pháp": 1,
        "Hội Luật gia Việt Nam": 1,
    }


def test_nothing_in_the_log_lies_ahead():
    assert Entry.objects.filter(at__gt=NOW).count() == 0


def test_some_units_missed_rounds_of_a_monthly_report_and_finished_others():
    row = running().deadlines.get(what="Báo cáo nhanh kết quả thi đua")
    units = [part.unit_id for part in running().participations.filter(is_visible=True)]

    rounds = [occurrences_of_unit(row, unit, on=TODAY) for unit in units[:40]]

    gone_by = [[bool(one.finished_on) for one in found if one.last_day < TODAY] for found in rounds]
    assert {len(found) for found in gone_by} == {10}
    assert any(any(found) and not all(found) for found in gone_by)
    assert sum(map(sum, gone_by)) > 0.85 * sum(map(len, gone_by))
