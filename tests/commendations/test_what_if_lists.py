"""The lists behind the figures of a trial: read page by page, and only of whom the reader may open today."""

import io
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from commendations.trying import CIRCULAR, TODAY, drafted, moved, rated, text, tried
from factories import make_honour, make_person, make_unit, signed_in
from thidua.commendations.selectors.what_if import Movement, lines_of, listed, moved_of
from thidua.commendations.views import what_if_workbook
from thidua.organisations.models import Person

pytestmark = pytest.mark.django_db
NOW = "2026-11-22"


def losing(owner, unit, number):
    """Try a draft under which ``number`` people lose a title."""
    people = [rated(make_person(f"Lê Văn {place:03}", unit), 2025) for place in range(number)]
    trial = tried(owner, unit, before=TODAY, after=TODAY, awards=["LDTT"], draft=drafted(owner))
    return people, trial


def moved_away(person, root):
    """Let another unit keep the person's record from now on."""
    elsewhere = make_unit("Vụ Khác", root)
    Person.objects.filter(pk=person.pk).update(unit=elsewhere, record_unit=elsewhere)


def address(name, trial, *rest):
    return reverse(f"commendations:{name}", args=[trial.pk, *rest])


def most_rows_read(queries):
    """Return how many rows the widest of the queries gives."""
    widest = 0
    with connection.cursor() as cursor:
        for query in queries:
            if query["sql"].startswith("SELECT"):
                cursor.execute(query["sql"])
                widest = max(widest, len(cursor.fetchall()))
    return widest


def test_a_page_and_a_person_read_no_more_rows_than_they_show(client, owner, unit):
    people, trial = losing(owner, unit, 60)
    signed_in(client, owner)

    with CaptureQueriesContext(connection) as page:
        shown = text(client.get(address("trial_subjects", trial, "LDTT") + "?movement=loses&page=2"))
    with CaptureQueriesContext(connection) as one:
        client.get(address("trial_subject", trial, "LDTT", people[0].pk))

    assert (shown.count("Lê Văn"), most_rows_read(page.captured_queries)) == (10, 10)
    assert most_rows_read(one.captured_queries) < 10


def test_who_moved_away_since_is_left_out_and_counted(client, owner, unit, root):
    people, trial = losing(owner, unit, 3)
    signed_in(client, owner)
    moved_away(people[0], root)

    shown = text(client.get(address("trial_subjects", trial, "LDTT")))
    gone = client.get(address("trial_subject", trial, "LDTT", people[0].pk))

    assert (shown.count("Lê Văn 000"), shown.count("Lê Văn 001")) == (0, 1)
    assert (shown.count("1 người của trang này đã chuyển"), gone.status_code) == (1, 404)


def test_a_person_who_was_not_tried_is_not_found(client, owner, unit):
    _people, trial = losing(owner, unit, 1)
    later = make_person("Trần Thị Muộn", unit)
    signed_in(client, owner)

    answers = [client.get(address("trial_subject", trial, "LDTT", pk)) for pk in (later.pk, uuid4())]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_the_figures_of_the_table_are_those_of_the_lists(owner, unit):
    people, trial = losing(owner, unit, 3)

    found = {movement: len(listed(trial, "LDTT", movement)) for movement in Movement}
    moved, total = moved_of(trial, 2)

    assert found == {**dict.fromkeys(Movement, 0), Movement.LOSES: 3, Movement.STAYS: 1}
    assert [len(listed(trial, "LDTT", may=side)) for side in ("before", "after")] == [3, 0]
    assert ([row.subject for row in moved], total) == ([one.pk for one in people[:2]], 3)


def changes_taken_out(client, trial):
    answer = client.get(address("trial_workbook", trial))
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue()))
    return [row[0] for row in book.get_sheet_by_name("Thay đổi").to_python()[1:]]


def test_a_workbook_too_long_says_how_many_it_leaves_out(client, owner, unit, monkeypatch):
    _people, trial = losing(owner, unit, 3)
    signed_in(client, owner)
    monkeypatch.setattr(what_if_workbook, "MOST_EXPORTED", 2)

    *names, gap = changes_taken_out(client, trial)

    assert names == ["Lê Văn 000", "Lê Văn 001"]
    assert gap.startswith("Còn 1 lượt thay đổi không ghi ở đây: mỗi tệp ghi nhiều nhất 2 lượt.")


def test_a_workbook_says_of_whom_it_may_not_tell(client, owner, unit, root):
    people, trial = losing(owner, unit, 2)
    signed_in(client, owner)
    moved_away(people[0], root)

    *names, gap = changes_taken_out(client, trial)

    assert (names, gap.startswith("1 lượt không ghi ở đây")) == (["Lê Văn 001"], True)


def test_a_whole_workbook_has_nothing_to_add(client, owner, unit):
    _people, trial = losing(owner, unit, 2)
    signed_in(client, owner)

    assert changes_taken_out(client, trial) == ["Lê Văn 000", "Lê Văn 001"]


def test_each_card_of_the_table_opens_the_list_it_counts(client, owner, unit):
    people = [rated(make_person(f"Lê Văn {place:03}", unit), 2025) for place in range(60)]
    for person in people:
        make_honour(person, "LDTT", 2025, number=person.full_name)
    stricter = (
        f"{CIRCULAR}  - {{for: CSTDCS, is: rating, at_least: EXCELLENT, place: Điều 3, rule: X.SECOND}}\n"
    )
    trial = tried(
        owner, unit, before=TODAY, after=TODAY, awards=["LDTT", "CSTDCS"], draft=drafted(owner, stricter)
    )
    signed_in(client, owner)
    across = address("trial_across", trial)

    table = text(client.get(address("trial", trial)))
    first, last, every = (text(client.get(across + query)) for query in ("?movement=loses", "?page=3", ""))

    assert moved(trial)["LDTT"] == {"loses": 60, "stays": 1}
    assert moved(trial)["CSTDCS"] == {"barred": 60, "stays": 1}
    cards = re.findall(r'<dd><a href="([^"]+)"', table)
    everybody = address("trial_subjects", trial, lines_of(trial)[0].award)
    assert cards == [everybody, f"{across}?movement=loses", f"{across}?movement=barred"]
    assert [page.count("<small>Lao động tiên tiến</small>") for page in (first, every)] == [50, 50]
    assert last.count("<small>Chiến sĩ thi đua cơ sở</small>") == 20


@pytest.mark.parametrize("number", [2, 12])
def test_changes_across_awards_cost_as_many_queries_for_many_as_for_few(
    client, owner, unit, number, django_assert_max_num_queries
):
    _people, trial = losing(owner, unit, number)
    signed_in(client, owner)

    with django_assert_max_num_queries(16):
        shown = text(client.get(address("trial_across", trial) + "?movement=loses"))

    assert shown.count("Lê Văn") == number


def test_who_moved_away_since_is_left_out_of_the_changes_across_awards(client, owner, unit, root):
    people, trial = losing(owner, unit, 3)
    signed_in(client, owner)
    moved_away(people[0], root)

    shown = text(client.get(address("trial_across", trial)))

    assert (shown.count("Lê Văn"), shown.count("1 người của trang này")) == (2, 1)
