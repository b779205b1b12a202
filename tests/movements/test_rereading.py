"""The document of a draft is read once, however often its page is opened."""

import pytest

from factories import make_account, make_unit
from thidua.core.plans.reader import read
from thidua.core.plans.source import Source
from thidua.movements.models import PlanRevision
from thidua.movements.selectors.items import living
from thidua.movements.services import revising
from thidua.movements.services.intake import make_movement
from thidua.movements.services.rereading import reading_of

pytestmark = pytest.mark.django_db

CLAUSES = range(1, 41)
PLAN = "\n".join(
    (
        "BỘ THỬ NGHIỆM",
        "Số: 12/KH-BTN",
        "Hà Nội, ngày 20 tháng 01 năm 2026",
        "KẾ HOẠCH",
        "Phát động phong trào thi đua năm 2026",
        "III. NỘI DUNG THI ĐUA",
        *(f"{number}. Thi đua hoàn thành tốt việc thứ {number} trong năm." for number in CLAUSES),
        "IV. TỔ CHỨC THỰC HIỆN",
        "1. Các đơn vị báo cáo trước ngày 10 tháng 12 năm 2026.",
    )
)
AMENDING = [
    f"{number}. Sửa đổi khoản {number} Mục III như sau: “{number}. Thi đua hoàn thành sớm việc thứ {number}.”"
    for number in CLAUSES
]


@pytest.fixture
def draft():
    source = Source.from_text(PLAN)
    plan = make_movement(source, read(source), organiser=make_unit("Bộ Thử nghiệm"), by=None).plan
    return PlanRevision.objects.create(plan=plan, number=2, text=AMENDING[0])


def fresh(draft):
    return PlanRevision.objects.get(pk=draft.pk)


def test_a_draft_of_many_sentences_is_read_once_and_not_after_each_taken(draft):
    draft.text = "\n".join(AMENDING)
    draft.save()
    first = revising.proposals_for(draft).proposals
    so_far = reading_of.cache_info().misses

    revising.accept(fresh(draft), first[0], by=make_account())
    after = revising.proposals_for(fresh(draft)).proposals

    assert (len(first), after) == (len(CLAUSES), first[1:])
    assert reading_of.cache_info().misses == so_far


def test_what_was_read_is_not_given_for_items_that_changed_since(draft):
    first = revising.proposals_for(draft).proposals
    item = living(draft.plan).get(pk=first[0].item)
    item.value |= {"text": "Đã viết lại"}
    item.save()

    (after,) = revising.proposals_for(fresh(draft)).proposals

    assert (first[0].before["text"], after.before["text"]) == (
        "Thi đua hoàn thành tốt việc thứ 1 trong năm.",
        "Đã viết lại",
    )


def test_what_was_read_is_not_given_for_another_document(draft):
    revising.proposals_for(draft)
    PlanRevision.objects.filter(pk=draft.pk).update(text="Bãi bỏ khoản 3 Mục III.")

    found = revising.proposals_for(fresh(draft)).proposals

    assert [(one.kind, one.before["number"]) for one in found] == [("remove", "3")]


def test_what_a_reader_writes_into_a_proposal_stays_with_him(draft):
    revising.proposals_for(draft).proposals[0].after["text"] = "Viết vào"

    after = revising.proposals_for(fresh(draft)).proposals[0].after

    assert after["text"] == "Thi đua hoàn thành sớm việc thứ 1."
