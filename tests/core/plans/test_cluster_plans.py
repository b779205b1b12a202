"""The plan of a cluster's year: no launch, but its awards, conditions, terms and reports are read."""

import pytest

from core.plans.writing import plan, quotes_stand_in_text
from thidua.core.plans.awards import read_awards
from thidua.core.plans.criteria import read_criteria
from thidua.core.plans.deadlines import read_deadlines
from thidua.core.plans.periods import read_phases
from thidua.core.plans.quotas import read_quotas
from thidua.core.plans.reports import read_reports
from thidua.core.plans.targets import read_targets
from thidua.core.plans.themes import read_themes

BODY = """I. NỘI DUNG
1. Hội nghị ký kết giao ước thi đua: tổ chức trong tháng 3/2024.
2. Mỗi đơn vị đăng ký ít nhất 01 mô hình mới.
II. BÌNH XÉT KHEN THƯỞNG
1. Đề nghị Chủ tịch UBND tỉnh tặng Cờ thi đua cho 01 đơn vị dẫn đầu Cụm.
2. Không bình xét đối với đơn vị có lãnh đạo bị kỷ luật trong năm.
III. TỔ CHỨC THỰC HIỆN
1. Cụm trưởng gửi báo cáo kết quả hoạt động về Sở Nội vụ trước ngày 10/12/2024.
"""
TITLES = [
    "Hoạt động Cụm thi đua số 3 năm 2024",
    "Hoạt động của Khối thi đua các trường THPT năm 2024",
    "Công tác năm 2024 của Khối các doanh nghiệp",
]


@pytest.mark.parametrize("title", TITLES)
def test_the_plan_of_a_cluster_is_no_launch_and_is_read(title):
    outline = plan(BODY, title=title)

    assert not outline.is_launch_plan
    awards, criteria, targets = read_awards(outline), read_criteria(outline), read_targets(outline)
    assert [(one.form, one.quantity, one.action) for one in awards] == [("Cờ thi đua", 1, "đề nghị tặng")]
    assert [(one.applies_to, one.excludes) for one in criteria] == [("collective", True)]
    assert [(one.op, one.value) for one in targets] == [(">=", 1)]
    assert [(one.relation, one.due) for one in read_deadlines(outline)] == [
        ("on", "2024-03"),
        ("before", "2024-12-10"),
    ]
    assert [one.due for one in read_reports(outline)] == ["2024-12-10"]
    assert quotes_stand_in_text(outline, [*awards, *criteria, *targets])


def test_the_plan_of_a_cluster_has_nothing_that_only_a_movement_has():
    outline = plan(
        f"{BODY}2. Đợt 1: từ 01/3 đến 30/6/2024.\n", title="Hoạt động “Cụm xanh” của Cụm thi đua số 3"
    )

    assert [*read_phases(outline), *read_quotas(outline), *read_themes(outline)] == []


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("KẾ HOẠCH", "Kiểm tra chéo hoạt động Cụm thi đua số 3"),
        ("QUY CHẾ", "Tổ chức và hoạt động của Khối thi đua"),
        ("BÁO CÁO", "Kết quả hoạt động Cụm thi đua số 3 năm 2024"),
    ],
)
def test_other_papers_of_a_cluster_tell_no_awards(kind, title):
    outline = plan(BODY, kind=kind, title=title)

    assert (read_awards(outline), read_criteria(outline), read_reports(outline)) == ([], [], [])
