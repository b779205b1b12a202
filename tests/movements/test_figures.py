"""What is asked about the figures of a unit's plan before it is issued."""

import pytest
from django.urls import reverse

from factories import make_user, signed_in
from movements.plans import make_movement
from thidua.movements.models import PlanItem
from thidua.movements.selectors.figures import odd_figures

pytestmark = pytest.mark.django_db


def target(text, figure, *, op=">=", unit="%"):
    return ("targets", {"text": text, "op": op, "value": figure, "unit": unit})


def plan_of(unit, *items):
    return make_movement(unit, items=items).plan


@pytest.mark.parametrize(
    ("text", "figure", "asked"),
    [
        ("đạt từ 92% trở lên", 95, [(True, None)]),
        ("đạt từ 92% trở lên", 92, []),
        ("có ít nhất 02 sáng kiến", 4, [(True, None)]),
        ("có ít nhất 02 sáng kiến", 2, []),
        ("hoàn thành mọi nhiệm vụ được giao", 100, []),
    ],
)
def test_words_that_name_another_figure_are_asked_about(department, text, figure, asked):
    plan = plan_of(department, target(text, figure))

    assert [(one.words_differ, one.above) for one in odd_figures(plan)] == asked


@pytest.mark.parametrize(
    ("op", "figure", "above"),
    [(">=", 70, 80), (">=", 80, None), (">=", 90, None), ("<=", 90, 80), ("<=", 70, None)],
)
def test_a_figure_weaker_than_the_one_above_is_asked_about(ministry, department, op, figure, above):
    theirs = plan_of(ministry, target("đạt 80%", 80, op=op))
    ours = plan_of(department, target(f"đạt {figure}%", figure, op=op))
    PlanItem.objects.filter(plan=ours).update(origin=PlanItem.objects.get(plan=theirs))

    assert [one.above for one in odd_figures(ours)] == ([] if above is None else [above])


def test_a_line_that_keeps_the_figure_above_is_asked_about(ministry, department):
    theirs = plan_of(ministry, target("đạt từ 80% vụ việc thành công", 80))
    line = "Phấn đấu đạt từ 80% vụ việc thành công, 80% đúng hạn"
    duties = {"body": "Văn phòng", "duties": [f"{line}.", "Chi 80% kinh phí."]}
    ours = plan_of(department, target("đạt từ 85% vụ việc thành công", 85), ("responsibilities", duties))
    PlanItem.objects.filter(plan=ours, field="targets").update(origin=PlanItem.objects.get(plan=theirs))

    assert [one.elsewhere for one in odd_figures(ours)] == [(line,)]


def test_one_query_at_any_number_of_targets(department, django_assert_num_queries):
    plan = plan_of(department, *(target("đạt 92%", 95) for _ in range(12)))

    with django_assert_num_queries(1):
        assert len(odd_figures(plan)) == 12


def test_the_page_before_issuing_names_them(client, ministry, department):
    head = make_user(department, "head")
    above = make_movement(ministry)
    movement = make_movement(department, items=[target("đạt từ 92% trở lên", 95)], by=head, answers=above)
    signed_in(client, head)

    page = client.get(reverse("movements:issue", args=[movement.pk])).content.decode()

    assert "“đạt từ 92% trở lên”: lời ghi số khác với mức đã đặt là 95. Sửa lời cho khớp." in page
