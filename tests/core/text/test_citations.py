import pytest

from thidua.core.text.citations import (
    find_citations,
    find_number,
    same_document_key,
    tidy_number,
    type_of_number,
)


def cited(text):
    return [(one.type, one.number, one.date, one.issuer) for one in find_citations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Quyết định số 84/QĐ-BTS ngày 31/01/2023 của Bộ trưởng Bộ Thủy sản",
            ("QUYET_DINH", "84/QĐ-BTS", "2023-01-31", "Bộ trưởng Bộ Thủy sản"),
        ),
        (
            "Chỉ thị số 56-CT/TW ngày 18 tháng 8 năm 2000 của Bộ Chính trị",
            ("CHI_THI", "56-CT/TW", "2000-08-18", "Bộ Chính trị"),
        ),
        ("Chỉ thị 21/CT-TTg, ngày 30-8-2019", ("CHI_THI", "21/CT-TTg", "2019-08-30", None)),
        ("Luật Lưu trữ số 33/2024/QH15", ("LUAT", "33/2024/QH15", None, "Quốc hội")),
        (
            "Nghị định số 152/2025/NĐ-CP của Chính phủ ngày 14.6.2025",
            ("NGHI_DINH", "152/2025/NĐ-CP", "2025-06-14", "Chính phủ"),
        ),
        ("Kế hoạch số 455/KH-CAT-PX01", ("KE_HOACH", "455/KH-CAT-PX01", None, None)),
        (
            "Công văn số 1876/SGDĐT-VP ngày 28/8/2023 của Sở Giáo dục và Đào tạo về thi đua",
            ("CONG_VAN", "1876/SGDĐT-VP", "2023-08-28", "Sở Giáo dục và Đào tạo"),
        ),
        ("Hướng dẫn số 42-HD/TWĐTN-BKT", ("HUONG_DAN", "42-HD/TWĐTN-BKT", None, None)),
        ("Thông báo Kết luận số 50-TB/TW", ("THONG_BAO_KET_LUAN", "50-TB/TW", None, None)),
        ("Chương trình hành động số 350/CTr-HNM", ("CHUONG_TRINH", "350/CTr-HNM", None, None)),
        (
            "Quyết định số 7/QĐ-SVH của Sở Văn hóa, Thể thao và Du lịch, nơi chủ trì",
            ("QUYET_DINH", "7/QĐ-SVH", None, "Sở Văn hóa, Thể thao và Du lịch"),
        ),
    ],
)
def test_a_document_is_found_in_every_shape_of_its_number(text, expected):
    assert cited(f"Thực hiện {text};") == [expected]


def test_blanks_inside_a_number_are_no_part_of_it():
    assert cited("Nghị định số 98/2023/NĐ- CP ngày 31/12/2023") == [
        ("NGHI_DINH", "98/2023/NĐ-CP", "2023-12-31", None)
    ]


def test_the_issuer_may_stand_out_of_its_place():
    assert cited("Nghị quyết số 01/NQ-CP của ngày 05/01/2022 Chính phủ về nhiệm vụ") == [
        ("NGHI_QUYET", "01/NQ-CP", "2022-01-05", "Chính phủ")
    ]


def test_a_second_number_after_and_is_of_the_same_kind():
    assert cited("các Kế hoạch số 12/KH-UBND, số 13/KH-UBND ngày 02/3/2025") == [
        ("KE_HOACH", "12/KH-UBND", None, None),
        ("KE_HOACH", "13/KH-UBND", "2025-03-02", None),
    ]


def test_a_law_is_known_by_its_day_and_gives_its_number():
    [law] = find_citations("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;")

    assert (law.number, law.date, law.number_known, law.name) == (
        "06/2022/QH15",
        "2022-06-15",
        True,
        "Thi đua, khen thưởng",
    )


def test_a_law_named_by_its_year_has_no_number():
    [law] = find_citations("theo Luật Hợp tác xã năm 2023.")

    assert (law.type, law.number, law.date) == ("LUAT", None, "2023")


@pytest.mark.parametrize(
    "text",
    [
        "Hội Luật gia tỉnh năm 2020",
        "Trường Đại học Luật Sơn Hà năm 2022",
        "đạt 1/3 số hộ, 12/12 thôn",
        "ngày 30/6/2020 tổ chức hội nghị",
        "từ 01/2025 đến 03/2025",
    ],
)
def test_what_only_looks_like_a_document_is_none(text):
    assert cited(text) == []


def test_the_matter_ends_where_the_plan_s_own_sentence_begins():
    [one] = find_citations(
        "Kế hoạch số 9/KH-PGD ngày 05/02/2024 về thi đua học kỳ II, Trường Mầm non Sao Mai phát động thi đua:"
    )

    assert one.about == "thi đua học kỳ II"


def test_two_spellings_of_one_number_are_one_document():
    assert same_document_key("21-CT/TTg") == same_document_key("21/CT-TTg")
    assert same_document_key("02/KH-UBND") == same_document_key("2/KH-UBND")
    assert same_document_key("21-CT/TW") != same_document_key("21-CT/TTg")


@pytest.mark.parametrize(
    ("number", "kind"),
    [("02/NĐ-CP", "NGHI_DINH"), ("88/TTr-SNV", "TO_TRINH"), ("06/2022/QH15", None), ("1876/SGDĐT-VP", None)],
)
def test_the_symbol_of_a_number_tells_the_kind(number, kind):
    assert type_of_number(number) == kind


def test_a_number_is_tidied_but_not_changed():
    assert tidy_number("512 /KH-PGDĐT") == "512/KH-PGDĐT"
    assert find_number("Số: 19 /KH-UBND") == "19/KH-UBND"
    assert find_number("Số: ...") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nghị quyết chuyên đề số 12-NQ/TU ngày 5/6/2025", [("NGHI_QUYET", "12-NQ/TU", "2025-06-05", None)]),
        (
            "Quyết định phê duyệt số 20/QĐ-UBND ngày 1/2/2025",
            [("QUYET_DINH", "20/QĐ-UBND", "2025-02-01", None)],
        ),
        ("quyết định ban hành kế hoạch số 45/KH-UBND", [("KE_HOACH", "45/KH-UBND", None, None)]),
        ("theo quyết định của cấp trên số 45/KH-UBND", []),
    ],
)
def test_words_may_stand_between_kind_and_number_where_the_sign_says_the_same(text, expected):
    assert cited(text) == expected
