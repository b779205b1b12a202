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
