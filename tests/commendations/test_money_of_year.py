"""Money of all decisions of a year: sums that open, one title paid once whichever decision gives it."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from factories import make_honour, make_person, make_unit, make_user, signed_in
from movements.stage import text_of
from thidua.audit.models import Entry

pytestmark = pytest.mark.django_db
BASE = 2_340_000
LDTT, TTLDTT = 710_000, 1_880_000


@pytest.fixture
def given(unit):
    """Give titles of 2025 by three decisions: one title twice, one beside a higher one."""
    ann, four = make_person("Trần Thị Ánh", unit), make_person("Lê Văn Bốn", unit)
    days = {"7/QĐ-BTN": date(2025, 6, 2), "9/QĐ-BTN": date(2025, 12, 20), "3/QĐ-BTN": date(2026, 1, 9)}
    return [
        make_honour(who, award, 2025, number=number, decided_on=days[number])
        for who, award, number in (
            (ann, "LDTT", "7/QĐ-BTN"),
            (four, "LDTT", "7/QĐ-BTN"),
            (ann, "CSTDCS", "9/QĐ-BTN"),
            (four, "LDTT", "9/QĐ-BTN"),
            (unit, "TTLDTT", "9/QĐ-BTN"),
            (ann, "CSTDCS", "3/QĐ-BTN"),
        )
    ]


def of_year(client, unit, **query):
    return client.get(reverse("commendations:money_of_year", args=[unit.pk]), {"year": 2025, **query})


def table(page, name):
    return page.partition(f"<h2>{name}</h2>")[2].partition("</table>")[0].partition("<tbody>")[2]


def rows_of(html):
    """Return the words of each row of a table, cell by cell."""
    rows = html.split("<tr")[1:]
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in row] for row in cells]


def address_in(html, words):
    return re.search(rf'<a href="([^"]*)"[^>]*>{re.escape(words)}</a>', html)[1]


def test_sums_stand_by_award_and_by_decision_and_pay_one_title_once(client, root, unit, given):
    signed_in(client, make_user(root))

    page = text_of(of_year(client, unit))

    assert rows_of(table(page, "Theo danh hiệu, hình thức")) == [
        ["Lao động tiên tiến", "3", "710.000 đ", "–", "2", "710.000 đ 2 lần không chi"],
        ["Chiến sĩ thi đua cơ sở", "1", "2.340.000 đ", "–", "0", "2.340.000 đ"],
        ["Tập thể lao động tiên tiến", "1", "–", "1.880.000 đ", "0", "1.880.000 đ"],
    ]
    assert [(row[0], row[1], row[4]) for row in rows_of(table(page, "Theo quyết định"))] == [
        ("7/QĐ-BTN 2/6/2025", "2", "1"),
        ("9/QĐ-BTN 20/12/2025", "3", "1"),
    ]


def test_what_a_year_pays_is_the_sum_of_what_its_decisions_pay(client, root, unit, given):
    signed_in(client, make_user(root))

    totals = [
        re.search(r"Tổng số tiền.*?([\d.]+) đ", text_of(answer), re.DOTALL)[1]
        for answer in (
            of_year(client, unit),
            *(
                client.get(reverse("commendations:money_of_decision", args=[given[place].decision_id]))
                for place in (0, 2)
            ),
        )
    ]

    whole, *parts = (int(total.replace(".", "")) for total in totals)
    assert (whole, sum(parts)) == (LDTT + BASE + TTLDTT, LDTT + BASE + TTLDTT)


def test_every_sum_opens_the_lines_it_sums(client, root, unit, given):
    signed_in(client, make_user(root))
    page = text_of(of_year(client, unit))
    by_award, by_decision = (table(page, name) for name in ("Theo danh hiệu, hình thức", "Theo quyết định"))
    address = reverse("commendations:money_of_year", args=[unit.pk])

    opened = [
        text_of(client.get(address + address_in(html, words))).partition('id="list"')[2]
        for html, words in (
            (by_award, "1.880.000 đ"),
            (by_award, "2"),
            (by_decision, "3"),
            (by_decision, "710.000 đ"),
        )
    ]

    lines = [html.count('<span class="quiet num">2025</span>') for html in opened]
    assert lines == [1, 2, 3, 2]
    assert [html.count(">không chi<") for html in opened] == [0, 2, 1, 1]


def test_a_line_not_paid_names_the_decision_that_pays_it(client, root, unit, given):
    signed_in(client, make_user(root))

    unpaid = text_of(of_year(client, unit, state="unpaid")).partition('id="list"')[2]
    of_next_year = text_of(of_year(client, unit, year=2026, state="unpaid")).partition('id="list"')[2]

    paying = 'Chi theo <a href="{}">{} theo quyết định {}</a>'
    money = [reverse("commendations:money_of_decision", args=[given[place].decision_id]) for place in (0, 2)]
    assert paying.format(money[1], "Chiến sĩ thi đua cơ sở", "9/QĐ-BTN ngày 20/12/2025") in unpaid
    assert paying.format(money[0], "Lao động tiên tiến", "7/QĐ-BTN ngày 2/6/2025") in unpaid
    assert paying.format(money[1], "Chiến sĩ thi đua cơ sở", "9/QĐ-BTN ngày 20/12/2025") in of_next_year


def test_the_workbook_has_the_lines_and_the_sums(client, root, unit, given):
    signed_in(client, make_user(root))

    book = CalamineWorkbook.from_filelike(BytesIO(of_year(client, unit, format="xlsx").getvalue()))

    lines, decisions, awards = (
        book.get_sheet_by_name(name).to_python()[1:]
        for name in ("Tiền thưởng", "Theo quyết định", "Theo danh hiệu")
    )
    assert [row[8] for row in lines][-1] == LDTT + BASE + TTLDTT
    assert [row[11] for row in lines[:2]] == ["7/QĐ-BTN", "9/QĐ-BTN"]
    assert [(row[0], row[2], row[6], row[7]) for row in decisions] == [
        ("7/QĐ-BTN", 2, LDTT, 1),
        ("9/QĐ-BTN", 3, BASE + TTLDTT, 1),
    ]
    assert [row[0] for row in awards] == [
        "Lao động tiên tiến",
        "Chiến sĩ thi đua cơ sở",
        "Tập thể lao động tiên tiến",
    ]
    assert Entry.objects.filter(action="export.money").count() == 1


def test_the_log_says_how_many_lines_were_taken_out(client, root, unit, given):
    signed_in(client, make_user(root))

    for query in ({}, {"kind": "collective"}):
        of_year(client, unit, format="xlsx", **query).getvalue()

    entries = Entry.objects.filter(action="export.money")
    assert sorted(one.details["rows"] for one in entries) == ["1", "5"]


def test_a_unit_s_year_holds_its_own_alone(client, root, unit, given):
    other = make_unit("Cục Khác", root)
    make_honour(
        make_person("Hà Thị Tư", other), "LDTT", 2025, number="8/QĐ-BTN", decided_on=date(2025, 12, 1)
    )
    signed_in(client, make_user(root))

    pages = [text_of(of_year(client, one, state="all")) for one in (root, unit, other)]

    assert [("Hà Thị Tư" in page, "Lê Văn Bốn" in page) for page in pages] == [
        (True, True),
        (False, True),
        (True, False),
    ]


def test_who_sees_nothing_of_the_unit_gets_no_money_of_it(client, root, unit, given):
    signed_in(client, make_user(make_unit("Cục Khác", root)))

    assert [
        of_year(client, one, **query).status_code
        for one in (unit, root)
        for query in ({}, {"format": "xlsx"})
    ] == [404] * 4


@pytest.mark.parametrize("number", [1, 12])
def test_a_long_year_costs_as_many_queries_as_a_short_one(
    client, root, unit, number, django_assert_max_num_queries
):
    signed_in(client, make_user(root))
    for place in range(number):
        day = date(2025, 12, place + 1)
        make_honour(
            make_person(f"Người Số {place}", unit), "LDTT", 2025, number=f"{place}/QĐ", decided_on=day
        )

    with django_assert_max_num_queries(14):
        page = text_of(of_year(client, unit))
    with django_assert_max_num_queries(14):
        listed = text_of(of_year(client, unit, state="all"))

    assert (len(rows_of(table(page, "Theo quyết định"))), listed.count("<b>Người Số ")) == (number, number)


@pytest.mark.parametrize("query", [{"decision": "abc"}, {"award": "XYZ", "decision": "1"}])
def test_an_address_that_names_no_decision_is_not_found(client, root, unit, given, query):
    signed_in(client, make_user(root))

    assert of_year(client, unit, **query).status_code == 404
