import pytest

from thidua.movements.amending_sentences import amending_sentences

SECOND = "2. Bãi bỏ khoản 2 Mục II."


@pytest.mark.parametrize(
    "first",
    [
        '1. Khoản 2 Mục I được sửa đổi như sau: “2. Làm thật hay."',
        '1. Khoản 2 Mục I được sửa đổi như sau: "2. Làm thật hay.”',
        '1. Khoản 2 Mục I được sửa đổi như sau: “2. Hưởng ứng phong trào "Cả nước chung tay".”',
        '1. Khoản 2 Mục I được sửa đổi như sau: "2. Hưởng ứng phong trào “Cả nước chung tay”."',
        "1. Khoản 2 Mục I được sửa đổi như sau: “2. Hưởng ứng phong trào “Cả nước chung tay.”",
        "1. Khoản 2 Mục I được sửa đổi như sau: “2. Làm thật hay.",
    ],
)
def test_an_amendment_ends_where_its_marks_do_even_when_they_are_mixed_or_missing(first):
    assert list(amending_sentences(f"{first}\n{SECOND}")) == [first, SECOND]


@pytest.mark.parametrize(
    "second",
    [
        "Điều 2. Sửa đổi, bổ sung khoản 3 Mục II như sau: “3. Làm nhanh.”",
        "2. Bổ sung thêm các khoản 4, 5 Mục II như sau: “4. Làm nhanh.”",
        "2. Khoản 3 Mục II được sửa đổi như sau: “3. Làm nhanh.”",
        "2. Thay cụm từ “Làm tốt” bằng cụm từ “Làm nhanh”.",
        "2. Điều chỉnh thời hạn gửi báo cáo từ ngày 05/7/2026 sang ngày 15/7/2026.",
    ],
)
def test_an_amendment_begins_anew_after_one_whose_quotation_is_never_ended(second):
    first = "1. Khoản 2 Mục I được sửa đổi như sau: “2. Làm thật hay."

    assert list(amending_sentences(f"{first}\n{second}")) == [first, second]


@pytest.mark.parametrize(
    "inner",
    [
        "2. Nâng cao chất lượng phong trào.",
        "b) Bổ sung kinh phí cho phong trào.",
        "- Điều chỉnh mục tiêu khi cần.",
        'c) Hưởng ứng phong trào "Cả nước\nchung tay".',
        "c) Hưởng ứng phong trào “Cả nước chung tay”\nd) Bỏ thói quen cũ.",
    ],
)
def test_lines_of_what_is_quoted_stay_with_it(inner):
    text = f"1. Mục II được sửa đổi như sau: “1. Làm thật hay.\n{inner}\n3. Làm đúng hạn.”"

    assert list(amending_sentences(f"{text}\n{SECOND}")) == [text, SECOND]
