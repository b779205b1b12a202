"""The check page of a document taken in as a plan tells which launched plan it amends, and that it did."""

import pytest

from movements.plans import make_movement
from movements.stage import opened, text_of
from thidua.movements.amending_document import same_decision
from thidua.movements.models import PlanRevision

pytestmark = pytest.mark.django_db

OFFER = "Lập bản thảo sửa đổi từ văn bản này"
DECISION = "Quyết định số 45/QĐ-BTN ngày 20/2/2026"
HEAD = (
    ("doc_type", {"value": "QUYET_DINH"}),
    ("number", {"value": "45/QĐ-BTN"}),
    ("issued_on", {"value": "2026-02-20"}),
    ("title", {"value": "Sửa đổi Kế hoạch số 12/KH-BTN"}),
)


def page_of(stage):
    taken = make_movement(stage.house, items=HEAD, by=stage.officer, text="Sửa đổi.")
    taken.plan.notices = ["not_a_launch"]
    taken.plan.save()
    return text_of(opened(stage.officer, "check", taken.pk))


def test_a_decision_is_offered_as_a_draft_of_the_plan_it_amends(stage):
    page = page_of(stage)

    assert [words in page for words in ("12/KH-BTN: ", OFFER, "đã ban hành thành")] == [True, True, False]


def test_a_decision_issued_before_leads_to_its_revision(stage):
    PlanRevision.objects.filter(plan=stage.movement.plan, number=2).update(decision=DECISION)

    page = page_of(stage)

    assert ("Quyết định này đã ban hành thành lần 2" in page, OFFER in page) == (True, False)
    assert f"/phong-trao/{stage.movement.pk}/sua-doi/2/" in page


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("Quyết định số 45/QĐ-BTN ngày 20 tháng 02 năm 2026", True),
        ("Quyết định số 45/QĐ-BTN", True),
        ("Quyết định số 45/QĐ-BTN ngày 20/2/2025", False),
        ("Quyết định số 46/QĐ-BTN ngày 20/2/2026", False),
        ("", False),
    ],
)
def test_decisions_are_one_by_number_and_day(other, expected):
    assert same_decision(DECISION, other) is expected
