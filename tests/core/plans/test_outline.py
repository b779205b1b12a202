from core.plans.writing import plan
from thidua.core.plans.outline import outline_of
from thidua.core.plans.roles import Role, roles_of
from thidua.core.plans.source import Source


def tree(outline):
    def lines(nodes, depth):
        for node in nodes:
            yield "  " * depth + node.clean.text
            yield from lines(node.children, depth + 1)

    return list(lines(outline.sections, 0))


def test_headings_numbers_letters_and_bullets_stand_under_each_other():
    outline = plan(
        "I. NỘI DUNG\n1. Trồng cây\na) Ở bản\n- Ven đường\n+ Cây lim\n- Ven suối\nb) Ở trường\n2. Dọn rác\nII. KINH PHÍ"
    )

    assert tree(outline) == [
        "I. NỘI DUNG",
        "  1. Trồng cây",
        "    a) Ở bản",
        "      - Ven đường",
        "        + Cây lim",
        "      - Ven suối",
        "    b) Ở trường",
        "  2. Dọn rác",
        "II. KINH PHÍ",
    ]


def test_numbers_are_joined_with_dots_below_their_section():
    outline = plan("I. NỘI DUNG\n2. Trồng cây\na) Ở bản\n2.1. Ở trường\nMột là, giữ rừng.")

    assert [node.number for node in outline.nodes] == ["I", "2", "2.a", "2.1", "1"]


def test_capitals_may_stand_outside_or_inside_of_romans():
    outside = plan("A. NỘI DUNG\nI. Trồng cây\n1. Ở bản\nB. KINH PHÍ")
    inside = plan("I. NỘI DUNG\nA. Trồng cây\n1. Ở bản\nII. KINH PHÍ")

    assert tree(outside) == ["A. NỘI DUNG", "  I. Trồng cây", "    1. Ở bản", "B. KINH PHÍ"]
    assert tree(inside) == ["I. NỘI DUNG", "  A. Trồng cây", "    1. Ở bản", "II. KINH PHÍ"]


def test_headings_of_markdown_that_do_not_fit_the_numbers_are_told_by_the_numbers():
    outline = plan("#### **I. NỘI DUNG**\n\n## 1. Trồng cây\n\na) Ở bản\n\n# II. KINH PHÍ")

    assert tree(outline) == ["I. NỘI DUNG", "  1. Trồng cây", "    a) Ở bản", "II. KINH PHÍ"]


def test_unnumbered_bold_lines_are_headings_where_nothing_else_is():
    outline = plan("**Nội dung thi đua**\n\n1. Trồng cây.\n\n**Kinh phí**\n\nTừ quỹ của bản.")

    assert tree(outline) == ["Nội dung thi đua", "  1. Trồng cây.", "Kinh phí", "  Từ quỹ của bản."]


def test_the_heading_of_a_part_may_be_on_the_next_line():
    outline = plan("Phần thứ nhất\nNỘI DUNG THI ĐUA\n1. Trồng cây.")

    assert [(node.label, node.role) for node in outline.sections] == [("NỘI DUNG THI ĐUA", Role.CONTENTS)]


def test_a_sentence_cut_by_a_page_is_joined_over_number_and_running_head():
    outline = plan(
        "I. NỘI DUNG\n1. Thi đua giữ rừng, thực hiện Nghị quyết số\n\n2\nKH thi đua của bản\n\n"
        "27-NQ/TW của Trung ương.\n3\nKH thi đua của bản\n2. Trồng cây."
    )

    assert tree(outline) == [
        "I. NỘI DUNG",
        "  1. Thi đua giữ rừng, thực hiện Nghị quyết số 27-NQ/TW của Trung ương.",
        "  2. Trồng cây.",
    ]


def test_lines_broken_by_a_converter_are_joined_even_before_a_capital():
    outline = plan(
        "Căn cứ Quyết định số 9/QĐ-UBND của Chủ tịch\nỦy ban nhân dân tỉnh về giữ\nrừng;\n"
        "I. NỘI DUNG\n1. Trồng\ncây ven đường."
    )

    assert tree(outline)[0] == "Căn cứ Quyết định số 9/QĐ-UBND của Chủ tịch Ủy ban nhân dân tỉnh về giữ rừng;"
    assert tree(outline)[2] == "  1. Trồng cây ven đường."


def test_the_rows_of_a_task_table_know_their_headings():
    outline = plan("I. PHÂN CÔNG\n| TT | Nội dung | Chủ trì |\n|---|---|---|\n| 1 | Hội thi | Tổ văn nghệ |")

    [row] = [node.row for node in outline.nodes if node.row]
    assert [(cell.heading, cell.text) for cell in row.cells] == [
        ("TT", "1"),
        ("Nội dung", "Hội thi"),
        ("Chủ trì", "Tổ văn nghệ"),
    ]


def test_a_label_is_parted_from_what_it_says():
    [section] = plan("I. TỔ CHỨC\n1. Sở Nội vụ: theo dõi, đôn đốc.").sections

    [item] = section.children
    assert (item.label, item.rest, item.is_heading) == ("Sở Nội vụ", "theo dõi, đôn đốc.", False)


def test_a_decision_and_its_plan_are_two_parts_and_the_plan_counts():
    outline = outline_of(
        Source.from_text(
            "BỘ MUỐI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 7/QĐ-BM\nQUYẾT ĐỊNH\nBan hành Kế hoạch thi đua\n"
            "BỘ TRƯỞNG BỘ MUỐI\nCăn cứ Nghị định số 1/2024/NĐ-CP;\nĐiều 1. Ban hành kèm theo Kế hoạch.\n"
            "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nBỘ TRƯỞNG\nLê Sông\nKẾ HOẠCH\nPHÁT ĐỘNG PHONG TRÀO THI ĐUA\n"
            "(Ban hành kèm theo Quyết định số 7/QĐ-BM)\nI. NỘI DUNG\n1. Làm muối sạch."
        )
    )

    assert [part.kind for part in outline.parts] == ["QUYET_DINH", "KE_HOACH"]
    assert outline.is_launch_plan
    assert [node.label for node in outline.sections if node.role] == ["NỘI DUNG"]


def test_forms_behind_the_closing_are_left_out():
    outline = plan(
        "I. NỘI DUNG\n1. Trồng cây.\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nLê Sông\nPHỤ LỤC I\nI. MẪU ĐƠN"
    )

    assert tree(outline) == ["I. NỘI DUNG", "  1. Trồng cây."]


def test_headings_announce_what_stands_under_them():
    assert roles_of("Mục đích – yêu cầu")[0] is Role.PURPOSES_AND_REQUIREMENTS
    assert roles_of("TỔ CHỨC THỰC HIỆN VÀ KHEN THƯỞNG")[0] is Role.IMPLEMENTATION
    assert roles_of("ĐỐI TƯỢNG, THỜI GIAN") == (Role.SUBJECTS, Role.TIME)
    assert roles_of("Nội dung thực hiện")[0] is Role.TASKS
    assert roles_of("Một câu không báo gì") == ()
