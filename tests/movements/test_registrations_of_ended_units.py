"""A unit that ended after it had registered: its sheet stays in the year's summary, its heir is not pressed."""

import re
from datetime import date
from io import BytesIO

import pytest
import time_machine
from python_calamine import CalamineWorkbook

from factories import make_cluster, make_person, make_unit, make_user
from movements.stage import opened, said, sent, text_of
from thidua.movements.models import Registration, RegistrationReminder
from thidua.movements.selectors.coverage import coverage, ended_below, expected_below, members_of
from thidua.movements.selectors.registration_work import registration_work
from thidua.movements.services import registering
from thidua.movements.services.registering import Line, add
from thidua.organisations.models import ClusterRole
from thidua.organisations.services.reorganisations import reorganise
from thidua.organisations.services.requests import Merge
from thidua.organisations.services.units import NewUnit

pytestmark = pytest.mark.django_db
ON, MERGED = date(2026, 3, 2), date(2026, 3, 1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-02-02 08:00:00+07:00"):
        yield


@pytest.fixture
def merged(departments, ministry):
    """Two departments become one on 1 March; the sheet of the first had been taken in February."""
    first, second = departments[:2]
    keeper = make_user(first, full_name="Giàng Thị Mỷ")
    person = make_person("Lò Văn Mai", first)
    add(keeper, first, 2026, [Line(person, "LDTT")])
    sheet = Registration.objects.get(unit=first)
    registering.accept(make_user(ministry), registering.send(keeper, sheet))
    new = NewUnit(name="Sở Tư pháp tỉnh Hợp nhất", kind=first.kind, parent=ministry)
    with time_machine.travel("2026-03-02 08:00:00+07:00"):
        event = reorganise(None, Merge((first, second), new), on=MERGED, decision="QĐ 99/QĐ-BTP")
        yield event.successions.first().successor


def summary(ministry):
    return coverage(
        expected_below(ministry, 2026, on=ON), 2026, on=ON, ended=ended_below(ministry, 2026, on=ON)
    )


def test_the_summary_keeps_the_ended_unit_and_its_numbers(merged, ministry, departments):
    found = summary(ministry)

    told = {
        row.name: (row.state, bool(row.ended), [one.name for one in row.handed_over]) for row in found.rows
    }
    assert told == {
        departments[2].name: ("", False, []),
        merged.name: ("", False, [departments[0].name]),
        departments[0].name: ("accepted", True, []),
    }
    assert (found.registered, len(found.living), [row.name for row in found.missing]) == (
        1,
        2,
        [departments[2].name],
    )
    assert [(one.award, one.total) for one in found.awards] == [("LDTT", 1)]


def test_the_page_says_who_ended_and_whose_sheet_is_there(merged, ministry, departments):
    officer = make_user(ministry)

    page = " ".join(text_of(opened(officer, "coverage", ministry.pk, 2026)).split())
    lines = text_of(opened(officer, "registered", ministry.pk, 2026))

    assert f"Chấm dứt từ 1/3/2026 (QĐ 99/QĐ-BTP); nhận thay: {merged.name}" in page
    assert f"đã có bản của {departments[0].name}" in page
    assert "Nhắc 1 đơn vị chưa đăng ký" in page
    assert "Lò Văn Mai" in lines


def test_all_who_lack_a_sheet_are_reminded_but_not_the_heir(merged, ministry, departments):
    answer = sent(make_user(ministry), "coverage_remind", ministry.pk, 2026, all="1", about="")

    assert said(answer) == ["Đã nhắc 1 đơn vị."]
    assert list(RegistrationReminder.objects.values_list("unit", flat=True)) == [departments[2].pk]


def test_after_a_reminder_the_page_offers_none_that_would_be_spared(merged, ministry):
    officer = make_user(ministry)
    make_unit("Sở Tư pháp tỉnh Chưa nhắc", ministry)
    before = text_of(opened(officer, "coverage", ministry.pk, 2026))
    sent(officer, "coverage_remind", ministry.pk, 2026, all="1", about="")
    after = text_of(opened(officer, "coverage", ministry.pk, 2026))

    assert "Nhắc 2 đơn vị chưa đăng ký" in before
    assert ("remind-missing" in before, "remind-missing" in after) == (True, False)


def test_the_heir_is_not_told_it_has_nothing(merged, departments):
    work = registration_work([merged.pk, departments[2].pk], on=ON)

    assert [one.unit for one in work.to_begin] == [departments[2].name]


# -- in a cluster --------------------------------------------------------------------------------------


@pytest.fixture
def cluster(departments, ministry):
    """The three departments are a cluster of the year; it is to be asked for before the merger."""
    return make_cluster(ministry, *departments[:3])


@pytest.fixture
def lead(cluster, departments):
    """Return who acts for the cluster, with no role on any of its units."""
    account = make_user(departments[2], None, full_name="Lê Văn Cụm")
    ClusterRole.objects.create(
        cluster=cluster, person=account.person, role="lead", valid_from=date(2026, 1, 1)
    )
    return account


def rows_of(page):
    """Return the text of each row of the last table, without marks."""
    body = page.rpartition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in body.split("</tr>")[:-1]]


def test_the_clusters_summary_says_which_members_ended_when_and_into_whom(cluster, lead, merged, departments):
    rows = rows_of(text_of(opened(lead, "cluster_coverage", cluster.pk)))

    ending = f"Chấm dứt từ 1/3/2026 (QĐ 99/QĐ-BTP); nhận thay: {merged.name}"
    assert [any(row.startswith(f"{one.name} {ending}") for row in rows) for one in departments[:3]] == [
        True,
        True,
        False,
    ]
    assert len(rows) == 4


def test_members_that_ended_are_no_part_of_how_many_registered_but_their_numbers_stay(
    cluster, lead, merged, departments
):
    found = coverage(members_of(cluster), 2026, on=ON, only_handed_in=True)

    assert (found.registered, [row.name for row in found.missing]) == (1, [departments[2].name])
    assert [row.name for row in found.rows if row.ended] == [one.name for one in departments[:2]]
    assert [(one.award, one.total) for one in found.awards] == [("LDTT", 1)]


def test_the_lead_reads_the_sheet_of_a_member_that_ended(cluster, lead, merged, departments):
    opened_by_lead = opened(lead, "registration", departments[0].pk, 2026)

    assert opened_by_lead.status_code == 200


def test_the_workbook_of_the_cluster_tells_the_ends_too(cluster, lead, merged, departments):
    answer = opened(lead, "cluster_coverage", cluster.pk, format="xlsx")

    head, *rows = CalamineWorkbook.from_filelike(BytesIO(answer.body)).get_sheet_by_index(0).to_python()
    told = {row[0]: row[head.index("Chấm dứt")] for row in rows}
    assert told[departments[1].name] == f"Chấm dứt từ 1/3/2026 (QĐ 99/QĐ-BTP); nhận thay: {merged.name}"


def test_nobody_is_reminded_of_a_member_that_ended(cluster, lead, merged, departments):
    sent(lead, "cluster_coverage_remind", cluster.pk, all="1", about="")

    assert list(RegistrationReminder.objects.values_list("unit", flat=True)) == [departments[2].pk]
