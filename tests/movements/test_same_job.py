"""A duty that has a deadline, and the step both speak of, are one job: done together, taken back together."""

import re
from datetime import date, datetime

import pytest
import time_machine

from factories import make_user
from movements.plans import launch, make_movement
from movements.stage import said, sent, text_of
from thidua.movements.models import Completion, Deadline, Duty, Movement, Participation
from thidua.movements.services import revising
from thidua.movements.services.finishing import StepStandsError, finish, reach, take_back
from thidua.movements.services.step_work import is_one_job
from thidua.organisations.models import UnitRole
from thidua.records.days import HERE

pytestmark = pytest.mark.django_db
LAUNCHED, DONE = date(2026, 11, 2), date(2026, 11, 9)
SENTENCE = "Các Cục giao chỉ tiêu đến từng Phòng thi hành án khu vực trước ngày 15/12/2026."
PLACE = {"start": 100, "end": 100 + len(SENTENCE)}
FIGURES, TELL, CEREMONY = (
    "giao chỉ tiêu đến từng Phòng thi hành án khu vực",
    "tuyên truyền về phong trào",
    "tổ chức lễ phát động phong trào thi đua",
)
ITEMS = (
    ("themes", {"text": "Chủ đề"}),
    ("deadlines", {"what": FIGURES, "who": "Các đơn vị", "relation": "before", "due": "2026-12-15"}),
    ("deadlines", {"what": CEREMONY, "who": "Các đơn vị", "relation": "by", "due": "2026-11-30"}),
    ("responsibilities", {"body": "Các đơn vị", "duties": [f"{FIGURES} trước ngày 15/12/2026", TELL]}),
    ("responsibilities", {"body": "Các đơn vị", "duties": [f"{CEREMONY} tại đơn vị"]}),
)


def at(day):
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=HERE), tick=False)


@pytest.fixture
def part(ministry, department, officer):
    with at(LAUNCHED):
        plan = make_movement(ministry, items=ITEMS, by=officer)
        items = plan.plan.items.filter(field__in=("deadlines", "responsibilities"))
        for row in items:
            if FIGURES in str(row.value):
                type(row).objects.filter(pk=row.pk).update(**PLACE)
        movement = launch(plan, [department], by=officer)
    return Participation.objects.get(movement=movement, unit=department)


@pytest.fixture
def chief(department):
    return make_user(department, UnitRole.Role.HEAD)


@pytest.fixture
def now():
    with at(DONE):
        yield


def thing(part, words, kind):
    rows = part.movement.deadlines if kind == "deadline" else part.movement.dutys
    named = "what" if kind == "deadline" else "text"
    return rows.get(**{f"{named}__istartswith": words})


def done(part):
    rows = Completion.objects.filter(unit=part.unit).select_related("deadline", "duty")
    words = [(row.deadline.what if row.deadline else row.duty.text, row.finished_on) for row in rows]
    return {(work.lower(), day) for work, day in words}


BOTH = {(FIGURES.lower(), DONE), (f"{FIGURES.lower()} trước ngày 15/12/2026", DONE)}


@pytest.mark.parametrize("kind", ["deadline", "duty"])
def test_a_duty_and_its_deadline_are_done_by_one_act(part, chief, now, kind):
    finish(part, thing(part, FIGURES, kind), on=DONE, today=DONE, by=chief)

    assert done(part) == BOTH


@pytest.mark.parametrize("kind", ["deadline", "duty"])
def test_they_are_taken_back_by_one_act(part, chief, now, kind):
    finish(part, thing(part, FIGURES, "deadline"), on=DONE, today=DONE, by=chief)

    take_back(part, thing(part, FIGURES, kind), by=chief)

    assert done(part) == set()


@pytest.mark.parametrize("kind", ["deadline", "duty"])
def test_what_a_coming_revision_rewords_is_done_with_either_and_taken_back_with_it(
    part, chief, officer, now, kind
):
    draft = revising.begin_revision(
        part.movement.plan, by=officer, decision="9/QĐ-BTP", effective_on=date(2026, 12, 1)
    )
    item = part.movement.plan.items.get(field="responsibilities", value__duties__0__startswith=FIGURES)
    duties = f"Phân bổ số việc, số tiền phải thi hành cho cấp dưới\n{TELL}"
    revising.change_item(draft, item.pk, {"body": "Các đơn vị", "duties": duties}, by=officer)
    revising.issue_revision(draft, by=officer)
    work = thing(part, f"{FIGURES} trước ngày 15" if kind == "duty" else FIGURES, kind)

    finish(part, work, on=DONE, today=DONE, by=chief)
    reworded = ("phân bổ số việc, số tiền phải thi hành cho cấp dưới", DONE)
    finished = done(part)
    take_back(part, work, by=chief)

    assert (finished, done(part)) == (BOTH | {reworded}, set())


def test_a_duty_of_its_own_is_done_alone(part, chief, now):
    finish(part, thing(part, TELL, "duty"), on=DONE, today=DONE, by=chief)

    assert done(part) == {(TELL, DONE)}


def test_the_duty_of_a_step_reaches_it_and_the_step_goes_back_with_it(part, chief, now):
    finish(part, thing(part, CEREMONY, "duty"), on=DONE, today=DONE, by=chief)
    reached = Participation.objects.get(pk=part.pk).state

    take_back(part, thing(part, CEREMONY, "deadline"), by=chief)

    part.refresh_from_db()
    assert (reached, part.state, done(part)) == ("launched", "received", set())
    assert list(part.events.values_list("state", flat=True)) == ["received"]


def test_a_step_that_came_later_stays_when_an_earlier_one_goes_back(part, chief, now):
    finish(part, thing(part, CEREMONY, "deadline"), on=DONE, today=DONE, by=chief)
    reach(part, "pledged", on=DONE, today=DONE, by=chief)

    take_back(part, thing(part, CEREMONY, "deadline"), by=chief)

    part.refresh_from_db()
    assert (part.state, part.events.filter(state="launched").exists()) == ("pledged", False)


def test_a_step_that_rests_on_the_units_own_launch_is_not_taken_back(part, chief, now):
    reach(part, "launched", on=DONE, today=DONE, by=chief)
    part.refresh_from_db()
    part.own = make_movement(part.unit, by=chief, status=Movement.Status.LAUNCHED)
    part.save()

    with pytest.raises(StepStandsError):
        take_back(part, thing(part, CEREMONY, "deadline"), by=chief)

    assert Participation.objects.get(pk=part.pk).state == "launched"


def test_the_page_asks_first_and_names_all_that_goes_back(part, chief, now):
    deadline = thing(part, CEREMONY, "deadline")
    finish(part, deadline, on=DONE, today=DONE, by=chief)
    place = (part.movement_id, part.unit_id, deadline.pk)

    asked = sent(chief, "reopen", *place)
    kept = len(done(part))
    answer = sent(chief, "reopen", *place, sure="1")

    named = re.findall(r"<li>([^<]*)</li>", re.search(r"</p>\s*<ul>.*?</ul>", text_of(asked), re.DOTALL)[0])
    assert ([words.lower() for words in named], kept) == (
        [CEREMONY, f"{CEREMONY} tại đơn vị", "bước “đã phát động” trên bảng theo dõi"],
        2,
    )
    assert (said(answer), done(part)) == (["Đã bỏ ghi nhận ngày xong."], set())


@pytest.mark.parametrize(
    ("duty", "is_one"),
    [
        ("Cử một công chức làm đầu mối, gửi danh sách trước ngày 05/02/2026;", True),
        ("Cử một công chức làm đầu mối, gửi danh sách", True),
        ("Cử một công chức làm đầu mối của cụm", False),
        (
            "Cử một công chức làm đầu mối, gửi danh sách rồi họp bàn cách chấm điểm chéo giữa các đơn vị",
            False,
        ),
    ],
)
def test_work_told_word_for_word_is_one_job_wherever_it_stands(duty, is_one):
    work = "Cử một công chức làm đầu mối, gửi danh sách"

    assert is_one_job(Deadline(what=work), Duty(text=duty)) is is_one


def test_few_words_are_not_enough():
    assert not is_one_job(Deadline(what="Báo cáo năm"), Duty(text="Báo cáo năm về công tác cán bộ"))
