"""A unit's own plan set as a document."""

import pytest

from core.drafting.plans import a_unit_plan
from thidua.core.drafting.document import Bullets, Column, Paragraph, Table
from thidua.core.drafting.flow import Headed, flow
from thidua.core.drafting.plan import plan_document

EMPTY = dict.fromkeys(
    (
        "purposes",
        "requirements",
        "subjects",
        "contents",
        "targets",
        "solutions",
        "phases",
        "criteria",
        "awards",
    ),
    (),
) | dict.fromkeys(("funding", "duties", "deadlines", "implementation", "recipients"), ())


def headings(document, levels=(1,)):
    return [
        f"{line.marker} {line.title}"
        for line in flow(document.parts)
        if isinstance(line, Headed) and line.level in levels
    ]


def test_the_sections_stand_in_the_order_of_such_plans():
    assert headings(plan_document(a_unit_plan())) == [
        "I. MỤC ĐÍCH, YÊU CẦU",
        "II. ĐỐI TƯỢNG THI ĐUA",
        "III. NỘI DUNG THI ĐUA",
        "IV. CHỈ TIÊU THI ĐUA",
        "V. GIẢI PHÁP",
        "VI. THỜI GIAN THỰC HIỆN",
        "VII. TIÊU CHÍ BÌNH XÉT",
        "VIII. KHEN THƯỞNG",
        "IX. KINH PHÍ THỰC HIỆN",
        "X. TỔ CHỨC THỰC HIỆN",
    ]


def test_empty_sections_are_left_out_and_the_rest_numbered_anew():
    plan = a_unit_plan(**EMPTY | {"requirements": ("Thiết thực.",), "funding": ("Quỹ của Sở.",)})

    assert headings(plan_document(plan)) == [
        "I. YÊU CẦU",
        "II. THỜI GIAN THỰC HIỆN",
        "III. KINH PHÍ THỰC HIỆN",
    ]


def test_contents_keep_their_tree():
    document = plan_document(a_unit_plan())
    contents = document.parts[2:3]

    assert [line.marker for line in flow(contents) if isinstance(line, Headed)] == [
        "I.",
        "1.",
        "1.1.",
        "1.2.",
        "a)",
        "2.",
        "3.",
    ]


def test_targets_become_a_table_and_those_without_a_figure_say_so():
    table = plan_document(a_unit_plan()).parts[3].blocks[0]

    assert isinstance(table, Table)
    assert table.rows[0] == ("01", "Hồ sơ thủ tục hành chính giải quyết đúng hạn và trước hạn", "≥ 99,5", "%")
    assert table.rows[3][2] == "Định tính"


def test_awards_given_here_come_before_those_proposed_upward():
    blocks = plan_document(a_unit_plan()).parts[7].blocks

    assert [b.text for b in blocks if isinstance(b, Paragraph)] == [
        "Hình thức khen thưởng:",
        "Đề nghị cấp có thẩm quyền khen thưởng:",
    ]
    assert [b.items for b in blocks if isinstance(b, Bullets)] == [
        ("Giấy khen của Giám đốc Sở Tư pháp: 02 tập thể.", "Giấy khen của Giám đốc Sở Tư pháp: 05 cá nhân."),
        ("Bằng khen của Bộ trưởng Bộ Tư pháp: 01 tập thể tiêu biểu.",),
    ]


def test_each_duty_says_when_it_is_due():
    office = plan_document(a_unit_plan()).parts[9].parts[0]

    assert office.blocks == (
        Bullets(
            (
                "Chủ trì tham mưu, theo dõi, đôn đốc, tổng hợp kết quả; hoàn thành trước ngày 25/11/2026.",
                "Thẩm định hồ sơ; hoàn thành trong vòng 10 ngày kể từ ngày nhận đủ hồ sơ.",
            )
        ),
    )


def test_the_deadlines_of_all_stand_in_one_table():
    table = plan_document(a_unit_plan()).parts[9].parts[2].blocks[0]

    assert [row[3] for row in table.rows] == [
        "chậm nhất ngày 28/02/2026",
        "chậm nhất ngày 20 hằng tháng",
        "tháng 7/2026",
        "trong vòng 15 ngày kể từ ngày có hướng dẫn của Bộ Tư pháp",
        "trước ngày 20/11/2026",
    ]


def test_the_theme_stands_in_the_opening_and_the_mark_at_the_end():
    document = plan_document(a_unit_plan())

    assert document.opening[0].text == (
        "Sở Tư pháp ban hành Kế hoạch phát động phong trào thi đua với chủ đề “Tư pháp Nhã Tâm đoàn kết, kỷ "
        "cương, về đích sớm các nhiệm vụ năm 2026” như sau:"
    )
    assert document.closing[0].text[-13:] == "giải quyết./."


def test_a_table_refuses_a_row_of_another_length():
    with pytest.raises(ValueError, match="row 1 has 1 cells for 2 columns"):
        Table((Column("A"), Column("B")), (("một",),))
