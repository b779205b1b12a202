"""Who read an award's texts again, and when: noted by those with the right, shown to everybody."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import make_unit, make_user, signed_in
from thidua.audit.models import Entry
from thidua.commendations.models import Reread
from thidua.commendations.selectors.rereadings import last_read, last_reads, rereadings_of
from thidua.organisations.models import UnitRole

pytestmark = pytest.mark.django_db
NOW = "2027-12-01"
TODAY = date(2027, 12, 1)


def post(client, award="LDTT", **given):
    given = {"on": "2027-11-30", "still_valid": "yes", "note": "", **given}
    return client.post(reverse("commendations:reread", args=[award]), given)


def read():
    return last_read("LDTT", rereadings_of("LDTT"), TODAY)


def test_a_mark_is_shown_on_the_page_with_who_and_where(client, root):
    signed_in(client, make_user(root))

    answer = post(client)

    shown = client.get(answer.url).content.decode()
    assert (shown.count("30/11/2027"), shown.count("Phạm Thu Hà, Bộ Thử nghiệm")) == (1, 1)
    assert list(Entry.objects.filter(action="law.reread").values_list("subject_label", flat=True)) == ["LDTT"]


def test_what_was_not_read_for_a_year_is_old_until_somebody_reads_it(client, root):
    signed_in(client, make_user(root))
    before = read()

    post(client)

    assert (before.is_old, read().is_old, last_reads(TODAY)["LDTT"].on) == (True, False, date(2027, 11, 30))
    old = client.get(reverse("commendations:awards")).content.decode().split("Cần đọc lại văn bản")[1]
    assert (old.count(">Lao động tiên tiến<"), old.count(">Chiến sĩ thi đua cơ sở<")) == (0, 1)


def test_the_page_of_all_awards_reads_one_mark_of_each():
    days = [date(2027, 11, 1), date(2027, 11, 30), date(2027, 11, 30), date(2027, 10, 1)]
    for award in ("LDTT", "CSTDCS"):
        for day in days:
            Reread.objects.create(award=award, on=day, by_name="Trần Thị Ánh")

    with CaptureQueriesContext(connection) as asked:
        found = last_reads(TODAY)

    with connection.cursor() as cursor:
        cursor.execute(asked.captured_queries[0]["sql"])
        rows = cursor.fetchall()
    marks = [found[award].mark for award in ("LDTT", "CSTDCS")]
    assert [mark.pk for mark in marks] == [rereadings_of(award)[0].pk for award in ("LDTT", "CSTDCS")]
    assert (len(asked), len(rows)) == (1, 2)


def test_a_reading_that_found_a_fault_must_say_which_and_is_told(client, root):
    signed_in(client, make_user(root))

    refused = post(client, still_valid="no")
    post(client, still_valid="no", note="Điều 22 đã sửa")

    assert "Ghi rõ chỗ không còn đúng" in refused.content.decode()
    assert (read().is_doubted, Reread.objects.get().note) == (True, "Điều 22 đã sửa")


def test_a_day_to_come_is_refused(client, root):
    signed_in(client, make_user(root))

    answer = post(client, on="2027-12-02")

    assert ("Ngày 2/12/2027 chưa đến" in answer.content.decode(), Reread.objects.count()) == (True, 0)


def test_a_day_before_the_text_was_made_is_refused(client, root):
    signed_in(client, make_user(root))

    answer = post(client, award="CSTDCS", on="2001-01-01")

    shown = answer.content.decode()
    assert ("Ngày 1/1/2001 có trước văn bản đang áp dụng" in shown, Reread.objects.count()) == (True, 0)


def test_the_day_of_the_data_is_told_apart_from_a_persons_reading(client, root):
    signed_in(client, make_user(root))
    address = reverse("commendations:award", args=["LDTT"])

    before = client.get(address).content.decode()
    post(client)
    after = client.get(address).content.decode()

    counts = [
        (page.count("Dữ liệu soát đến"), page.count("Người đọc lại gần nhất")) for page in (before, after)
    ]
    assert (counts, before.count("22/11/2026")) == ([(1, 0), (1, 1)], 1)


@pytest.mark.parametrize("role", [UnitRole.Role.AUDITOR, UnitRole.Role.PERSONNEL, None])
def test_who_keeps_no_rules_marks_nothing(client, root, role):
    signed_in(client, make_user(root, role))

    assert (post(client).status_code, Reread.objects.count()) == (403, 0)


def test_an_officer_below_the_top_marks_nothing(client, root):
    signed_in(client, make_user(make_unit("Cục Trợ giúp", root)))

    assert (post(client).status_code, Reread.objects.count()) == (403, 0)


def test_an_unknown_award_is_not_found(client, root):
    signed_in(client, make_user(root))

    assert post(client, award="KHONG_CO").status_code == 404


def test_the_timeline_tells_the_packs_from_the_first_to_the_last(client, root):
    signed_in(client, make_user(root, None))

    shown = client.get(reverse("commendations:timeline") + "?as_of=2026-10-01").content.decode()

    places = [shown.index(f">{pack} · ") for pack in ("D", "C", "B", "A2", "A1", "A0")]
    assert places == sorted(places)
    assert shown.split(">D · ")[0].count("ngày đang xem") == 1


def test_files_of_the_law_are_given_as_written_and_nothing_else(client, root):
    signed_in(client, make_user(root, None))
    names = [("danh-hieu", "LDTT"), ("con-so", "base_salary"), ("danh-hieu", "packs"), ("khac", "LDTT")]

    answers = [client.get(reverse("commendations:law_file", args=name)) for name in names]

    assert [answer.status_code for answer in answers] == [200, 200, 404, 404]
    assert answers[0].content.decode().startswith("label: {vi: Lao động tiên tiến")
