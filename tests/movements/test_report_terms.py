"""Where no deadline speaks of a review, the day of its report is the term of the step."""

import pytest

from movements.plans import launch, make_movement
from thidua.movements.models import PlanItem

pytestmark = pytest.mark.django_db


def terms_of(movement):
    return {term.state: str(term.last_on) for term in movement.step_terms.all()}


def report(what, **parts):
    return "reports", {"what": what, "relation": "by", "due": "2026-07-15"} | parts


def test_reports_with_a_day_give_the_reviews_their_terms(ministry, departments, officer):
    items = [
        ("themes", {"text": "Chủ đề"}),
        report("Báo cáo sơ kết phong trào"),
        report("Báo cáo tổng kết phong trào", due="2026-11-30"),
        (
            "responsibilities",
            {"body": "Vụ Tổ chức cán bộ", "duties": ["Báo cáo sơ kết phong trào với Bộ trưởng"]},
        ),
    ]

    movement = launch(make_movement(ministry, items=items, by=officer), departments, by=officer)

    assert terms_of(movement) == {"interim": "2026-07-15", "final": "2026-11-30"}


def test_a_report_of_one_named_body_is_no_term_for_all(ministry, departments, officer):
    items = [("themes", {"text": "Chủ đề"}), report("Báo cáo sơ kết", who="Sở Tư pháp tỉnh Cà Mau")]

    movement = launch(make_movement(ministry, items=items, by=officer), departments, by=officer)

    assert terms_of(movement) == {}


def test_a_report_read_in_the_words_of_a_deadline_lends_it_its_step(ministry, departments, officer):
    items = [
        ("themes", {"text": "Chủ đề"}),
        ("deadlines", {"what": "Gửi về Bộ", "relation": "by", "due": "2026-07-10"}),
        report("Báo cáo sơ kết"),
    ]
    made = make_movement(ministry, items=items, by=officer)
    PlanItem.objects.filter(plan=made.plan, field__in=("deadlines", "reports")).update(start=10, end=60)

    movement = launch(made, departments, by=officer)

    assert terms_of(movement) == {"interim": "2026-07-10"}
