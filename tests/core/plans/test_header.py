import pytest

from thidua.core.plans.header import read_issued_on, read_number, read_place, read_promulgation
from thidua.core.plans.issuers import read_issuer
from thidua.core.plans.outline import outline_of
from thidua.core.plans.source import Source
from thidua.core.plans.titles import read_title, read_years

BODY = "KẾ HOẠCH\nPhát động phong trào thi đua năm 2024\n\nI. NỘI DUNG\n1. Trồng cây.\n"


def text(content):
    return outline_of(Source.from_text(content))


def values(outline):
    found = (reader(outline) for reader in (read_number, read_issued_on, read_place, read_issuer))
    return tuple(one.value if one else None for one in found)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            (
                "ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTHÀNH PHỐ LÂM KHÊ\n"
                "Số:      /KH-UBND         Lâm Khê, ngày     tháng 6 năm 2025\n(DỰ THẢO)\n"
            ),
            (None, "2025-06", "Lâm Khê", "Ủy ban nhân dân thành phố Lâm Khê"),
        ),
        (
            "UBND HUYỆN LÂM KHÊ\nPHÒNG NỘI VỤ\nSố 12 /KH-PNV\nLâm Khê, ngày 05 tháng 9 năm 2023\n",
            (
                "12/KH-PNV",
                "2023-09-05",
                "Lâm Khê",
                "Phòng Nội vụ huyện Lâm Khê",
            ),
        ),
        (
            (
                "ỦY\nBAN NHÂN DÂN\nTỈNH LÂM KHÊ\n|\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
                "Độc lập - Tự do - Hạnh phúc\n|\n"
                "Số: 118/KH-UBND\n|\nLâm\nKhê, ngày 17 tháng 02 năm 2025\n|\n"
            ),
            ("118/KH-UBND", "2025-02-17", "Lâm Khê", "Ủy ban nhân dân tỉnh Lâm Khê"),
        ),
        (
            (
                "TỈNH ĐOÀN LÂM KHÊ            ĐOÀN TNCS HỒ CHÍ MINH\nBAN THƯỜNG VỤ\n"
                "Số: 45-KH/TĐTN               Lâm Khê, ngày 9-01-2026\n"
            ),
            ("45-KH/TĐTN", "2026-01-09", "Lâm Khê", "Ban Thường vụ Tỉnh Đoàn Lâm Khê"),
        ),
        ("Số:       /KH-STP\nLâm Khê, ngày      tháng 9 năm 2023\n", (None, "2023-09", "Lâm Khê", None)),
        ("SỞ MUỐI\nSố:\n45/KH-SM\n", ("45/KH-SM", None, None, "Sở Muối")),
        ("Số:  281  / TB – HCB\n", ("281/TB-HCB", None, None, None)),
        (
            "Số ký hiệu: 15/KH-PGD\nNgày ban hành: 12/02/2024\n\nSố: 16/KH-TH\n",
            ("16/KH-TH", None, None, None),
        ),
        ("", (None, None, None, None)),
    ],
)
def test_number_day_place_and_issuer_are_read_from_the_header(header, expected):
    assert values(text(header + BODY)) == expected


def test_a_header_may_stand_at_the_end():
    outline = text(f"{BODY}\nTRƯỞNG BAN\nVũ Hải Đường\nSố: 88/KH-BQL\nHải Nguyên, ngày 01 tháng 6 năm 2025\n")

    assert values(outline)[:3] == ("88/KH-BQL", "2025-06-01", "Hải Nguyên")


def test_without_a_header_the_first_sentence_names_the_issuer():
    outline = text(
        "KẾ HOẠCH\nThi đua năm 2024\n\nTrong năm 2024, Hội Làm vườn Lâm Khê phát động thi đua như sau:\nI. NỘI DUNG"
    )

    assert values(outline) == (None, None, None, "Hội Làm vườn Lâm Khê")


def test_the_number_of_the_promulgating_decision_is_not_the_plan_s():
    outline = text(
        "BỘ MUỐI\nHà Nội, ngày 31  tháng 03 năm 2017\nKẾ HOẠCH\nPhát động phong trào thi đua năm 2017\n"
        "(Ban hành kèm theo Quyết định\nsố 464/QĐ-BM ngày 31/3/2017 của Bộ trưởng Bộ Muối)\nI. NỘI DUNG\n1. Muối sạch."
    )

    promulgation = read_promulgation(outline)
    assert read_number(outline) is None
    assert promulgation is not None
    assert (promulgation.type, promulgation.number, promulgation.date, promulgation.issuer) == (
        "QUYET_DINH",
        "464/QĐ-BM",
        "2017-03-31",
        "Bộ trưởng Bộ Muối",
    )


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("KẾ HOẠCH\nPhát động thi đua\nnăm 2024\n\nCăn cứ Luật Thi đua;\n", "Phát động thi đua năm 2024"),
        (
            "KẾ HOẠCH PHÁT ĐỘNG THI ĐUA\nChào mừng Đại hội (2/9/1945 - 2/9/2025)\nThực hiện chỉ đạo,\n",
            "PHÁT ĐỘNG THI ĐUA Chào mừng Đại hội (2/9/1945 - 2/9/2025)",
        ),
        ("KÊHOẠCH\nPhát động thi đua\nNăm 2024\nThực hiện chỉ đạo,\n", "Phát động thi đua Năm 2024"),
        ("## **KẾ HOẠCH**\n\n### **Phát động thi đua**\n\nThực hiện chỉ đạo của trên:", "Phát động thi đua"),
        ("QUYẾT ĐỊNH\nVề việc phát động thi đua\nGIÁM ĐỐC SỞ MUỐI\nCăn cứ Luật;", "phát động thi đua"),
        (
            "Số: 3/SM-VP\nV/v phát động\nthi đua năm 2024\n\nKính gửi: Các trạm.\n",
            "phát động thi đua năm 2024",
        ),
        (
            "Số: 1/KH-HĐ\nHà Nội, ngày 20 tháng 05 năm 2024\nPHÁT ĐỘNG THI ĐUA ĐẶC BIỆT\nThực hiện chỉ đạo:",
            "PHÁT ĐỘNG THI ĐUA ĐẶC BIỆT",
        ),
        (
            "GIAO ƯỚC THI ĐUA\nCỤM SỐ 4 NĂM 2025\n\nHôm nay, chúng tôi gồm:",
            "GIAO ƯỚC THI ĐUA CỤM SỐ 4 NĂM 2025",
        ),
    ],
)
def test_a_title_ends_before_the_first_sentence(content, title):
    found = read_title(text(content))

    assert found is not None
    assert found.value == title


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("Phát động thi đua năm 2024", [2024]),
        ("Phát động thi đua năm học 2023 - 2024", [2023, 2024]),
        ("Phát động thi đua quý I/2026", [2026]),
        ("Thực hiện phong trào “Xanh giai đoạn 2021-2025” năm 2023", [2023]),
        ("Phát động thi đua giai đoạn 2024-2026", [2024, 2025, 2026]),
    ],
)
def test_the_years_of_a_plan_are_those_its_title_names_outside_quotation_marks(title, years):
    found = read_years(text(f"KẾ HOẠCH\n{title}\n\nI. NỘI DUNG\n1. Trồng cây."))

    assert found is not None
    assert found[0] == years


def test_a_text_run_together_gives_no_endless_issuer():
    header = "ỦY BAN NHÂN DÂN " + "TỈNH LÂM KHÊ, " * 40

    assert read_issuer(text(f"{header}\nKẾ HOẠCH\nThi đua năm 2024\n\nI. NỘI DUNG\n1. Trồng cây.")) is None


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Sô: 02/KH-CTĐ", "02/KH-CTĐ"),
        ("Sổ: 02/KH-CTĐ", "02/KH-CTĐ"),
        ("Só : 02/KH-CTĐ", "02/KH-CTĐ"),
        ("S6: 02/KH-CTĐ", "02/KH-CTĐ"),
        ("so: 02/KH-CTĐ", "02/KH-CTĐ"),
        ("Số; 02/KH-CTĐ", "02/KH-CTĐ"),
        ("Số: 0 2/KH-CTĐ", "02/KH-CTĐ"),
        ("Số: O2/KH-CTĐ", "02/KH-CTĐ"),
        ("Số: l5/KH-CTĐ", "15/KH-CTĐ"),
        ("Sộ: 1O7-KH/ĐU", "107-KH/ĐU"),
    ],
)
def test_a_number_blurred_by_a_machine_is_read_as_it_is_meant(line, number):
    found = read_number(text(f"SỞ MUỐI\n{line}\nLâm Khê, ngày 05 tháng 9 năm 2023\n\n{BODY}"))

    assert found is not None
    assert (found.value, found.place.quote) == (number, line)


def test_blurred_figures_of_a_number_wait_for_a_person():
    clear, blurred = (
        read_number(text(f"SỞ MUỐI\nSố: {figures}/KH-SM\n\n{BODY}")) for figures in ("02", "O2")
    )

    assert (clear.confidence, blurred.confidence) == ("sure", "check")


@pytest.mark.parametrize("line", ["Sở 02/KH-CTĐ", "Số: /KH-CTĐ", "Sổ theo dõi 02/KH-CTĐ", "So với 02/KH-CTĐ"])
def test_a_line_that_only_resembles_a_number_is_none(line):
    assert read_number(text(f"SỞ MUỐI\n{line}\n\n{BODY}")) is None
