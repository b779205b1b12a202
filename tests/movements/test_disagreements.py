import pytest

from thidua.movements.disagreements import doubts_among


def told(*rows):
    return {place: [str(doubt.text) for doubt in doubts] for place, doubts in doubts_among(rows).items()}


def deadline(what, due, who=""):
    value = {"what": what, "relation": "by", "due": due}
    return "deadlines", value | ({"who": who} if who else {})


def basis(number, day="2026-01-20"):
    return "legal_basis", {"role": "cited", "type": "CHI_THI", "number": number, "date": day}


def phase(name, start, end):
    return "phases", {"name": name, "from": start, "to": end}


def test_rounds_that_run_into_each_other_are_shown():
    found = doubts_among(
        [phase("Đợt 1", "2026-01-01", "2026-06-30"), phase("Đợt 2", "2026-06-15", "2026-12-31")]
    )

    assert {place: [str(d.text) for d in doubts] for place, doubts in found.items()} == {
        1: ["Thời gian chồng lên “Đợt 1”."]
    }


def test_a_high_point_within_a_round_is_no_overlap():
    assert (
        doubts_among(
            [phase("Đợt 1", "2026-01-01", "2026-06-30"), phase("Cao điểm", "2026-03-01", "2026-03-31")]
        )
        == {}
    )


def test_one_number_with_two_days_is_shown_at_the_second():
    basis = {"role": "cited", "type": "KE_HOACH", "number": "9937/KH-BTP"}

    found = doubts_among(
        [("legal_basis", basis | {"date": "2026-01-20"}), ("legal_basis", basis | {"date": "2026-01-21"})]
    )

    assert list(found) == [1]


def test_one_document_under_two_spellings_is_asked_about():
    assert told(basis("9904/CT-TTg"), basis("9904-CT/TTg"), basis("9904/CT-TTg")) == {
        1: ["Có lẽ cùng một văn bản: chỗ khác viết số 9904/CT-TTg."]
    }


def test_two_rounds_of_one_name_are_asked_about():
    assert told(phase("Đợt II", "2026-07-01", "2026-12-31"), phase("Đợt II", "2026-07-20", "2026-08-28")) == {
        1: ["Tên đợt này trùng với một đợt khác. Đặt lại tên để phân biệt."]
    }


def test_a_dossier_due_before_the_clusters_review_is_shown_at_both():
    assert told(
        deadline("Gửi hồ sơ đề nghị khen thưởng", "2026-11-20"),
        deadline("Cụm thi đua tổng kết", "2026-11-25"),
    ) == {
        0: ["Hạn này trước hạn của việc phải xong trước: “Cụm thi đua tổng kết” (25/11/2026)."],
        1: ["Hạn này sau hạn của việc phải làm sau: “Gửi hồ sơ đề nghị khen thưởng” (20/11/2026)."],
    }


@pytest.mark.parametrize(
    "rows",
    [
        (
            deadline("Cụm thi đua tổng kết", "2026-11-25"),
            deadline("Gửi hồ sơ đề nghị khen thưởng", "2026-11-30"),
        ),
        (deadline("Sơ kết Đợt 1", "2026-07-05"), deadline("Sơ kết Đợt 2", "2026-12-05")),
        (deadline("Báo cáo tổng kết năm", "2027-01-31"), deadline("Gửi hồ sơ khen thưởng", "2026-11-30")),
        (deadline("Tổng kết, trao thưởng", "2025-10"), deadline("Hồ sơ gửi về Sở", "2025-09-20")),
        (deadline("Đăng ký thi đua", "2026"), deadline("Sơ kết", "2026-06-30")),
        (
            deadline("Báo cáo tổng kết phong trào", "2026-12-20", who="Vụ Tổ chức cán bộ"),
            deadline("Gửi hồ sơ khen thưởng", "2026-12-05"),
        ),
        (
            deadline("Báo cáo tổng kết gửi về Vụ Tổ chức cán bộ", "2027-12-10", who="Các đơn vị"),
            deadline("Các Cụm tổ chức hội nghị tổng kết", "2027-12-05", who="Các Cụm"),
        ),
        (
            deadline("Các Cụm gửi báo cáo tổng kết", "2027-12-20", who="Các Cụm"),
            deadline("Gửi hồ sơ khen thưởng", "2027-12-05"),
        ),
    ],
)
def test_an_order_that_can_be_kept_raises_no_doubt(rows):
    assert told(*rows) == {}


def test_the_report_on_the_whole_before_that_on_the_half_is_shown():
    assert told(
        deadline("Báo cáo tổng kết", "2026-06-05", who="Các đơn vị"),
        deadline("Báo cáo sơ kết", "2026-07-05", who="Các đơn vị"),
    ) == {
        0: ["Hạn này trước hạn của việc phải xong trước: “Báo cáo sơ kết” (5/7/2026)."],
        1: ["Hạn này sau hạn của việc phải làm sau: “Báo cáo tổng kết” (5/6/2026)."],
    }


def test_a_number_used_twice_running_is_shown_at_the_second():
    def content(number, text):
        return "contents", {"number": number, "text": text}

    assert told(content("1", "Một"), content("2", "Hai"), content("2", "Ba"), content("1", "Bốn")) == {
        2: ["Số mục 2 đã dùng cho mục ngay trước: “Hai”."]
    }


TEXT = (
    "Căn cứ Chỉ thị số 9904/CT-TTg và Chỉ thị số 9904-CT/TTg ngày 15/01/2026 của Thủ tướng Chính phủ;\n"
    "Thực hiện Kế hoạch số 9937/KH-BTP ngày 20/01/2026 và Kế hoạch số 9937/KH-BTP ngày 21/01/2026 của Bộ Tư pháp."
)


def sentences(rows, text):
    return [str(doubt.text) for doubts in doubts_among(rows, text).values() for doubt in doubts]


def test_what_the_text_cites_otherwise_than_was_read_is_asked_about():
    rows = [basis("9904-CT/TTg", "2026-01-15"), basis("9937/KH-BTP", "2026-01-20")]

    assert sentences(rows, TEXT) == [
        "Có lẽ cùng một văn bản: chỗ khác viết số 9904/CT-TTg.",
        "Cùng số này, chỗ khác trong văn bản ghi ngày 21/1/2026.",
    ]


def test_what_is_cited_twice_alike_raises_no_doubt():
    assert sentences([basis("9937/KH-BTP", "2026-01-20")], TEXT.replace("21/01", "20/01")) == []
