"""Number and day of an issued plan, entered otherwise than signed, are put right with a reason."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from factories import make_unit, make_user
from movements.plans import ITEMS, launch, make_movement
from movements.stage import opened, said, sent, text_of
from thidua.audit.models import Entry
from thidua.movements.models import Completion, NumberCorrection, Participation, ParticipationEvent
from thidua.movements.papers import paper_of
from thidua.movements.problems import NumberRefusedError
from thidua.movements.selectors.numbering import odd_number, odd_numbering, odd_symbol
from thidua.movements.selectors.odd_days import key_of, odd_days
from thidua.movements.services import answering
from thidua.movements.services.answering import Issue
from thidua.movements.services.numbering import Corrected, correct_number
from thidua.notices.models import Notice
from thidua.organisations.models import UnitRole
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError

pytestmark = pytest.mark.django_db

WRONG, RIGHT = date(2026, 2, 20), date(2026, 2, 2)
HEADER = (("number", {"value": "12/KH-BTP"}), ("issued_on", {"value": "2026-01-20"}))
NOBODY_TOLD = "Đã đính chính. Chưa đơn vị nào nhận kế hoạch này nên không phải báo ai."
REASON = "Nhập nhầm số của công văn đi cùng ngày."


@pytest.fixture
def chief(department):
    return make_user(department, UnitRole.Role.HEAD, full_name="Lò Văn Mai")


@pytest.fixture
def own(ministry, department, departments, officer, chief):
    parent = launch(make_movement(ministry, items=(*HEADER, *ITEMS), by=officer), departments, by=officer)
    part = Participation.objects.get(movement=parent, unit=department)
    taken = list(parent.plan.items.filter(field="contents").values_list("pk", flat=True))
    own = answering.start_own_plan(part.pk, taken, by=chief)
    given = Issue("54/KH-STP", WRONG, "Lào Cai", "Lò Văn Mai", "Giám đốc")
    answering.issue_plan(own, given, by=chief)
    own.refresh_from_db()
    return own


def corrected(own, chief, number="45/KH-STP", issued_on=RIGHT, reason=REASON, **given):
    return correct_number(own, Corrected(number, issued_on, reason), by=chief, **given)


def refused(own, chief, **given):
    with pytest.raises(NumberRefusedError) as caught:
        corrected(own, chief, **given)
    return [problem.code for problem in caught.value.problems]


def asked(own, account, number="45/KH-STP", issued_on="2/2/2026", reason=REASON, **given):
    fields = {"number": number, "issued_on": issued_on, "reason": reason, "version": own.plan.version}
    return sent(account, "correct_number", own.pk, **(fields | given))


def test_an_issued_plan_is_found_by_its_number(own):
    assert "54/kh-stp" in own.folded


def test_it_stands_wherever_number_and_day_are_kept(own, chief):
    corrected(own, chief)

    own.refresh_from_db()
    own.plan.refresh_from_db()
    header = paper_of(own.plan).header
    event = ParticipationEvent.objects.get(participation__own=own, state="own_plan")
    done = Completion.objects.get(unit=own.organiser)
    assert (own.plan.number, own.plan.issued_on) == ("45/KH-STP", RIGHT)
    assert (header.number, header.issued_on) == (45, RIGHT)
    assert "45/kh-stp" in own.folded
    assert (event.on, done.finished_on) == (RIGHT, RIGHT)


def test_what_it_was_is_kept_with_the_reason_and_logged(own, chief):
    corrected(own, chief, reason=f"  {REASON} ")

    (kept,) = own.plan.number_corrections.all()
    entry = Entry.objects.get(action="movement.correct_number")
    assert (kept.number_before, kept.issued_on_before, kept.reason, kept.by) == (
        "54/KH-STP",
        WRONG,
        REASON,
        chief,
    )
    assert entry.details == {
        "number": ["54/KH-STP", "45/KH-STP"],
        "issued_on": ["2026-02-20", "2026-02-02"],
        "reason": REASON,
    }


def test_units_that_received_the_plan_are_told(own, officer, departments, ministry):
    chief = make_user(departments[0], UnitRole.Role.HEAD)

    corrected(own.answers, officer, number="21/KH-BTP", issued_on=date(2026, 1, 21))

    (notice,) = Notice.objects.filter(account=chief, kind="movement.renumbered")
    assert notice.words().body == "Số ghi trước đây: 12/KH-BTP. Số đúng: 21/KH-BTP, ngày 21/1/2026."


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"issued_on": date(2030, 1, 1)}, ["day_ahead"]),
        ({"issued_on": date(2026, 1, 19)}, ["before_above"]),
        ({"reason": " \n"}, ["no_reason"]),
        ({"number": "54/KH-STP", "issued_on": WRONG}, ["same_number"]),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(own, chief, given, codes):
    assert refused(own, chief, **given) == codes

    own.plan.refresh_from_db()
    assert (own.plan.number, NumberCorrection.objects.count()) == ("54/KH-STP", 0)


def test_a_plan_still_open_is_edited_and_one_given_up_is_left(ministry, officer):
    prepared = make_movement(ministry, items=(*HEADER, *ITEMS), by=officer)
    given_up = make_movement(ministry, items=(*HEADER, *ITEMS), by=officer, status="withdrawn")

    assert refused(prepared, officer) == ["not_issued"]
    assert refused(given_up, officer) == ["withdrawn"]


def test_of_two_who_correct_at_once_the_second_is_told(own, chief):
    seen = own.plan.version
    corrected(own, chief)

    with pytest.raises(ChangedMeanwhileError):
        corrected(own, chief, number="46/KH-STP", version=seen)
    answer = asked(own, chief, number="46/KH-STP")
    assert (answer.status_code, "Người khác vừa đổi kế hoạch này" in text_of(answer)) == (422, True)
    assert 'value="46/KH-STP"' in text_of(answer)


def test_the_database_itself_wants_a_reason(own):
    with pytest.raises(IntegrityError), transaction.atomic():
        NumberCorrection.objects.create(plan=own.plan, number_after="1", issued_on_after=RIGHT, reason="")


def test_a_number_another_plan_bears_in_the_year_is_asked_about_once(own, chief, department):
    items = (("number", {"value": "45/KH-STP"}), ("issued_on", {"value": "2026-02-01"}), *ITEMS)
    make_movement(department, items=items, by=chief)

    odd = odd_numbering(own.plan, "45/KH-STP", RIGHT)
    first = asked(own, chief)
    second = asked(own, chief, seen=key_of(odd))

    assert [one.title for one in odd] == ["Số 45/KH-STP"]
    assert (first.status_code, "trong năm 2026 đã mang số này" in text_of(first)) == (422, True)
    assert said(second) == [NOBODY_TOLD]


def test_units_that_received_the_plan_are_said_to_be_told(own, officer, chief, ministry):
    head = make_user(ministry, UnitRole.Role.HEAD)

    answer = asked(own.answers, head, number="21/KH-BTP", issued_on="21/1/2026")

    assert said(answer) == ["Đã đính chính. Các đơn vị đã nhận kế hoạch được báo."]


@pytest.mark.parametrize(
    ("symbol", "number", "expected"),
    [
        ("STP", "91/KH-BTP", ["Số 91/KH-BTP"]),
        ("STP", "91/KH-STP", []),
        ("STP", "91/KH-stp", []),
        ("", "91/KH-BTP", ["Số 91/KH-BTP"]),
        ("", "91/KH-STP", []),
        ("STP", "91/2026", []),
    ],
)
def test_a_symbol_that_is_not_the_units_is_asked_about(own, chief, department, symbol, number, expected):
    department.symbol = symbol
    department.save()
    plan = make_movement(department, items=ITEMS, by=chief).plan

    assert [one.title for one in odd_symbol(plan, number)] == expected


def test_a_unit_without_symbol_or_numbers_is_not_asked(officer, ministry):
    plan = make_movement(make_unit("Sở mới", ministry), items=ITEMS, by=officer).plan

    assert list(odd_symbol(plan, "1/KH-BTP")) == []


def test_a_foreign_symbol_is_asked_about_before_the_plan_is_issued(own, chief, department):
    department.symbol = "STP"
    department.save()
    plan = make_movement(department, items=ITEMS, by=chief, answers=own.answers).plan
    given = {
        "number": "91/KH-BTP",
        "issued_on": "20/2/2026",
        "place": "Lào Cai",
        "signer_position": "Giám đốc",
        "signer_name": "Lò Văn Mai",
    }

    first = sent(chief, "issue", plan.movement_id, **given)
    key = key_of([*odd_days(plan, issued_on=WRONG), *odd_number(plan, "91/KH-BTP", WRONG)])
    sent(chief, "issue", plan.movement_id, **given, seen=key)

    sentence = "Ký hiệu “BTP” khác ký hiệu đơn vị vẫn dùng (STP)."
    assert (first.status_code, sentence in text_of(first)) == (422, True)
    plan.refresh_from_db()
    assert plan.number == "91/KH-BTP"


def test_the_page_says_why_it_refuses_and_keeps_what_was_typed(own, chief):
    ahead = today() + timedelta(days=9)
    answer = asked(own, chief, issued_on=f"{ahead:%d/%m/%Y}")

    page = text_of(answer)
    assert (answer.status_code, "chưa tới: hôm nay là" in page, REASON in page) == (422, True, True)


def test_what_was_put_right_is_shown_before_the_launch_and_after(own, chief, department):
    asked(own, chief)
    clerk = make_user(department, None)

    before = text_of(opened(chief, "check", own.pk))
    answering.launch_own(own, [], by=chief)
    after = text_of(opened(clerk, "detail", own.pk))

    assert [("54/KH-STP" in page, REASON in page) for page in (before, after)] == [(True, True)] * 2


def test_only_who_may_issue_puts_it_right(own, chief, department, ministry, officer):
    head = make_user(ministry, UnitRole.Role.HEAD)
    clerk = make_user(department, full_name="Vàng Thị Dở")

    codes = [asked(own, who).status_code for who in (clerk, officer)]
    linked = [
        "/dinh-chinh/" in text_of(opened(who, *where))
        for who, *where in (
            (clerk, "check", own.pk),
            (chief, "check", own.pk),
            (officer, "revisions", own.answers_id),
            (head, "revisions", own.answers_id),
        )
    ]
    assert (codes, linked) == ([403, 403], [False, True, False, True])
    assert NumberCorrection.objects.count() == 0
