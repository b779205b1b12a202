"""A step the unit's own plan stands for: whoever would take its day back is told at once why not, and what to do."""

import pytest

from factories import make_user
from movements.plans import launch, make_movement
from movements.stage import said, sent, text_of
from thidua.movements.models import Movement, Participation
from thidua.movements.services import answering, launching
from thidua.organisations.models import UnitRole

pytestmark = pytest.mark.django_db

ABOVE = (
    ("themes", {"text": "Chủ đề"}),
    ("deadlines", {"what": "Ban hành kế hoạch", "who": "Các đơn vị", "relation": "by", "due": "2026-11-30"}),
)
OWN = (
    ("number", {"value": "91/KH-STP"}),
    ("issued_on", {"value": "2026-11-21"}),
    ("themes", {"text": "Chủ đề của Sở"}),
)
STANDS = "Bước “Đã ban hành kế hoạch” có từ kế hoạch của đơn vị trong hệ thống nên không bỏ ghi nhận được. "


@pytest.fixture
def chief(department):
    return make_user(department, UnitRole.Role.HEAD, full_name="Hoàng Văn Lâm")


@pytest.fixture
def part(ministry, department, officer, chief):
    """A unit whose own paper, brought in, finished the deadline that asks for it."""
    parent = launch(make_movement(ministry, items=ABOVE, by=officer), [department], by=officer)
    paper = make_movement(department, items=OWN, by=chief, text="Kế hoạch đã ký của Sở.")
    part = Participation.objects.get(movement=parent, unit=department)
    answering.answer_with(part.pk, paper, by=chief)
    return Participation.objects.get(pk=part.pk)


def asked(part, who, **given):
    return sent(who, "reopen", part.movement_id, part.unit_id, part.movement.deadlines.get().pk, **given)


@pytest.mark.parametrize("given", [{}, {"sure": "1"}])
def test_no_question_is_asked_whose_answer_is_refused(part, chief, given):
    answer = asked(part, chief, **given)

    part.refresh_from_db()
    assert said(answer) == [STANDS + "Muốn bỏ thì hủy kế hoạch ấy trước."]
    assert (text_of(answer).count("Bỏ ghi nhận ngày xong?"), part.state) == (0, "own_plan")


def test_the_way_out_that_is_told_leads_out(part, chief):
    launching.withdraw(part.own, by=chief)

    part.refresh_from_db()
    assert (part.own, part.state) == (None, "received")


def test_once_it_is_launched_one_is_told_whom_to_ask(part, chief, department):
    Movement.objects.filter(pk=part.own_id).update(status=Movement.Status.LAUNCHED)

    answer = asked(part, make_user(department, full_name="Lò Thị Yên"))

    assert said(answer) == [STANDS + "Cần thay đổi thì hỏi Hoàng Văn Lâm (Sở Tư pháp tỉnh Lào Cai)."]


def test_of_a_plan_drawn_up_here_one_is_told_whom_to_ask(part, chief):
    part.own.plan.text = ""  # given up, its number and day would stay
    part.own.plan.save()

    assert said(asked(part, chief)) == [
        STANDS + "Cần thay đổi thì hỏi Hoàng Văn Lâm (Sở Tư pháp tỉnh Lào Cai)."
    ]


def test_a_day_nobody_issued_anything_for_is_asked_about(part, chief):
    Participation.objects.filter(pk=part.pk).update(own=None)

    answer = asked(part, chief)

    assert (answer.status_code, text_of(answer).count("bước “Đã ban hành kế hoạch” trên bảng theo dõi")) == (
        200,
        1,
    )
