import pytest

from core.plans.writing import plan
from thidua.core.plans.duties import read_responsibilities


def charged(outline):
    return [(one.body, [duty.text_start for duty in one.duties]) for one in read_responsibilities(outline)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("1. Sở Nội vụ\n- Theo dõi.\n- Đôn đốc.", [("Sở Nội vụ", ["Theo dõi.", "Đôn đốc."])]),
        ("1. Sở Nội vụ: theo dõi; đôn đốc.", [("Sở Nội vụ", ["theo dõi; đôn đốc."])]),
        (
            "1. Các xã: lập kế hoạch trước ngày 05/3/2024; báo cáo ngày 20 hằng tháng.",
            [("Các xã", ["lập kế hoạch trước ngày 05/3/2024", "báo cáo ngày 20 hằng tháng."])],
        ),
        ("1. Các trường nộp báo cáo cuối kỳ.", [("Các trường", ["nộp báo cáo cuối kỳ."])]),
        (
            "1. Trên cơ sở Kế hoạch này, Hội đồng Thi đua - Khen thưởng Sở tham mưu khen thưởng.",
            [("Hội đồng Thi đua - Khen thưởng Sở", ["tham mưu khen thưởng."])],
        ),
        (
            "1. Trưởng các phòng căn cứ Kế hoạch này và chương trình công tác năm triển khai đến viên chức.",
            [("Trưởng các phòng", ["triển khai đến viên chức."])],
        ),
        (
            "1. Giao Văn phòng Sở chủ trì các nhiệm vụ sau:\n- Theo dõi.\n- Đôn đốc.",
            [("Văn phòng Sở", ["Theo dõi.", "Đôn đốc."])],
        ),
        (
            "1. Đề nghị Mặt trận Tổ quốc xã vận động hội viên.",
            [("Mặt trận Tổ quốc xã", ["vận động hội viên."])],
        ),
        ("1. Các tổ chức đoàn thể vận động hội viên.", [("Các tổ chức đoàn thể", ["vận động hội viên."])]),
        ("1. Tổng đội Sao Mai: triển khai kế hoạch.", [("Tổng đội Sao Mai", ["triển khai kế hoạch."])]),
        ("1. Kinh phí: từ quỹ của bản.", []),
    ],
)
def test_a_body_and_its_duties_are_read_from_headings_labels_and_sentences(lines, expected):
    assert charged(plan(f"I. NỘI DUNG\n1. Trồng cây.\nII. TỔ CHỨC THỰC HIỆN\n{lines}")) == expected


def test_a_body_named_twice_has_all_its_duties():
    outline = plan(
        "I. TỔ CHỨC THỰC HIỆN\n1. Các xã lập kế hoạch.\n2. Văn phòng tổng hợp.\n3. Các xã báo cáo."
    )

    assert charged(outline) == [("Các xã", ["lập kế hoạch.", "báo cáo."]), ("Văn phòng", ["tổng hợp."])]


def test_the_closing_sentence_is_no_duty():
    outline = plan("I. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ: theo dõi.\nTrên đây là Kế hoạch thi đua năm 2024./.")

    assert charged(outline) == [("Sở Nội vụ", ["theo dõi."])]


def test_a_task_table_charges_who_leads():
    outline = plan("I. PHÂN CÔNG\n| TT | Nội dung | Chủ trì |\n|---|---|---|\n| 1 | Hội thi | Tổ văn nghệ |")

    assert charged(outline) == [("Tổ văn nghệ", ["Hội thi"])]


def test_an_article_of_a_regulation_charges_a_body():
    outline = plan(
        "Điều 3. Cụm thi đua\n1. Khối, Cụm thi đua có nhiệm vụ:\na) Ký giao ước.\n2. Cụm trưởng chủ trì các hoạt động.",
        kind="QUY CHẾ",
        title="Tổ chức Cụm thi đua",
    )

    assert charged(outline) == [
        ("Khối, Cụm thi đua", ["Ký giao ước."]),
        ("Cụm trưởng", ["chủ trì các hoạt động."]),
    ]


def test_a_call_without_headings_charges_whom_it_asks():
    outline = plan(
        "Một là, thi đua lao động giỏi.\n\nTôi đề nghị các hợp tác xã đăng ký thi đua. "
        "Kết thúc mỗi đợt, các đơn vị tổ chức sơ kết.",
        kind="LỜI PHÁT ĐỘNG",
    )

    assert charged(outline) == [
        ("các hợp tác xã", ["đăng ký thi đua."]),
        ("các đơn vị", ["tổ chức sơ kết."]),
    ]


def test_what_every_letter_ends_with_is_no_duty():
    outline = plan("Yêu cầu các đơn vị nghiêm túc triển khai thực hiện./.")

    assert charged(outline) == []


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("1. Văn phòng Đăng ký đất đai là đơn vị chủ trì.", "Văn phòng Đăng ký đất đai"),
        ("1. Thủ trưởng các cơ quan định kỳ ngày 25 hằng tháng báo cáo Bộ.", "Thủ trưởng các cơ quan"),
        ("1. Đảng đoàn Mặt trận Tổ quốc tỉnh lãnh đạo vận động Nhân dân.", "Đảng đoàn Mặt trận Tổ quốc tỉnh"),
    ],
)
def test_a_name_ends_where_its_work_begins(line, body):
    assert [name for name, _ in charged(plan(f"I. TỔ CHỨC THỰC HIỆN\n{line}"))] == [body]


def test_the_basis_a_duty_rests_on_is_no_part_of_it():
    outline = plan("I. TỔ CHỨC THỰC HIỆN\n1. Các chi bộ: căn cứ Kế hoạch này xây dựng kế hoạch của đơn vị.")

    assert charged(outline) == [("Các chi bộ", ["xây dựng kế hoạch của đơn vị."])]


def test_an_article_of_a_launching_decision_may_be_a_sentence():
    outline = plan(
        "Điều 1. Phát động phong trào thi đua.\nĐiều 2. Giao Sở Nội vụ chủ trì, hướng dẫn các đơn vị thực hiện.\n"
        "Điều 3. Chánh Văn phòng, Giám đốc các sở chịu trách nhiệm thi hành Quyết định này.",
        kind="QUYẾT ĐỊNH",
        title="Về việc phát động phong trào thi đua năm 2024",
    )

    assert [name for name, _ in charged(outline)] == ["Sở Nội vụ"]


def test_a_list_of_bodies_heads_the_duties_below_it():
    outline = plan(
        "I. TỔ CHỨC THỰC HIỆN\n1. Thủ trưởng các sở; Chủ tịch Ủy ban nhân dân các xã:\n"
        "a) Căn cứ Chỉ thị này xây dựng kế hoạch, tổ chức phát động;\nb) Sơ kết phong trào."
    )

    assert [name for name, _ in charged(outline)] == ["Thủ trưởng các sở; Chủ tịch Ủy ban nhân dân các xã"]


def test_in_a_directive_without_headings_a_day_or_an_order_makes_a_duty():
    outline = plan(
        "Thứ nhất, thi đua lập công.\n\nTrưởng các phòng phát động xong trước ngày 31/12/2024. "
        "Các ngành đã hoàn thành trước ngày 05/01/2024.\n\nGiao Văn phòng theo dõi.",
        kind="CHỈ THỊ",
    )

    assert [name for name, _ in charged(outline)] == ["Trưởng các phòng", "Văn phòng"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "5. Cục Công nghệ thông tin bảo đảm hạ tầng; Cục Hành chính tư pháp hướng dẫn trước 31/12/2026.",
            [
                ("Cục Công nghệ thông tin", ["bảo đảm hạ tầng"]),
                ("Cục Hành chính tư pháp", ["hướng dẫn trước 31/12/2026."]),
            ],
        ),
        (
            "1. Sở Nội vụ: theo dõi; Sở Tài chính bố trí kinh phí.",
            [("Sở Nội vụ", ["theo dõi"]), ("Sở Tài chính", ["bố trí kinh phí."])],
        ),
        (
            "1. Sở Nội vụ theo dõi; Ban hành hướng dẫn; tổ chức tập huấn; báo cáo Bộ Nội vụ.",
            [("Sở Nội vụ", ["theo dõi; Ban hành hướng dẫn; tổ chức tập huấn; báo cáo Bộ Nội vụ."])],
        ),
        (
            "1. Văn phòng Bộ tổng hợp kết quả; hồ sơ gửi Vụ Tổ chức cán bộ; Vụ Tổ chức cán bộ, Thanh tra Bộ.",
            [
                (
                    "Văn phòng Bộ",
                    ["tổng hợp kết quả; hồ sơ gửi Vụ Tổ chức cán bộ; Vụ Tổ chức cán bộ, Thanh tra Bộ."],
                )
            ],
        ),
    ],
)
def test_a_second_body_behind_a_semicolon_has_its_own_duty(line, expected):
    found = read_responsibilities(plan(f"I. NỘI DUNG\n1. Trồng cây.\nII. TỔ CHỨC THỰC HIỆN\n{line}"))

    words = [(one.body, [duty.place.quote for duty in one.duties]) for one in found]
    assert words == expected


@pytest.mark.parametrize(
    "body",
    ["Các cơ sở y tế", "Các chủ đầu tư", "Các hộ kinh doanh", "Các khu dân cư", "Các chợ", "Các nhà thầu"],
)
def test_a_group_of_whatever_noun_has_the_duties_below_it(body):
    section = f"I. TỔ CHỨC THỰC HIỆN\n1. {body}:\n- Đăng ký thi đua.\n- Gửi báo cáo trước ngày 10/5/2024."

    found = read_responsibilities(plan(section))

    assert [(one.body, len(one.duties)) for one in found] == [(body, 2)]


def test_a_duty_said_once_is_told_once():
    body = (
        "I. TỔ CHỨC THỰC HIỆN\n1. Cụm trưởng\n- Chủ trì điều hành hoạt động của Cụm.\n"
        "2. Cụm trưởng: chủ trì họp Cụm."
    )

    (found,) = read_responsibilities(plan(body))

    places = [one.place.start for one in found.duties]
    assert len(places) == len(set(places))
