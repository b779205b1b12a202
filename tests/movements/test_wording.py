import pytest
from django.utils import translation

from thidua.movements.revision_wording import words_of
from thidua.movements.wording import below_of, notes_of, title_of, when_words, work_words


@pytest.mark.parametrize(
    ("field", "value", "title", "notes"),
    [
        ("themes", {"text": "Về đích sớm"}, "Về đích sớm", []),
        ("doc_type", {"value": "KE_HOACH"}, "Kế hoạch", []),
        ("issued_on", {"value": "2026-01-20"}, "20/1/2026", []),
        ("period", {"from": "2026-01-20", "to": "2026-12-31"}, "20/1/2026 → 31/12/2026", []),
        ("period", {"from": "2026", "to": "2026"}, "2026", []),
        ("contents", {"number": "1.1", "text": "Dữ liệu"}, "Dữ liệu", []),
        (
            "legal_basis",
            {
                "role": "basis",
                "type": "LUAT",
                "number": "06/2022/QH15",
                "date": "2022-06-15",
                "about": "Thi đua",
            },
            "Luật 06/2022/QH15",
            ["căn cứ", "15/6/2022", "Thi đua"],
        ),
        ("targets", {"text": "Số hóa", "op": ">=", "value": 98.5, "unit": "%"}, "Số hóa", ["≥ 98,5%"]),
        ("targets", {"text": "Đổi mới", "op": "qualitative"}, "Đổi mới", ["định tính"]),
        ("targets", {"text": "Vụ việc", "op": "range", "value": [15, 20]}, "Vụ việc", ["15 – 20"]),
        (
            "quotas",
            {"text": "02 – 03", "min": 2, "max": 3, "for": ["individual"]},
            "02 – 03",
            ["2 – 3 cá nhân"],
        ),
        (
            "quotas",
            {"text": "Không quá 10", "max": 10, "for": ["individual"], "award": "Giấy khen"},
            "Không quá 10",
            ["không quá 10 cá nhân", "Giấy khen"],
        ),
        (
            "quotas",
            {"text": "Ít nhất 40%", "min": 40, "unit": "%", "for": ["individual"]},
            "Ít nhất 40%",
            ["ít nhất 40%", "cá nhân"],
        ),
        (
            "quotas",
            {"text": "Mười", "min": 10, "max": 10, "for": ["collective", "individual"]},
            "Mười",
            ["10", "tập thể; cá nhân"],
        ),
        ("quotas", {"text": "Theo quy định", "for": ["individual"]}, "Theo quy định", ["cá nhân"]),
        (
            "criteria",
            {"applies_to": "collective", "text": "Số hóa", "op": "=", "value": 100, "unit": "%"},
            "Số hóa",
            ["tập thể", "đạt 100%"],
        ),
        (
            "criteria",
            {"applies_to": "individual", "text": "Đi muộn", "op": "<=", "value": 3, "unit": "lần"},
            "Đi muộn",
            ["cá nhân", "không quá 3 lần"],
        ),
        (
            "criteria",
            {"applies_to": "individual", "text": "Gương mẫu", "op": "qualitative", "excludes": True},
            "Gương mẫu",
            ["cá nhân", "Là điều kiện loại trừ"],
        ),
        (
            "awards",
            {"form": "Bằng khen", "for": ["collective"], "quantity": 1250},
            "Bằng khen",
            ["1.250", "tập thể"],
        ),
    ],
)
def test_an_item_reads_by_its_name_and_what_else_it_says(field, value, title, notes):
    assert (title_of(field, value), notes_of(field, value)) == (title, notes)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"relation": "before", "due": "2026-06-30"}, "trước 30/6/2026"),
        ({"relation": "by", "due": "2026-06-30", "time": "17:00"}, "chậm nhất 17:00 30/6/2026"),
        (
            {"relation": "after", "due_event": "Kết thúc đợt 1", "offset": "10 ngày"},
            "10 ngày sau khi kết thúc đợt 1",
        ),
        (
            {"relation": "after", "due_event": "nhận được Kế hoạch này", "offset": "15 ngày"},
            "15 ngày sau khi nhận được Kế hoạch này",
        ),
        (
            {"relation": "after", "due_event": "hội nghị tổng kết Cụm", "offset": "10 ngày"},
            "10 ngày sau hội nghị tổng kết Cụm",
        ),
        ({"relation": "monthly", "recurring": "ngày 20 hằng tháng"}, "ngày 20 hằng tháng"),
        ({"relation": "weekly"}, "hằng tuần"),
        ({"relation": "on", "due": "2026-02"}, "trong tháng 2/2026"),
        ({"relation": "on", "due": "2026-02-03"}, "vào 3/2/2026"),
        (
            {"relation": "after", "due_event": "tổng kết", "offset": "05 ngày làm việc"},
            "05 ngày làm việc sau khi tổng kết",
        ),
        ({"relation": "after", "due_event": "tổng kết", "offset": "nửa tháng"}, "nửa tháng sau khi tổng kết"),
    ],
)
def test_a_term_reads_in_the_documents_own_relation(value, words):
    assert when_words(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"relation": "on", "due": "2026-03"}, "in Mar 2026"),
        ({"relation": "on", "due": "2026-03-02"}, "on 2 Mar 2026"),
        (
            {"relation": "after", "due_event": "Kết thúc đợt 1", "offset": "10 ngày"},
            "10 days after “Kết thúc đợt 1”",
        ),
        (
            {"relation": "after", "due_event": "tổng kết", "offset": "1 ngày làm việc"},
            "1 working day after “tổng kết”",
        ),
        ({"relation": "after", "due_event": "tổng kết", "offset": "2 tháng"}, "2 months after “tổng kết”"),
        ({"relation": "with", "due_event": "tổng kết"}, "together with “tổng kết”"),
        ({"relation": "before", "due": "--03-31"}, "before 31 Mar"),
        ({"relation": "monthly", "recurring": "Ngày 05 hằng tháng"}, "day 5 of every month"),
        ({"relation": "monthly", "recurring": "trước ngày 20 hằng tháng"}, "before day 20 of every month"),
        ({"relation": "weekly", "recurring": "thứ Sáu hằng tuần"}, "every Friday"),
        ({"relation": "weekly", "recurring": "Chủ nhật hàng tuần"}, "every Sunday"),
        ({"relation": "yearly", "recurring": "hằng năm"}, "yearly"),
        ({"relation": "quarterly", "recurring": "ngày 5 tháng cuối quý"}, "“ngày 5 tháng cuối quý”"),
    ],
)
def test_a_term_reads_in_english_but_for_the_name_of_its_event(value, words):
    with translation.override("en"):
        assert when_words(value) == words


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("Báo cáo sơ kết Đợt I gửi", "Báo cáo sơ kết Đợt I"),
        ("báo cáo tổng kết được gửi về", "Báo cáo tổng kết"),
        ("tổng kết phong trào", "Tổng kết phong trào"),
        ("Nộp", "Nộp"),
        ("Sơ kết Đợt I được tổ chức", "Sơ kết Đợt I"),
        ("đăng ký thi đua trước", "Đăng ký thi đua"),
        ("Tổ chức hội nghị.", "Tổ chức hội nghị"),
    ],
)
def test_a_work_is_named_with_a_capital_and_no_verb_left_over(what, words):
    assert (work_words(what), title_of("deadlines", {"what": what})) == (words, words)


def test_a_subject_that_stands_in_the_work_is_not_repeated():
    value = {"what": "Các đơn vị gửi báo cáo", "who": "Các đơn vị", "relation": "before", "due": "2026-06-30"}

    assert notes_of("deadlines", value) == ["trước 30/6/2026"]


@pytest.mark.parametrize(
    ("field", "value", "below"),
    [
        (
            "responsibilities",
            {"body": "Các Sở", "duties": ["Một việc", "Hai việc"]},
            ["Một việc", "Hai việc"],
        ),
        ("contents", {"text": "Dữ liệu", "details": ["Làm sạch."]}, ["Làm sạch."]),
        ("themes", {"text": "Về đích sớm"}, []),
    ],
)
def test_what_stands_under_an_item_is_told_once_and_not_in_its_notes(field, value, below):
    assert (notes_of(field, value), below_of(value)) == ([], below)


def test_a_changed_duty_is_seen_in_the_difference():
    value = {"body": "Các Sở", "duties": ["Một việc", "Hai việc"]}

    assert words_of("responsibilities", value) == "Các Sở · Một việc · Hai việc"
