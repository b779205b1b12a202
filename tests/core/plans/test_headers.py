"""A file that holds two plans is told apart from one plan with its decision, or with running heads."""

import pytest

from thidua.core.plans.headers import further_numbers

PLAN = "SỞ TƯ PHÁP\nSố: 12/KH-STP\n\nKẾ HOẠCH\nPhát động phong trào thi đua năm 2026\n"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (PLAN, []),
        (PLAN * 3, []),
        (PLAN + "SỞ TÀI CHÍNH\nSố:  15 /KH-STC\n\nKẾ HOẠCH\n", ["15/KH-STC"]),
        ("BỘ NỘI VỤ\nSố: 5/QĐ-BNV\nQUYẾT ĐỊNH\n" + PLAN, []),
        (PLAN + "Căn cứ Kế hoạch số: 7/KH-UBND\n- Số: 9/KH-UBND\n", []),
        ("Số:     /KH-STP\n" + PLAN, []),
    ],
    ids=["one", "running heads", "two plans", "a decision with its plan", "cited", "not numbered yet"],
)
def test_only_another_document_of_the_same_kind_counts(text, numbers):
    assert further_numbers(text) == numbers
