"""Large figures stand in the plan, its lists and its papers as the words say them."""

import pytest

from movements.plans import make_movement
from thidua.core.plans.reader import read
from thidua.core.plans.source import Source
from thidua.movements.amending import changes
from thidua.movements.models import PlanItem
from thidua.movements.papers import paper_of, target_line
from thidua.movements.said_figures import as_said, base_unit, in_full
from thidua.movements.selectors.figures import words_differ
from thidua.movements.services import intake
from thidua.movements.services.own_values import own_target
from thidua.movements.wording import notes_of

FULL = 2_500_000_000_000
RECOVERED = {"text": "Giá trị thu hồi: 2.500 tỷ đồng", "op": "=", "value": FULL, "unit": "đồng"}
PLAN = """BỘ TƯ PHÁP
Số: 4125/KH-BTP
Hà Nội, ngày 16 tháng 11 năm 2026

KẾ HOẠCH
Phát động phong trào thi đua năm 2027

I. NỘI DUNG THI ĐUA
1. Hoàn thành nhiệm vụ được giao.

II. CHỈ TIÊU
| TT | Chỉ tiêu | Đơn vị tính | Mức giao |
| 1 | Giá trị tài sản thu hồi | tỷ đồng | 2.500 |
"""


@pytest.mark.parametrize(
    ("text", "value", "unit", "said"),
    [
        ("Thu hồi trên 2.500 tỷ đồng", FULL, "đồng", (2500, "tỷ đồng")),
        ("Số hóa 1,2 triệu trang sổ", 1_200_000, "trang", (1.2, "triệu trang")),
        ("Tặng 15 triệu đồng/người", 15_000_000, "đồng/người", (15, "triệu đồng/người")),
        ("Từ 10 – 15 tỷ đồng", [10**10, 15 * 10**9], "đồng", ([10, 15], "tỷ đồng")),
        ("Bồi dưỡng 1.250 người", 1250, "người", (1250, "người")),
        ("Thu hồi 500 triệu – 1 tỷ đồng", [5 * 10**8, 10**9], "đồng", ([5 * 10**8, 10**9], "đồng")),
        ("Thu hồi 2.500 tỷ đồng", 7, "đồng", (7, "đồng")),  # put otherwise by hand
        ("Đạt tỷ lệ 95%", 95, "%", (95, "%")),
    ],
)
def test_a_figure_has_the_scale_of_its_words(text, value, unit, said):
    found = as_said({"text": text, "op": ">=", "value": value, "unit": unit})

    assert (found["value"], found["unit"]) == said
    assert as_said(found) == found


@pytest.mark.parametrize(
    ("figure", "unit", "full", "base"),
    [
        (2500, "tỷ đồng", FULL, "đồng"),
        (1.2, "triệu trang", 1_200_000, "trang"),
        (95, "tỷ lệ", 95, "tỷ lệ"),
        (12, "cuộc", 12, "cuộc"),
        (None, "tỷ đồng", None, "đồng"),
    ],
)
def test_a_scaled_figure_is_worth_the_whole(figure, unit, full, base):
    assert (in_full(figure, unit), base_unit(unit)) == (full, base)


def test_a_list_says_the_figure_once_in_its_scale():
    assert notes_of("targets", as_said(RECOVERED)) == ["2.500 tỷ đồng"]


def test_the_papers_table_keeps_the_scale_and_says_the_figure_once():
    line = target_line(RECOVERED)  # as plans read before kept it

    assert (line.text, line.measure, line.unit) == ("Giá trị thu hồi", "2.500", "tỷ đồng")


def test_words_that_say_another_figure_stay():
    line = target_line(RECOVERED | {"value": 3000, "unit": "tỷ đồng"})

    assert (line.text, line.measure) == ("Giá trị thu hồi: 2.500 tỷ đồng", "3.000")


def test_an_amended_figure_keeps_its_scale():
    item = PlanItem(field="targets", value=as_said(RECOVERED))

    (proposal,) = changes(
        "Thay “2.500 tỷ đồng” bằng “3.000 tỷ đồng”", "2.500 tỷ đồng", "3.000 tỷ đồng", [item]
    )

    assert proposal.after == {
        "text": "Giá trị thu hồi: 3.000 tỷ đồng",
        "op": "=",
        "value": 3000,
        "unit": "tỷ đồng",
    }


def test_a_units_own_figure_is_written_in_the_words_too():
    own = own_target(as_said(RECOVERED), 2600)

    assert (own["text"], own["value"], own["unit"]) == ("Giá trị thu hồi: 2.600 tỷ đồng", 2600, "tỷ đồng")
    assert not words_differ(own["text"], in_full(own["value"], own["unit"]))


@pytest.mark.django_db
def test_a_plan_read_keeps_the_scale_and_its_paper_breaks_no_figure(ministry, officer):
    source = Source.from_text(PLAN)

    movement = intake.make_movement(source, read(source), organiser=ministry, by=officer)

    item = movement.plan.items.get(field="targets")
    assert (item.value["value"], item.value["unit"]) == (2500, "tỷ đồng")


@pytest.mark.django_db
def test_who_carries_a_target_out_has_a_column_of_the_paper(ministry, officer):
    items = [("themes", {"text": "Kỷ cương"}), ("targets", RECOVERED | {"who": "Cục Quản lý THADS"})]
    movement = make_movement(ministry, items=items, by=officer)

    (table,) = [
        block for part in paper_of(movement.plan).parts for block in part.blocks if hasattr(block, "rows")
    ]

    assert [column.title for column in table.columns][-1] == "Đơn vị thực hiện"
    assert table.rows[0][-3:] == ("2.500", "tỷ đồng", "Cục Quản lý THADS")
