import pytest

from core.plans.writing import plan, quotes_stand_in_text
from thidua.core.plans.deadlines import read_deadlines


def read(sentence, **more):
    return read_deadlines(plan(f"I. TỔ CHỨC THỰC HIỆN\n1. Phòng Nội vụ\n- {sentence}", **more))


@pytest.mark.parametrize(
    ("sentence", "relation", "due"),
    [
        ("Gửi hồ sơ về Sở trước ngày 20/11/2024.", "before", "2024-11-20"),
        ("Xây dựng kế hoạch, hoàn thành xong trước 31/3/2024.", "before", "2024-03-31"),
        ("Nộp báo cáo chậm nhất ngày 10/12/2024.", "by", "2024-12-10"),
        ("Nộp báo cáo chậm nhất là vào ngày 10/12/2024.", "by", "2024-12-10"),
        ("Hạn cuối nhận hồ sơ: 15/10/2024.", "by", "2024-10-15"),
        ("Nhận bài dự thi đến hết ngày 30/9/2024.", "until", "2024-09-30"),
        ("Tổ chức sơ kết trong tháng 7/2024.", "on", "2024-07"),
        ("Tổng kết phong trào vào quý IV năm 2024.", "on", "2024-Q4"),
        ("Sơ kết: tuần đầu tháng 7/2024.", "on", "2024-07"),
        ("Ngày 05/02/2024: tổ chức lễ phát động.", "on", "2024-02-05"),
        ("Tổng kết trong tháng 01 năm 2025.", "on", "2025-01"),
        ("Đăng ký thi đua ngay từ đầu năm.", "at_start", "2024"),
        ("Gửi đề nghị trước ngày 31/3 hằng năm.", "before", "--03-31"),
        ("Gửi báo cáo trước ngày 15/01 năm sau.", "before", "2025-01-15"),
    ],
)
def test_the_words_before_a_date_tell_the_deadline(sentence, relation, due):
    assert [(one.relation, one.due) for one in read(sentence)] == [(relation, due)]


def test_a_deadline_tells_what_who_and_the_hour():
    (found,) = read("Các xã gửi hồ sơ về Phòng trước 16 giờ 30 ngày 12/12/2024 (tính theo dấu bưu điện).")

    assert (found.what, found.who, found.time) == ("Các xã gửi hồ sơ về Phòng", "Các xã", "16:30")
    assert found.place.quote.endswith("(tính theo dấu bưu điện)")


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Ban hành kế hoạch trước ngày 28/02/2024 và gửi Phòng 01 bản.", "Phòng Nội vụ"),
        ("Báo cáo sơ kết Đợt I gửi trước ngày 05/7/2024.", "Phòng Nội vụ"),
        ("Hội nghị ký giao ước tổ chức vào ngày 12/3/2024.", "Phòng Nội vụ"),
        ("Các xã trong thời hạn 15 ngày gửi hồ sơ trước ngày 12/12/2024.", "Các xã"),
        ("Mỗi xã nhận giúp 02 thôn mới thành lập xong trước ngày 12/12/2024.", "Mỗi xã"),
        ("Mỗi xã có 01 công trình chào mừng, hoàn thành trước ngày 25/8/2024.", "Mỗi xã"),
        ("Ban Tổ chức gửi báo cáo trước ngày 12/12/2024.", "Ban Tổ chức"),
        ("Tổ chức công đoàn các cấp gửi báo cáo trước ngày 12/12/2024.", "Tổ chức công đoàn các cấp"),
    ],
)
def test_work_that_only_sounds_like_a_body_does_not_act(sentence, who):
    assert [one.who for one in read(sentence)] == [who]


def test_the_heading_tells_who_when_the_clause_does_not():
    assert [one.who for one in read("Trình danh sách trước ngày 01/12/2024.")] == ["Phòng Nội vụ"]


@pytest.mark.parametrize(
    ("sentence", "relation", "offset", "event"),
    [
        ("Báo cáo chậm nhất 05 ngày sau khi kết thúc đợt.", "after", "05 ngày", "kết thúc đợt"),
        (
            "Trong thời hạn 10 ngày làm việc kể từ ngày nhận đủ hồ sơ, thẩm định xong.",
            "after",
            "10 ngày làm việc",
            "nhận đủ hồ sơ",
        ),
        (
            "Gửi hồ sơ trước 30 ngày làm việc so với ngày tổ chức hội nghị.",
            "before",
            "30 ngày làm việc",
            "ngày tổ chức hội nghị",
        ),
        ("Gửi danh sách chậm nhất 03 ngày trước khi khai mạc.", "before", "03 ngày", "khai mạc"),
    ],
)
def test_a_deadline_may_hang_on_an_event(sentence, relation, offset, event):
    found = read(sentence)

    assert [(one.relation, one.offset, one.due_event, one.due) for one in found] == [
        (relation, offset, event, None)
    ]


def test_a_review_may_be_held_with_another():
    (found,) = read("Tổ chức sơ kết cùng với sơ kết công tác 06 tháng đầu năm 2024.")

    assert (found.relation, found.due, found.due_event) == (
        "with",
        "2024-H1",
        "sơ kết công tác 06 tháng đầu năm 2024",
    )


def test_a_launching_letter_counts_days_from_its_own_day():
    letter = plan(
        "Một là, chậm nhất 10 ngày sau lễ phát động, các đơn vị gửi bản đăng ký.",
        kind="LỜI PHÁT ĐỘNG THI ĐUA",
        title="Lập thành tích năm 2024",
    )

    assert [(one.due, one.offset, one.derived) for one in read_deadlines(letter)] == [
        ("2024-01-20", "10 ngày", True)
    ]


def test_a_meeting_held_again_and_again_is_a_deadline_and_a_report_is_not():
    found = read("Họp giao ban mỗi quý một lần; báo cáo ngày 20 hằng tháng về Sở.")

    assert [(one.relation, one.recurring) for one in found] == [("quarterly", "mỗi quý một lần")]


def test_dates_in_a_row_share_what_is_said_once():
    found = read("Báo cáo kết quả về Sở trước ngày 20/6 và ngày 20/12 hằng năm.")

    assert [(one.due, one.what) for one in found] == [
        ("--06-20", "Báo cáo kết quả về Sở"),
        ("--12-20", "Báo cáo kết quả về Sở"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện Quyết định số 84/QĐ-BNL ngày 31/01/2024 của Bộ.",
        "Tổng nợ đến 31/12/2024 không quá 5% tổng thu.",
        "Chào mừng kỷ niệm 70 năm ngày truyền thống (10/10/1954 - 10/10/2024).",
        "Thực hiện nhiệm vụ trọng tâm trong năm 2024.",
        "Số liệu báo cáo tính đến 31/5/2024.",
        "Hoàn thành trước thời hạn ít nhất 15 ngày.",
        "Gửi báo cáo trước ngày 31/02/2024.",
    ],
)
def test_other_dates_are_no_deadlines(sentence):
    assert read(sentence) == []


def test_the_rounds_and_the_period_are_no_deadlines():
    outline = plan("I. THỜI GIAN\nTừ 01/02/2024 đến hết 30/11/2024.\n- Đợt 1: từ 01/02/2024 đến 30/6/2024.")

    assert read_deadlines(outline) == []


def test_a_table_of_tasks_gives_its_dates():
    outline = plan(
        "I. PHÂN CÔNG\n\n| TT | Nội dung | Chủ trì | Thời hạn |\n|---|---|---|---|\n"
        "| 1 | Lễ phát động | Đội 1 | 01/3/2024 |\n| 2 | Đăng ký | Các Đội | Trước 15/3/2024 |\n"
        "| 3 | Họp giao ban | Đội 2 | Hằng quý |\n"
    )

    found = read_deadlines(outline)

    assert [(one.what, one.who, one.relation, one.due or one.recurring) for one in found] == [
        ("Lễ phát động", "Đội 1", "on", "2024-03-01"),
        ("Đăng ký", "Các Đội", "before", "2024-03-15"),
        ("Họp giao ban", "Đội 2", "quarterly", "Hằng quý"),
    ]
    assert quotes_stand_in_text(outline, found)


@pytest.mark.parametrize(
    ("heads", "row", "expected"),
    [
        (
            ("TT", "Hạng mục", "Đơn vị thực hiện", "Hoàn thành trước"),
            ("1", "Cầu Bản Vược", "Đội 3", "15/9/2024"),
            ("Cầu Bản Vược", "before", "2024-09-15"),
        ),
        (
            ("Phần việc", "Trước ngày"),
            ("Đăng ký thi đua", "15/3/2024"),
            ("Đăng ký thi đua", "before", "2024-03-15"),
        ),
        (
            ("Sản phẩm", "Cơ quan chủ trì", "Chậm nhất ngày"),
            ("Báo cáo sơ kết", "Sở Nội vụ", "10/7/2024"),
            ("Báo cáo sơ kết", "by", "2024-07-10"),
        ),
        (
            ("Hoạt động", "Sản phẩm", "Tiến độ"),
            ("Khảo sát", "Phiếu khảo sát", "Tháng 5/2024"),
            ("Khảo sát", "on", "2024-05"),
        ),
        (
            ("Công trình", "Hoàn thành trước"),
            ("Nhà văn hóa", "Trong tháng 6/2024"),
            ("Nhà văn hóa", "on", "2024-06"),
        ),
    ],
)
def test_the_heads_of_a_table_tell_what_its_dates_mean(heads, row, expected):
    lines = "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), row))
    outline = plan(f"I. PHÂN CÔNG\n\n{lines}\n")

    found = read_deadlines(outline)
    assert [(one.what, one.relation, one.due) for one in found] == [expected]
    assert quotes_stand_in_text(outline, found)


@pytest.mark.parametrize(
    ("sentence", "relation", "due"),
    [
        ("Cục Dự trữ xây dựng phương án xong trong tháng 12/2024.", "on", "2024-12"),
        ("Giao lưu thể thao: quý II/2024.", "on", "2024-Q2"),
        ("Đoàn xã ra quân ngày 01/6/2024.", "on", "2024-06-01"),
        ("Tổ chức tổng kết vào cuối năm 2025.", "on", "2025"),
    ],
)
def test_what_is_held_or_labelled_tells_its_day(sentence, relation, due):
    assert [(one.relation, one.due) for one in read(sentence)] == [(relation, due)]


def test_the_last_date_of_a_clause_may_say_that_all_come_again():
    found = read("Tổ chức sơ kết trước ngày 15/7, tổng kết trước ngày 15/12 hằng năm.")

    assert [one.due for one in found] == ["--07-15", "--12-15"]


def test_a_quote_begins_near_what_is_to_be_done():
    found = read(
        "Ủy ban nhân dân các xã, phường tham mưu cấp ủy, phối hợp các đoàn thể phát động xong trước 30/5/2024."
    )

    assert [one.place.quote for one in found] == ["phối hợp các đoàn thể phát động xong trước 30/5/2024"]


@pytest.mark.parametrize(
    ("sentence", "what", "who", "event", "offset"),
    [
        (
            "Sau khi kết thúc chặng 1, trong vòng 05 ngày làm việc, các xã báo cáo sơ kết.",
            "các xã báo cáo sơ kết",
            "các xã",
            "kết thúc chặng 1",
            "05 ngày làm việc",
        ),
        (
            "Sau mỗi đợt thi đua 05 ngày, các đơn vị gửi báo cáo.",
            "các đơn vị gửi báo cáo",
            "các đơn vị",
            "mỗi đợt thi đua",
            "05 ngày",
        ),
    ],
)
def test_an_event_that_leads_the_sentence_is_not_the_work(sentence, what, who, event, offset):
    assert [(one.what, one.who, one.due_event, one.offset) for one in read(sentence)] == [
        (what, who, event, offset)
    ]


def test_the_second_term_of_a_sentence_keeps_its_bearer_and_drops_the_joining_word():
    found = read("Các xã phát động xong trước ngày 25/3/2024 và gửi kế hoạch chậm nhất ngày 30/3/2024.")

    assert [(one.what, one.who) for one in found] == [
        ("Các xã phát động", "Các xã"),
        ("gửi kế hoạch", "Các xã"),
    ]


def test_a_remark_between_two_days_is_no_work_of_its_own():
    found = read("Báo cáo kết quả trước ngày 05/9/2024 (sơ kết) và trước ngày 01/12/2024 (tổng kết).")

    assert [one.what for one in found] == ["Báo cáo kết quả", "Báo cáo kết quả"]


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        (
            "Lễ phát động tổ chức vào Tháng Công nhân (dự kiến ngày 28/4/2024).",
            "Lễ phát động tổ chức vào Tháng Công nhân",
        ),
        ("Báo cáo tổng kết: gửi trước 15/11/2024.", "Báo cáo tổng kết"),
    ],
)
def test_the_work_ends_where_its_words_end(sentence, what):
    assert [one.what for one in read(sentence)] == [what]


def test_a_paper_called_ban_is_no_village():
    (found,) = read_deadlines(plan("I. ĐĂNG KÝ\n1. Bản đăng ký thi đua gửi về Sở trước ngày 20/3/2024."))

    assert found.who is None


def test_the_term_of_the_dossier_counts_wherever_it_stands():
    body = "I. KHEN THƯỞNG\n1. Tiêu chuẩn: hoàn thành chỉ tiêu.\nHồ sơ gồm: Tờ trình; gửi về Sở trước ngày 30/6/2024."

    assert [one.due for one in read_deadlines(plan(body))] == ["2024-06-30"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1. Quý III/2024: phát động phong trào.", ("phát động phong trào", "2024-Q3", None)),
        (
            "1. Tháng 7 hằng năm: các đơn vị báo cáo kết quả.",
            ("các đơn vị báo cáo kết quả", "--07", "yearly"),
        ),
    ],
)
def test_a_line_may_begin_with_its_time(line, expected):
    (found,) = read_deadlines(plan(f"I. TIẾN ĐỘ\n{line}"))

    assert (found.what, found.due, found.recurring) == expected


def test_who_acts_may_stand_behind_the_event_that_leads():
    (found,) = read("Kết thúc đợt thi đua, các đơn vị gửi báo cáo trước ngày 05/12/2024.")

    assert found.who == "các đơn vị"


def test_so_many_days_may_follow_the_event_they_precede():
    (found,) = read("Các thành viên gửi báo cáo trước hội nghị tổng kết ít nhất 15 ngày.")

    assert (found.relation, found.due_event, found.offset) == ("before", "hội nghị tổng kết", "15 ngày")


def test_a_festival_named_before_the_day_does_not_hide_the_term():
    found = read_deadlines(
        plan("- Các khu phố tổ chức Ngày hội Đại đoàn kết toàn dân tộc trước ngày 18/11/2024.")
    )

    assert [(one.relation, one.due) for one in found] == [("before", "2024-11-18")]


def test_what_is_to_be_done_may_stand_in_an_earlier_part_of_the_sentence():
    outline = plan(
        "Mọi đóng góp xin gửi về: Ban Vận động, số tài khoản 3761; hoặc trực tiếp tại Văn phòng phường "
        "(gặp bà Lê Thị Mến) đến hết ngày 31/12/2024.",
        kind="LỜI KÊU GỌI",
    )

    found = read_deadlines(outline)
    assert [(one.relation, one.due) for one in found] == [("until", "2024-12-31")]
    assert quotes_stand_in_text(outline, found)


def test_the_day_of_a_figure_in_a_later_part_of_a_sentence_is_no_term():
    found = read_deadlines(
        plan("1. Gửi lời cảm ơn các nhà hảo tâm; số tiền nhận được tính đến hết ngày 31/12/2024.")
    )

    assert found == []
