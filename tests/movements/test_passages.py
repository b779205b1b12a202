from uuid import uuid4

import pytest

from thidua.movements.models import Plan, PlanItem
from thidua.movements.passages import lies_in, passages, words_of

HEADING = "1. Trợ giúp pháp lý"


def a_plan(*lines):
    """Return a plan of these paragraphs and one content at the first of them."""
    blocks, at = [], 0
    for line in lines:
        blocks.append([at, at + len(line), "paragraph", False, False, None, None])
        at += len(line) + 1
    content = PlanItem(pk=uuid4(), field="contents", start=0, end=5, value={})
    return Plan(text="\n".join(lines), blocks=blocks), content


def under(*lines):
    plan, content = a_plan(HEADING, *lines)
    return words_of(plan, passages(plan, [content])[content.pk])


def test_what_follows_a_heading_stands_under_it_without_its_bullets():
    assert under("Mở đầu.", "- Một việc;", "+ Hai việc.") == ["Mở đầu.", "Một việc;", "Hai việc."]


@pytest.mark.parametrize(
    "line", ["II. KHEN THƯỞNG", "III- CÁC ĐỢT THI ĐUA", "TỔ CHỨC THỰC HIỆN", "Nơi nhận:"]
)
def test_a_section_ends_what_stands_under(line):
    assert under("Một việc.", line, "Việc khác.") == ["Một việc."]


def test_the_next_item_ends_what_stands_under():
    plan, content = a_plan(HEADING, "Một việc.", "2. Chuyển đổi số", "Việc khác.")
    start = plan.blocks[2][0]
    following = PlanItem(pk=uuid4(), field="contents", start=start, end=start + 5, value={})

    found = passages(plan, [content, following])

    assert [words_of(plan, found[item.pk]) for item in (content, following)] == [
        ["Một việc."],
        ["Việc khác."],
    ]


def test_an_item_lies_in_the_content_under_which_its_words_stand():
    plan, content = a_plan(HEADING, "Xong trước ngày 30/6.", "Nơi nhận:")
    inside, outside = (PlanItem(field="deadlines", start=plan.blocks[n][0] + 2) for n in (1, 2))

    found = passages(plan, [content])

    assert (lies_in(inside, found), lies_in(outside, found)) == (content.pk, None)
