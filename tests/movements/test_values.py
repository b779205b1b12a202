import pytest
from django.utils import translation

from thidua.movements.values import NotUsableError, clean, shown_partial

DEADLINE = {"what": "Gửi báo cáo", "relation": "before"}


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("30/6/2026", "2026-06-30"),
        ("30-6-2026", "2026-06-30"),
        ("6/2026", "2026-06"),
        ("30/6", "--06-30"),
        ("2026", "2026"),
        ("2026-Q3", "2026-Q3"),
    ],
)
def test_days_are_read_as_people_write_them(typed, iso):
    assert clean("deadlines", DEADLINE | {"due": typed})["due"] == iso


@pytest.mark.parametrize("typed", ["31/02/2026", "00/12/2026", "hôm qua", "2026-Q5"])
def test_a_day_no_calendar_has_is_refused_at_its_part(typed):
    with pytest.raises(NotUsableError) as refused:
        clean("deadlines", DEADLINE | {"due": typed})

    assert [problem.part for problem in refused.value.problems][:1] == ["due"]


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1.250", 1250), ("42,02", 42.02), ("10 – 15", [10, 15]), ("0", 0), (98.5, 98.5), ([2, 3], [2, 3])],
)
def test_figures_are_read_with_vietnamese_separators(typed, value):
    target = {"text": "Số vụ", "op": ">=", "value": typed}

    assert clean("targets", target)["value"] == value


def test_every_problem_is_told_at_once():
    with pytest.raises(NotUsableError) as refused:
        clean("targets", {"text": " ", "op": "lớn", "value": "nhiều"})

    assert [problem.part for problem in refused.value.problems] == ["text", "op", "value"]


def test_empty_parts_are_left_out():
    assert clean("contents", {"number": "", "text": "  Thi đua   lập thành tích "}) == {
        "text": "Thi đua   lập thành tích"
    }


def test_words_that_stand_for_a_code_become_the_code():
    cleaned = clean("quotas", {"text": "không quá 03", "for": "Tập thể\ncá nhân\nhộ nghèo"})

    assert cleaned["for"] == ["collective", "individual", "hộ nghèo"]


def test_an_end_before_the_start_is_refused_at_the_end():
    with pytest.raises(NotUsableError) as refused:
        clean("phases", {"name": "Đợt 1", "from": "1/7/2026", "to": "30/6/2026"})

    assert [problem.part for problem in refused.value.problems] == ["to"]


def test_a_deadline_must_say_when():
    with pytest.raises(NotUsableError) as refused:
        clean("deadlines", DEADLINE)

    assert [problem.part for problem in refused.value.problems] == ["due"]


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2026-06-30", "30/6/2026"),
        ("2026-Q3", "quý III/2026"),
        ("2026-H1", "6 tháng đầu năm 2026"),
        ("--03-31", "31/3"),
        ("2026", "2026"),
        ("ngày 25 hằng tháng", "ngày 25 hằng tháng"),
    ],
)
def test_iso_days_are_shown_as_people_write_them(iso, shown):
    assert shown_partial(iso) == shown


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2026-06-30", "30 Jun 2026"),
        ("2026-06", "Jun 2026"),
        ("--03-31", "31 Mar"),
        ("2026", "2026"),
        ("2026-02-31", "31 Feb 2026"),
        ("2026-13-01", "1/13/2026"),
        ("2026-Q3", "quarter III of 2026"),
    ],
)
def test_english_pages_spell_the_month_of_a_stated_day(iso, shown):
    with translation.override("en"):
        assert shown_partial(iso) == shown


@pytest.mark.parametrize(
    ("field", "part", "most"),
    [
        ("deadlines", "what", 1_000),
        ("deadlines", "who", 400),
        ("contents", "text", 10_000),
        ("number", "value", 80),
        ("issuer", "value", 250),
        ("signer", "name", 120),
    ],
)
def test_a_text_too_long_to_be_meant_is_refused_with_its_length(field, part, most):
    typed = {"what": "Gửi báo cáo", "relation": "by", "due": "2026-06-30", "name": "An", "number": "1"}

    assert clean(field, typed | {part: "x" * most})[part] == "x" * most
    with pytest.raises(NotUsableError) as refused:
        clean(field, typed | {part: "x" * (most + 1)})

    has, allowed = (f"{count:,}".replace(",", ".") for count in (most + 1, most))
    told = f"Dài {has} ký tự, nhiều nhất {allowed}. Viết gọn lại, hoặc tách thành nhiều mục."
    assert [(one.part, str(one.text)) for one in refused.value.problems] == [(part, told)]


def test_each_of_several_lines_has_its_own_length():
    with pytest.raises(NotUsableError):
        clean("responsibilities", {"body": "Các đơn vị", "duties": ["Một", "x" * 4_001]})


def test_what_was_read_so_long_stays_while_another_part_is_put_right():
    read = {"number": "1", "text": "x" * 12_000}

    assert clean("contents", {"number": "2", "text": "x" * 12_000}, before=read)["number"] == "2"
    with pytest.raises(NotUsableError):
        clean("contents", {"number": "2", "text": "x" * 12_001}, before=read)
