from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commendations.trying import text
from factories import make_account, make_honour, make_person, make_unit, make_user, signed_in
from thidua.organisations.models import Discipline, Rating, UnitRole

pytestmark = pytest.mark.django_db
QUESTION = "?award=CSTDCS&year=2025&type=MERIT&nothing_pending=on&as_of=2026-03-02"
ON_DISCIPLINE = "Không trong thời gian thi hành kỷ luật từ khiển trách trở lên"


@pytest.fixture
def person(unit):
    made = make_person("Trần Thị Ánh", unit)
    Rating.objects.create(person=made, year=2025, level="EXCELLENT")
    return made


def asked(client, person, question=QUESTION):
    return client.get(reverse("commendations:verdict_of_person", args=[person.pk]) + question)


def outcome(shown):
    head = shown.split("</h1>")[1].split("<form")[0]
    return next(word for word in ("Chưa đủ dữ liệu", "Chưa đạt", "Đạt") if word in head)


def test_a_verdict_names_the_honour_it_rests_on_and_links_to_it(client, unit, person):
    honour = make_honour(person, "LDTT", 2025, number="140/QĐ-BTN")
    signed_in(client, make_user(unit))

    shown = text(asked(client, person))

    link = f'<a href="{reverse("honours:honour", args=[honour.pk])}">140/QĐ-BTN</a>'
    assert (outcome(shown), shown.count(link)) == ("Đạt", 1)


def test_a_missing_title_is_not_met_and_a_missing_record_is_no_refusal(client, unit, person):
    signed_in(client, make_user(unit))
    unknown = make_person("Lê Văn Bốn", unit)

    assert (outcome(text(asked(client, person))), outcome(text(asked(client, unknown)))) == (
        "Chưa đạt",
        "Chưa đủ dữ liệu",
    )


def test_open_matters_are_missing_until_somebody_assumes_there_are_none(client, unit, person):
    make_honour(person, "LDTT", 2025)
    signed_in(client, make_user(unit))

    shown = text(asked(client, person, QUESTION.replace("&nothing_pending=on", "")))

    assert (outcome(shown), shown.count("<li>Không có việc đang chờ kết luận")) == ("Chưa đủ dữ liệu", 1)


def test_what_is_open_beside_a_refusal_is_not_called_missing_for_a_conclusion(client, unit, person):
    signed_in(client, make_user(unit))

    shown = text(asked(client, person, QUESTION.replace("&nothing_pending=on", "")))

    words = [shown.count(word) for word in ("điều để kết luận", "Ngoài điều chưa đạt, còn ")]
    assert (outcome(shown), words) == ("Chưa đạt", [0, 1])


def test_money_stands_only_under_what_may_be_awarded(client, unit, person):
    make_honour(person, "LDTT", 2025)
    signed_in(client, make_user(unit))

    pages = [text(asked(client, person, q)) for q in (QUESTION, QUESTION.replace("&nothing_pending=on", ""))]

    found = [(outcome(shown), shown.count("<h2>Tiền thưởng</h2>")) for shown in pages]
    assert found == [("Đạt", 1), ("Chưa đủ dữ liệu", 0)]


@pytest.mark.parametrize(
    ("role", "named", "kept_back"), [(UnitRole.Role.OFFICER, 0, 1), (UnitRole.Role.HEAD, 1, 0)]
)
def test_discipline_is_named_only_to_those_with_the_right(client, unit, person, role, named, kept_back):
    make_honour(person, "LDTT", 2025)
    Discipline.objects.create(person=person, level="CANH_CAO", valid_from=date(2026, 1, 1))
    signed_in(client, make_user(unit, role))

    shown = text(asked(client, person))

    assert outcome(shown) == "Chưa đạt"
    assert (shown.count(ON_DISCIPLINE), shown.count("Một điều kiện không đạt")) == (named, kept_back)
    assert ("cảnh cáo" in shown) == bool(named)


def test_a_clean_record_is_kept_back_too(client, unit, person):
    make_honour(person, "LDTT", 2025)
    signed_in(client, make_user(unit))

    shown = text(asked(client, person))

    assert (shown.count(ON_DISCIPLINE), shown.count("Một điều kiện đạt")) == (0, 1)


def test_who_may_not_open_the_person_finds_nothing(client, unit, person):
    signed_in(client, make_user(make_unit("Bộ Khác")))
    stranger = asked(client, person).status_code
    signed_in(client, make_account(make_person("Đồng nghiệp", unit)))
    colleague = asked(client, person).status_code
    unit_page = client.get(reverse("commendations:verdict_of_unit", args=[unit.pk])).status_code

    assert (stranger, colleague, unit_page) == (404, 404, 404)


def test_one_reads_the_own_verdict(client, person):
    signed_in(client, make_account(person))

    assert asked(client, person).status_code == 200


def test_a_question_that_cannot_be_read_is_asked_again(client, unit, person):
    signed_in(client, make_user(unit))

    answer = asked(client, person, "?award=TTLDTT&year=1200")

    assert (answer.status_code, text(answer).count('aria-invalid="true"')) == (200, 2)


def test_a_print_names_the_bodies_above_who_printed_and_when(client, root, unit, person):
    user = make_user(unit)
    signed_in(client, user)

    shown = text(asked(client, person))

    head = shown.partition('<p class="print-only quiet">')[2].partition("</p>")[0]
    assert head.partition(" in lúc ")[0] == f"{unit.name}, {root.name} · {user.get_full_name()}"


def test_a_year_beyond_the_next_is_refused(client, unit, person):
    signed_in(client, make_user(unit))

    shown = text(asked(client, person, QUESTION.replace("year=2025", "year=2028")))

    assert "Năm 2028 còn xa: chưa biết gì về năm ấy. Chọn đến năm 2027." in shown
    assert "Theo Luật" not in shown


def test_a_unit_is_judged_as_a_collective(client, unit, person):
    signed_in(client, make_user(unit))

    shown = text(
        client.get(reverse("commendations:verdict_of_unit", args=[unit.pk]) + "?award=TTLDTT&year=2025")
    )

    assert (outcome(shown), shown.count("Tập thể lao động tiên tiến · thành tích năm 2025")) == (
        "Chưa đủ dữ liệu",
        1,
    )


@pytest.mark.parametrize(
    ("day", "law"),
    [("2026-03-02", "Luật 2022 với Nghị định 152/2025"), ("2023-12-15", "Luật 2003 với Nghị định 91/2017")],
)
def test_an_answer_names_the_law_it_goes_by_not_a_letter(client, unit, day, law):
    person = make_person("Trần Thị Ánh", unit)
    signed_in(client, make_user(unit))

    address = reverse("commendations:verdict_of_person", args=[person.pk])
    page = client.get(
        address, {"award": "LDTT", "year": day[:4], "type": "MERIT", "as_of": day}
    ).content.decode()

    assert (page.count(f"<h2>Theo {law} "), page.count("Theo gói")) == (1, 0)


def asked_of(client, address):
    """Return how many queries a page takes once what a process keeps of the law is there."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_verdict_on_a_person_asks_as_often_for_a_long_career_as_for_a_short_one(client, unit):
    signed_in(client, make_user(unit))
    counts = []
    for years in (1, 9):
        person = make_person(f"Trần Văn {years}", unit)
        for year in range(2026 - years, 2026):
            Rating.objects.create(person=person, year=year, level="EXCELLENT")
            make_honour(person, "LDTT", year)
        counts.append(asked_of(client, reverse("commendations:verdict_of_person", args=[person.pk])))

    assert counts[0] == counts[1] <= 16


def test_a_verdict_on_a_unit_asks_as_often_for_many_members_as_for_few(client, root):
    signed_in(client, make_user(root))
    counts = []
    for size in (2, 12):
        unit = make_unit(f"Cục {size}", root)
        for number in range(size):
            Rating.objects.create(person=make_person(f"Lê Văn {number}", unit), year=2025, level="GOOD")
        counts.append(asked_of(client, reverse("commendations:verdict_of_unit", args=[unit.pk])))

    assert counts[0] == counts[1] <= 21
