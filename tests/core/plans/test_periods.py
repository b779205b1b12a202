import pytest

from core.plans.writing import plan, quotes_stand_in_text
from thidua.core.plans.deadlines import read_deadlines
from thidua.core.plans.periods import read_period, read_phases
from thidua.core.plans.reader import read


def rounds(outline):
    return [(one.name, one.from_ or one.from_event, one.to or one.to_event) for one in read_phases(outline)]


def ends(outline):
    period = read_period(outline)
    return period and (period.from_ or period.from_event, period.to or period.to_event, period.derived)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("từ tháng 3/2024 đến hết ngày 31/10/2024", ("2024-03", "2024-10-31", False)),
        ("Từ 01/02 đến 31/3/2024, mừng Xuân mới.", ("2024-02-01", "2024-03-31", False)),
        ("Bắt đầu từ ngày 05/02/2024 và kết thúc vào ngày 20/12/2024.", ("2024-02-05", "2024-12-20", False)),
        ("Trong quý III/2024.", ("2024-Q3", "2024-Q3", False)),
        (
            "từ tháng 4/2024 đến khi bế mạc Đại hội Công đoàn tỉnh.",
            ("2024-04", "bế mạc Đại hội Công đoàn tỉnh", False),
        ),
        ("từ ngày ký đến hết năm 2024.", ("2024-01-10", "2024", True)),
    ],
)
def test_the_period_under_a_heading_of_time_is_the_movement_s(sentence, expected):
    assert ends(plan(f"I. NỘI DUNG\n1. Trồng cây.\nII. THỜI GIAN THỰC HIỆN\n{sentence}")) == expected


def test_the_period_may_be_said_in_a_sentence_about_the_movement():
    outline = plan("I. TỔ CHỨC\nPhong trào thi đua được tổ chức từ ngày 15/01/2024 đến ngày 15/11/2024.")

    assert ends(outline) == ("2024-01-15", "2024-11-15", False)


def test_rounds_are_read_with_their_dates_and_give_the_period():
    outline = plan(
        "I. CÁC ĐỢT THI ĐUA\nPhong trào năm 2024 được chia thành 2 đợt như sau:\n"
        "- Đợt 1: từ đầu năm đến ngày 30/6/2024, chào mừng Quốc khánh.\n"
        "- Đợt 2: Từ 01/7 - 25/12/2024, lập thành tích cuối năm.\n"
    )

    assert rounds(outline) == [("Đợt 1", "2024", "2024-06-30"), ("Đợt 2", "2024-07-01", "2024-12-25")]
    assert ends(outline) == ("2024", "2024-12-25", True)
    assert quotes_stand_in_text(outline, [*read_phases(outline), read_period(outline)])


def test_a_round_may_end_with_an_event_and_name_its_theme():
    outline = plan(
        "I. CÁC ĐỢT THI ĐUA\n1. Đợt 1: từ ngày 05/9/2024 đến hết học kỳ I, chủ điểm “Vững bước đầu năm”.\n"
        "2. Đợt 2: từ đầu học kỳ II đến ngày 26/3/2025, chào mừng kỷ niệm 94 năm Ngày thành lập Đoàn"
        " (26/3/1931 - 26/3/2025).\n"
    )

    first, second = read_phases(outline)
    assert (first.from_, first.to_event, first.theme) == ("2024-09-05", "hết học kỳ I", "Vững bước đầu năm")
    assert (second.from_event, second.to) == ("đầu học kỳ II", "2025-03-26")
    assert second.occasions == ("94 năm Ngày thành lập Đoàn",)


def test_rounds_in_running_text_are_told_apart():
    outline = plan(
        "1. Phong trào chia làm hai đợt: đợt 1 từ 01/02/2024 đến 31/5/2024; đợt 2 từ 01/6/2024 đến 30/11/2024."
    )

    assert rounds(outline) == [("đợt 1", "2024-02-01", "2024-05-31"), ("đợt 2", "2024-06-01", "2024-11-30")]


def test_rounds_of_filing_dossiers_are_no_rounds_of_the_movement():
    outline = plan("I. HỒ SƠ\n- Đợt 1: chậm nhất ngày 30/4/2024.\n- Đợt 2: chậm nhất ngày 31/5/2024.")

    assert rounds(outline) == []


def test_the_span_of_an_anniversary_is_no_period():
    outline = plan(
        "I. MỤC ĐÍCH\nThi đua chào mừng kỷ niệm 70 năm ngày truyền thống (10/10/1954 - 10/10/2024)."
    )

    assert (rounds(outline), ends(outline)) == ([], None)


def test_a_title_tells_the_quarter_when_nothing_else_does():
    outline = plan("I. NỘI DUNG\n1. Trồng cây.", title="Phát động đợt thi đua quý II/2024")

    assert ends(outline) == ("2024-Q2", "2024-Q2", True)


def test_a_row_of_a_table_may_be_a_round():
    outline = plan(
        "I. PHÂN CÔNG\n\n| TT | Nội dung | Chủ trì | Thời hạn |\n|---|---|---|---|\n"
        "| 1 | Đợt cao điểm “30 ngày về đích” | Đội 1 | 01/11 - 30/11/2024 |\n"
    )

    assert rounds(outline) == [("30 ngày về đích", "2024-11-01", "2024-11-30")]


def test_a_document_that_launches_nothing_has_no_rounds():
    outline = plan(
        "Điều 1. Thời gian\nĐợt 1: từ 01/01/2024 đến 30/6/2024.", kind="QUY CHẾ", title="Xét khen thưởng"
    )

    assert (rounds(outline), ends(outline)) == ([], None)


def test_two_quarters_named_together_are_one_round():
    outline = plan(
        "I. CÁC ĐỢT THI ĐUA\n1. Đợt I (quý I và quý II): mừng Đảng.\n2. Đợt II (quý III): nước rút."
    )

    assert [(one.from_, one.to) for one in read_phases(outline)] == [
        ("2024-Q1", "2024-Q2"),
        ("2024-Q3", "2024-Q3"),
    ]


def test_rounds_may_say_their_ends_alone_and_a_beginning_may_be_an_event():
    outline = plan(
        "Đợt 1 kết thúc vào ngày 30/6/2024, đợt 2 kết thúc vào ngày 15/12/2024.", kind="LỜI PHÁT ĐỘNG"
    )

    assert [one.to for one in read_phases(outline)] == ["2024-06-30", "2024-12-15"]


def test_the_span_in_another_movements_name_is_no_period():
    title = "Triển khai phong trào “Xây dựng xã hội học tập giai đoạn 2023 - 2030” năm 2025"

    assert read_period(plan("I. NỘI DUNG\n1. Trồng cây.", title=title)) is None


def test_what_the_plan_rests_on_has_its_own_span():
    basis = (
        "Thực hiện Quyết định số 539/QĐ-TTg ngày 19/4/2024 về tổ chức Phong trào thi đua “Xóa nhà tạm”"
        " từ nay đến năm 2025;"
    )

    assert read_period(plan(f"{basis}\nI. NỘI DUNG\n1. Trồng cây.")) is None


def test_a_week_of_the_contents_is_not_the_movements_time():
    body = "I. NỘI DUNG\n1. Tổ chức “Tuần lễ cao điểm” từ ngày 14 đến ngày 20/7/2024."

    assert read_period(plan(body)) is None


def test_each_round_has_its_own_occasions():
    body = (
        "I. THỜI GIAN\n1. Đợt 1 từ ngày 01/3/2024 đến 19/5/2024, chào mừng 134 năm Ngày sinh Bác Hồ."
        " Đợt 2 từ ngày 20/5/2024 đến 20/11/2024, chào mừng 42 năm Ngày Nhà giáo Việt Nam."
    )

    assert [one.occasions for one in read_phases(plan(body))] == [
        ("134 năm Ngày sinh Bác Hồ",),
        ("42 năm Ngày Nhà giáo Việt Nam",),
    ]


SCANNED = (
    "I. THỜI GIAN\n"
    "- Đợt 1: từ ngày 0l/12/2024 đến ngày 30/5/2025.\n"
    "- Đọt 2: từ ngày 01/6/2025 đến ngày 31/10/2025.\n"
)


def test_rounds_whose_dates_or_names_a_machine_blurred_are_read_and_doubted():
    outline = plan(SCANNED, title="Phát động phong trào thi đua giai đoạn 2024 - 2025")

    reading = read(outline.source)

    assert [(one.name, one.from_, one.to, one.confidence) for one in reading.lists["phases"]] == [
        ("Đợt 1", "2024-12-01", "2025-05-30", "check"),
        ("Đọt 2", "2025-06-01", "2025-10-31", "check"),
    ]
    assert (reading.period.from_, reading.period.to, reading.period.confidence) == (
        "2024-12-01",
        "2025-10-31",
        "check",
    )
    assert [(one.seen, one.means) for one in reading.lists["noise"]] == [
        ("0l/12/2024", "01/12/2024"),
        ("Đọt 2", "Đợt 2"),
    ]


@pytest.mark.parametrize(
    ("name", "meant"),
    [("Đợt Z", "Đợt 2"), ("Đot 2", "Đợt 2"), ("Giai đoan 2", "Giai đoạn 2"), ("Đợt l", "Đợt 1")],
)
def test_a_blurred_name_of_a_round_is_told(name, meant):
    reading = read(plan(f"I. THỜI GIAN\n- {name}: từ 01/6/2024 đến 31/10/2024.\n").source)

    assert [(one.name, one.confidence) for one in reading.lists["phases"]] == [(name, "check")]
    assert [(one.seen, one.means) for one in reading.lists["noise"]] == [(name, meant)]


def test_a_round_without_an_end_the_others_have_is_doubted():
    first, second = read_phases(
        plan(
            "I. CÁC ĐỢT\n1. Đợt 1: từ 01/02/2024 đến 30/5/2024.\n2. Đợt 2\n"
            "- Thời gian: bắt đầu từ ngày 01/6/2024.\n"
        )
    )

    assert (first.confidence, second.confidence, second.to) == ("sure", "check", None)


def test_a_gap_in_the_numbers_of_the_rounds_is_doubted():
    rounds = "- Đợt {}: từ 01/02/2024 đến 30/5/2024.\n- Đợt {}: từ 01/8/2024 đến 31/12/2024.\n"

    assert [
        [one.confidence for one in read_phases(plan(f"I. CÁC ĐỢT\n{rounds.format(*numbers)}"))]
        for numbers in ((1, 2), (1, 3), ("I", "III"), (2, 3))
    ] == [["sure", "sure"], ["sure", "check"], ["sure", "check"], ["check", "sure"]]


def test_a_deadline_with_a_blurred_day_is_read_and_doubted():
    reading = read(plan("I. NỘI DUNG\n1. Hoàn thành số hóa trước ngày 3O/6/2024.\n").source)

    assert [(one.due, one.confidence, one.place.quote) for one in reading.lists["deadlines"]] == [
        ("2024-06-30", "check", "Hoàn thành số hóa trước ngày 3O/6/2024")
    ]


def test_the_words_of_an_item_stay_as_they_stand():
    text = "I. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ hoàn thành trước ngày 3O/6/2024.\n"

    (body,) = read(plan(text).source).lists["responsibilities"]

    assert [duty.text_start for duty in body.duties] == ["hoàn thành trước ngày 3O/6/2024."]


@pytest.mark.parametrize(
    ("heads", "rows", "expected"),
    [
        (
            ("Đợt", "Chủ đề", "Thời gian"),
            [("1", "Mừng Đảng", "01/01/2024 – 03/02/2024"), ("2", "Hè xanh", "từ 01/6 đến 31/8/2024")],
            [
                ("Đợt 1", "2024-01-01", "2024-02-03", "Mừng Đảng"),
                ("Đợt 2", "2024-06-01", "2024-08-31", "Hè xanh"),
            ],
        ),
        (
            ("STT", "Giai đoạn", "Thời gian thực hiện", "Nội dung trọng tâm"),
            [
                ("1", "Giai đoạn I", "01/3 - 31/5/2024", "Ra quân"),
                ("2", "Tăng tốc", "Quý III/2024", "Về đích"),
            ],
            [("Giai đoạn I", "2024-03-01", "2024-05-31", None), ("Tăng tốc", "2024-Q3", "2024-Q3", None)],
        ),
        (
            ("STT", "Đợt thi đua", "Thời gian"),
            [("1", "Đợt 1: “Xuân ấm”", "01/01 - 29/02/2024")],
            [("Đợt 1", "2024-01-01", "2024-02-29", "Xuân ấm")],
        ),
        (
            ("Học kỳ", "Thời gian", "Ghi chú"),
            [("I", "05/9/2024 - 12/01/2025", "(17/10/1966 - 17/10/2024)")],
            [("Học kỳ I", "2024-09-05", "2025-01-12", None)],
        ),
        (
            ("Tháng", "Chủ điểm", "Hoạt động"),
            [("Tháng 3/2024", "Tiến bước lên Đoàn", "Hội trại")],
            [("Tháng 3/2024", "2024-03", "2024-03", "Tiến bước lên Đoàn")],
        ),
    ],
)
def test_a_table_of_rounds_tells_each_with_its_theme(heads, rows, expected):
    lines = "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *rows))
    outline = plan(f"II. CÁC ĐỢT THI ĐUA\n\n{lines}\n")

    found = read_phases(outline)
    assert [(one.name, one.from_, one.to, one.theme) for one in found] == expected
    assert quotes_stand_in_text(outline, found)
    assert read_deadlines(outline) == []


@pytest.mark.parametrize(
    "table",
    [
        "| Đợt | Số hồ sơ | Thời gian nộp hồ sơ |\n|---|---|---|\n| 1 | 12 | 01/3 - 31/3/2024 |",
        "| Tháng | Nội dung | Thời gian |\n|---|---|---|\n| 3 | Tổng vệ sinh | 01/3 - 05/3/2024 |",
    ],
)
def test_a_table_of_terms_or_of_months_without_themes_has_no_rounds(table):
    assert read_phases(plan(f"V. TỔ CHỨC THỰC HIỆN\n\n{table}\n")) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "- Cao điểm 1: Từ 01/02 đến 15/02/2024 (trước Tết);\n- Cao điểm 2: Từ 15/4 đến 19/5/2024.",
            [("Cao điểm 1", "2024-02-01", "2024-02-15"), ("Cao điểm 2", "2024-04-15", "2024-05-19")],
        ),
        (
            "- Học kỳ I: từ ngày 15/01/2024 đến ngày 31/5/2024;\n- Học kỳ II: từ 05/9 đến 31/12/2024.",
            [("Học kỳ I", "2024-01-15", "2024-05-31"), ("Học kỳ II", "2024-09-05", "2024-12-31")],
        ),
        ("a) Quý I (từ 01/01 đến 31/3/2024): ra quân.", [("Quý I", "2024-01-01", "2024-03-31")]),
        (
            "- Kỳ 1: 01/01 - 30/6/2024.\n- Kỳ 2: 01/7 - 31/12/2024.",
            [("Kỳ 1", "2024-01-01", "2024-06-30"), ("Kỳ 2", "2024-07-01", "2024-12-31")],
        ),
    ],
)
def test_rounds_have_many_names_below_a_heading_of_time(lines, expected):
    outline = plan(f"II. THỜI GIAN\nTừ tháng 01 đến tháng 12 năm 2024, gồm:\n{lines}")

    found = read_phases(outline)
    assert [(one.name, one.from_, one.to) for one in found] == expected
    assert quotes_stand_in_text(outline, found)
    assert read_deadlines(outline) == []
    assert ends(outline) == ("2024-01", "2024-12", False)


@pytest.mark.parametrize(
    "sentence",
    [
        "II. NỘI DUNG\n1. Quý I: phát động; từ 01/4 đến 15/4/2024 kiểm tra.",
        "II. THỜI GIAN\nTừ tháng 3 đến tháng 9/2024, cao điểm 30 ngày trong tháng 5.",
        "II. NỘI DUNG\n1. Học kỳ I: thi giáo viên giỏi từ 01/10 đến 15/10/2024.",
    ],
)
def test_a_time_of_the_year_alone_is_no_round(sentence):
    assert read_phases(plan(sentence)) == []


@pytest.mark.parametrize(
    ("time", "rounds", "period"),
    [
        (
            "1. Giai đoạn 1 (2023 - 2024): phát động.\n2. Giai đoạn 2 (2025 - 2026): tổng kết.",
            [("Giai đoạn 1", "2023", "2024"), ("Giai đoạn 2", "2025", "2026")],
            ("2023", "2026"),
        ),
        (
            "1. Giai đoạn 2023 - 2024: phát động phong trào.\n2. Giai đoạn 2025 - 2026: tổng kết.",
            [("Giai đoạn 2023 - 2024", "2023", "2024"), ("Giai đoạn 2025 - 2026", "2025", "2026")],
            ("2023", "2026"),
        ),
        (  # the peak is inside the time of the whole
            "Từ tháng 01 đến hết tháng 12/2025. Cao điểm từ ngày 01/3/2025 đến ngày 31/3/2025 nhân dịp kỷ niệm.",
            [("Cao điểm", "2025-03-01", "2025-03-31")],
            ("2025-01", "2025-12"),
        ),
        (  # nothing says when the first round begins
            "- Đợt 1: đến hết ngày 30/6/2025.\n- Đợt 2: từ ngày 01/7/2025 đến ngày 31/12/2025.",
            [("Đợt 1", None, "2025-06-30"), ("Đợt 2", "2025-07-01", "2025-12-31")],
            (None, "2025-12-31"),
        ),
    ],
)
def test_rounds_of_years_and_the_peak_are_read_with_both_ends(time, rounds, period):
    outline = plan(f"IV. THỜI GIAN\n{time}")

    told = read_period(outline)

    assert [(one.name, one.from_, one.to) for one in read_phases(outline)] == rounds
    assert told is not None
    assert (told.from_, told.to) == period
