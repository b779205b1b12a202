from core.plans.writing import plan, quotes_stand_in_text
from thidua.core.plans.declared import read_abbreviations
from thidua.core.plans.references import read_references


def test_a_declared_short_form_stands_for_the_words_before_it():
    outline = plan(
        "Tỉnh ban hành Kế hoạch phong trào thi đua “Bản sạch” (sau đây gọi tắt là Phong trào) như sau:\n"
        "I. TỔ CHỨC\n1. Ban Chỉ đạo Phong trào Bản sạch (viết tắt là BCĐ) chủ trì."
    )

    found = read_abbreviations(outline)
    assert [(one.short, one.full) for one in found] == [
        ("Phong trào", "phong trào thi đua “Bản sạch”"),
        ("BCĐ", "Ban Chỉ đạo Phong trào Bản sạch"),
    ]
    assert quotes_stand_in_text(outline, found)


def test_a_text_that_declares_nothing_has_none():
    assert read_abbreviations(plan("I. TỔ CHỨC\n1. Các tổ gọi điện cho nhau.")) == []


def test_references_are_resolved_to_the_items_meant():
    outline = plan(
        "I. MỤC ĐÍCH\n1. Giữ rừng.\nII. NỘI DUNG\n1. Trồng cây\n1.1. Ở bản.\n1.2. Ở trường.\n2. Dọn suối.\n"
        "III. KHEN THƯỞNG\n1. Xét theo tiểu mục 1.1; 1.2 điểm 1 Mục II và mục I."
    )

    assert [(one.text, [target.quote for target in one.targets]) for one in read_references(outline)] == [
        ("tiểu mục 1.1; 1.2 điểm 1 Mục II", ["1.1. Ở bản.", "1.2. Ở trường."]),
        ("mục I", ["I. MỤC ĐÍCH"]),
    ]


def test_a_reference_to_what_is_not_there_means_nothing():
    [reference] = read_references(plan("I. NỘI DUNG\n1. Xem khoản 4 mục V."))

    assert reference.targets == ()
