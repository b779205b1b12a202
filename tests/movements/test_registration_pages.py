"""Pages of registrations: what each reader sees, what each form does, who is refused."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from factories import (
    make_account,
    make_administrator,
    make_cluster,
    make_kind,
    make_person,
    make_unit,
    make_user,
    signed_in,
)
from movements.plans import launch, make_movement
from movements.stage import opened, said, sent, text_of
from thidua.movements.models import Registration, RegistrationReminder
from thidua.movements.services import registering
from thidua.movements.services.registering import Line, add
from thidua.movements.services.wishing import wish
from thidua.notices.models import Notice
from thidua.organisations.models import ClusterRole, Person, UnitRole
from thidua.records.days import today

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00"):
        yield


@pytest.fixture
def keeper(department):
    return make_user(department, full_name="Giàng Thị Mỷ")


@pytest.fixture
def person(department):
    small = make_kind("phong", is_small_collective=True)
    room = make_unit("Phòng Hành chính tư pháp", department, kind=small, is_small_collective=True)
    return make_person("Lò Văn Mai", room)


@pytest.fixture
def sheet(keeper, department, person):
    add(keeper, department, 2026, [Line(person, "LDTT"), Line(department, "TTLDXS")])
    return Registration.objects.get()


@pytest.fixture
def lead(ministry, departments, department):
    """Return who acts for the cluster the department is in; no role on any of its units."""
    cluster = make_cluster(ministry, departments[0], department)
    account = make_user(departments[0], None, full_name="Lê Văn Cụm")
    ClusterRole.objects.create(cluster=cluster, person=account.person, role="lead", valid_from=today())
    return account


def at(sheet):
    return sheet.unit_id, sheet.year


# -- who sees what -------------------------------------------------------------------------------------


def statuses(accounts, name, *args):
    return [opened(account, name, *args).status_code for account in accounts]


def test_a_draft_is_seen_by_the_unit_and_above_and_by_nobody_else(keeper, officer, lead, sheet, departments):
    stranger = make_user(departments[1], full_name="Ma Lạ")
    staff = make_user(sheet.unit, None, full_name="Vàng Thị Dế")
    readers = [keeper, officer, make_administrator(), lead, stranger, staff, make_account()]

    assert statuses(readers, "registration", *at(sheet)) == [200, 200, 200, 404, 404, 404, 404]


def test_the_clusters_lead_reads_a_sheet_once_it_is_sent(keeper, lead, sheet, ministry, departments):
    other = make_user(departments[2], None, full_name="Hà Cụm Khác")
    elsewhere = make_cluster(ministry, departments[1], year=2026, code="cum-2")
    ClusterRole.objects.create(cluster=elsewhere, person=other.person, role="lead", valid_from=today())
    registering.send(keeper, sheet)

    assert statuses([lead, other], "registration", *at(sheet)) == [200, 404]
    assert statuses([lead, other], "registration_paper", *at(sheet), "docx") == [200, 404]


@pytest.mark.parametrize(("left", "status", "named"), [(0, 404, False), (1, 200, True)])
def test_a_unit_that_left_the_cluster_is_its_leads_no_more(keeper, lead, sheet, left, status, named):
    place = sheet.unit.cluster_memberships.get()
    place.valid_until = today() + timedelta(days=left)
    place.save()
    registering.send(keeper, sheet)

    overview = text_of(opened(lead, "cluster_coverage", place.cluster_id)).rpartition("<tbody>")[2]

    assert statuses([lead], "registration", *at(sheet)) == [status]
    assert (sheet.unit.name in overview) == named
    assert Notice.objects.filter(account=lead).exists() == named


def test_the_overview_is_for_who_stands_above(keeper, officer, lead, sheet, ministry):
    readers = [officer, make_administrator(), keeper, lead]

    assert statuses(readers, "coverage", ministry.pk, 2026) == [200, 200, 404, 404]


def test_the_clusters_overview_is_for_its_leaders_and_who_set_it_up(officer, lead, keeper, sheet):
    cluster = sheet.unit.cluster_memberships.get().cluster

    assert statuses([lead, officer, keeper], "cluster_coverage", cluster.pk) == [200, 200, 404]


@pytest.mark.parametrize("act", ["send", "accept", "take_back", "return"])
def test_who_only_reads_makes_no_step(act, lead, keeper, sheet, department):
    auditor = make_user(department, UnitRole.Role.AUDITOR, full_name="Soi Soát")
    registering.send(keeper, sheet)
    before = Registration.objects.get()

    answers = [sent(who, "registration_step", *at(sheet), act).status_code for who in (lead, auditor)]

    assert answers == [403, 403]
    assert Registration.objects.get().state == before.state


def test_a_unit_does_not_take_its_own_sheet(keeper, sheet):
    registering.send(keeper, sheet)

    assert sent(keeper, "registration_step", *at(sheet), "accept").status_code == 403


def test_lines_are_changed_only_by_who_keeps_the_sheet(sheet, department, lead, keeper):
    auditor = make_user(department, UnitRole.Role.AUDITOR, full_name="Soi Soát")
    chosen = {"selected": str(sheet.entries.first().pk), "act": "remove"}

    added = sent(auditor, "registration_add", *at(sheet), line="x").status_code
    removed = sent(auditor, "registration_lines", *at(sheet), **chosen).status_code

    assert (added, removed, sheet.entries.count()) == (403, 403, 2)


@pytest.mark.parametrize("year", [1999, 2028])
def test_a_year_out_of_range_is_no_page(keeper, department, year):
    assert opened(keeper, "registration", department.pk, year).status_code == 404


# -- the sheet -----------------------------------------------------------------------------------------


def test_a_year_without_a_sheet_invites_to_begin(keeper, department):
    page = text_of(opened(keeper, "registration", department.pk, 2026))

    assert "Chưa có ai trong bản đăng ký." in page
    assert "Chưa lập" in page


def test_the_sheet_is_searched_without_diacritics(keeper, sheet):
    found = text_of(opened(keeper, "registration", *at(sheet), q="lo van mai"))
    typed = text_of(opened(keeper, "registration", *at(sheet), q="Lỗ Văn"))

    assert ("Chuyên viên" in found, "Chuyên viên" in typed) == (True, False)


def test_each_figure_opens_to_its_lines(keeper, sheet):
    response = opened(keeper, "registration", *at(sheet), award="TTLDXS")

    rows = text_of(response).split("<tbody>")[1]
    assert ("Lò Văn Mai" in rows, "Sở Tư pháp tỉnh Lào Cai" in rows) == (False, True)


def test_sending_and_taking_lead_back_to_the_sheet(keeper, officer, sheet):
    gone = sent(keeper, "registration_step", *at(sheet), "send", version=sheet.version)
    sheet.refresh_from_db()
    taken = sent(officer, "registration_step", *at(sheet), "accept", version=sheet.version)

    assert said(gone) == ["Đã gửi bản đăng ký tới Bộ Tư pháp."]
    assert said(taken) == ["Đã nhận bản đăng ký của Sở Tư pháp tỉnh Lào Cai."]


def test_a_sheet_that_changed_meanwhile_is_not_sent(keeper, sheet, person):
    seen = sheet.version
    add(keeper, sheet.unit, 2026, [Line(person, "CSTDCS")])

    response = sent(keeper, "registration_step", *at(sheet), "send", version=seen)

    assert said(response)[0].startswith("Đã được Giàng Thị Mỷ xử lý lúc")
    assert Registration.objects.get().state == "draft"


def test_returning_asks_for_the_reason_and_shows_it_to_the_unit(keeper, officer, sheet):
    registering.send(keeper, sheet)
    sheet.refresh_from_db()
    empty = sent(officer, "registration_step", *at(sheet), "return", reason="", version=sheet.version)

    sent(officer, "registration_step", *at(sheet), "return", reason="Thiếu cờ", version=sheet.version)

    assert empty.status_code == 422
    assert "Thiếu cờ" in text_of(opened(keeper, "registration", *at(sheet)))


def test_who_stands_above_is_offered_to_return_a_sheet_and_not_to_take_it_back(keeper, officer, sheet):
    registering.send(keeper, sheet)

    offered = [
        [words in text_of(opened(one, "registration", *at(sheet))) for words in ("do-take_back", "/return/")]
        for one in (keeper, officer)
    ]

    assert offered == [[True, False], [False, True]]


def test_ticked_lines_are_taken_off(keeper, sheet):
    chosen = [str(sheet.entries.get(award="LDTT").pk)]

    response = sent(keeper, "registration_lines", *at(sheet), selected=chosen, act="remove")

    assert (said(response), sheet.entries.count()) == (["Đã bỏ 1 dòng."], 1)


def test_lines_from_a_workbook_are_asked_for_as_registrations(keeper, sheet):
    page = text_of(opened(keeper, "registration", *at(sheet)))

    assert (
        f'href="{reverse("exchange:start", args=["registrations"])}?unit={sheet.unit_id}&year={sheet.year}"'
        in page
    )


def test_a_line_of_who_left_is_marked_and_to_do(keeper, sheet, person):
    Person.objects.filter(pk=person.pk).update(unit=None)

    page = text_of(opened(keeper, "registration", *at(sheet)))

    assert "Trong bản đăng ký còn 1 người đã thôi công tác: Lò Văn Mai." in page
    assert page.count("không còn ở đơn vị") == 1


def test_wishes_wait_in_a_part_of_their_own(keeper, officer, sheet, person):
    staff = make_user(person.unit, None, full_name="Vàng Thị Dế")
    entry = wish(staff, staff.person, 2026, "LDTT")

    waiting = text_of(opened(keeper, "registration", *at(sheet), part="wishes"))
    sent(keeper, "registration_lines", *at(sheet), selected=[str(entry.pk)], act="take_in")

    entry.refresh_from_db()
    assert ("Vàng Thị Dế" in waiting.split("<tbody>")[1], entry.is_wish) == (True, False)


def test_the_list_is_given_as_a_workbook(keeper, sheet):
    response = opened(keeper, "registration", *at(sheet), format="xlsx")

    assert (response.status_code, response.body[:2]) == (200, b"PK")


@pytest.mark.parametrize(("kind", "start"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_the_paper_is_given_in_both_forms(keeper, sheet, kind, start):
    response = opened(keeper, "registration_paper", *at(sheet), kind)

    assert response.body.startswith(start)


def test_an_unknown_form_of_paper_is_not_there(keeper, sheet):
    assert opened(keeper, "registration_paper", *at(sheet), "odt").status_code == 404


def test_the_movement_is_chosen_and_its_step_reached(ministry, departments, officer, keeper, sheet):
    movement = launch(make_movement(ministry, by=officer), departments, by=officer)

    chosen = sent(
        keeper, "registration_movement", *at(sheet), movement=str(movement.pk), version=sheet.version
    )
    nonsense = sent(keeper, "registration_movement", *at(sheet), movement="x", version=sheet.version)

    assert (said(chosen), Registration.objects.get().movement) == (["Đã lưu."], movement)
    assert said(nonsense) == ["Chọn một phong trào trong danh sách."]


# -- adding --------------------------------------------------------------------------------------------


def keys(response):
    return [part.split('"')[0] for part in text_of(response).split('name="line" value="')[1:]]


def test_everybody_with_a_post_is_offered_and_added_after_a_look(keeper, department, person):
    make_person("Mùa A Sử", department)
    offered = opened(keeper, "registration_add", department.pk, 2026, source="everybody")

    response = sent(keeper, "registration_add", department.pk, 2026, line=keys(offered))

    names = sorted(Registration.objects.get().entries.values_list("name", "award"))
    assert names == [("Giàng Thị Mỷ", "LDTT"), ("Lò Văn Mai", "LDTT"), ("Mùa A Sử", "LDTT")]
    assert said(response) == ["Đã thêm 3 dòng: “Lao động tiên tiến”."]


def test_an_award_changed_after_the_list_was_shown_is_not_stored_unseen(keeper, department, person):
    given = {"line": [f"person:{person.pk}:LDTT"], "award": "CSTDCS", "q": ""}

    asked = sent(keeper, "registration_add", department.pk, 2026, **given)

    key = f"person:{person.pk}:CSTDCS"
    assert (asked.status_code, Registration.objects.count()) == (422, 0)
    assert "Danh sách vừa đổi sang “Chiến sĩ thi đua cơ sở”." in text_of(asked)
    assert f'name="line" value="{key}" checked' in text_of(asked)
    assert said(sent(keeper, "registration_add", department.pk, 2026, **given | {"line": [key]})) == [
        "Đã thêm 1 dòng: “Chiến sĩ thi đua cơ sở”."
    ]


def test_looking_at_another_award_writes_nothing(keeper, department, person):
    given = {"line": [f"person:{person.pk}:LDTT"], "award": "CSTDCS", "q": "mai", "look": "1"}

    response = sent(keeper, "registration_add", department.pk, 2026, **given)

    asked = response.redirect_chain[-1][0].partition("?")[2]
    assert (asked, Registration.objects.count()) == ("award=CSTDCS&q=mai", 0)


def test_people_of_a_unit_that_registers_for_itself_are_not_offered(officer, ministry, department, person):
    offered = opened(officer, "registration_add", ministry.pk, 2026, source="everybody")

    assert "Lò Văn Mai" not in text_of(offered)


def test_collectives_are_the_unit_and_its_small_ones(keeper, department, person):
    make_unit("Trung tâm Trợ giúp pháp lý", department, kind=make_kind("so"))

    offered = keys(opened(keeper, "registration_add", department.pk, 2026, source="collective"))

    assert offered == [f"unit:{department.pk}:TTLDTT", f"unit:{person.unit_id}:TTLDTT"]


def test_last_years_list_is_offered_again_without_who_is_gone(keeper, department, departments, person):
    away = make_person("Sùng Đi Xa", department)
    add(keeper, department, 2025, [Line(person, "CSTDCS"), Line(away, "LDTT")])
    away.unit = away.record_unit = departments[0]
    away.save()

    offered = opened(keeper, "registration_add", department.pk, 2026, source="last_year")

    assert keys(offered) == [f"person:{person.pk}:CSTDCS"]
    assert "không còn ở đơn vị" in text_of(offered)


def test_what_cannot_be_added_is_said_in_place(keeper, department, person):
    response = sent(keeper, "registration_add", department.pk, 2026, line=[f"person:{person.pk}:TTLDTT"])

    assert response.status_code == 422
    assert "“Tập thể lao động tiên tiến” không dành cho cá nhân." in text_of(response)
    assert Registration.objects.count() == 0


@pytest.mark.parametrize("line", ["", "x", "person:1:LDTT", "unit::"])
def test_nonsense_adds_nothing(keeper, department, line):
    response = sent(keeper, "registration_add", department.pk, 2026, line=[line])

    assert (response.status_code, Registration.objects.count()) == (200, 0)


# -- the overview --------------------------------------------------------------------------------------


def test_the_overview_says_who_registered_and_what_for(officer, keeper, sheet, ministry):
    registering.send(keeper, sheet)

    page = text_of(opened(officer, "coverage", ministry.pk, 2026))

    assert ("1/3" in page, "Nhắc 2 đơn vị chưa đăng ký" in page) == (True, True)
    assert "?award=LDTT&amp;kind=person" in page.replace("&kind", "&amp;kind")


def test_the_overview_opens_to_the_list_behind_a_figure(officer, keeper, sheet, ministry):
    registering.send(keeper, sheet)

    rows = text_of(opened(officer, "registered", ministry.pk, 2026, award="LDTT")).split("<tbody>")[1]

    assert ("Lò Văn Mai" in rows, "tập thể" in rows) == (True, False)


def test_filtering_the_list_behind_a_figure_swaps_the_list_alone(officer, keeper, sheet, ministry):
    registering.send(keeper, sheet)

    answer = signed_in(Client(), officer).get(
        reverse("movements:registered", args=(ministry.pk, 2026)), headers={"HX-Request": "true"}
    )

    assert ("<html" in text_of(answer), "Lò Văn Mai" in text_of(answer)) == (False, True)


def test_what_is_not_sent_counts_for_nobody(officer, keeper, sheet, ministry):
    page = text_of(opened(officer, "registered", ministry.pk, 2026))

    assert "Lò Văn Mai" not in page


def test_a_small_collective_is_not_asked_for_a_sheet_of_its_own(keeper, department, person):
    page = text_of(opened(keeper, "coverage", department.pk, 2026))

    assert "Không có đơn vị nào bên dưới phải đăng ký riêng." in page


@pytest.mark.parametrize(("state", "expected"), [("missing", 2), ("registered", 1), ("sent", 1), ("none", 2)])
def test_the_overview_is_narrowed_by_state(officer, keeper, sheet, ministry, state, expected):
    registering.send(keeper, sheet)

    rows = text_of(opened(officer, "coverage", ministry.pk, 2026, state=state)).rpartition("<tbody>")[2]

    assert rows.partition("</tbody>")[0].count("<tr") == expected


def test_all_who_are_missing_are_reminded_once_a_day(officer, keeper, sheet, ministry):
    registering.send(keeper, sheet)

    first = sent(officer, "coverage_remind", ministry.pk, 2026, all="1")
    second = sent(officer, "coverage_remind", ministry.pk, 2026, all="1")

    assert said(first) == ["Đã nhắc 2 đơn vị."]
    assert said(second) == ["2 đơn vị đã được nhắc hôm nay nên không nhắc lại."]
    assert RegistrationReminder.objects.count() == 2


def test_a_ticked_unit_that_registered_is_not_reminded(officer, keeper, sheet, ministry):
    registering.send(keeper, sheet)

    response = sent(officer, "coverage_remind", ministry.pk, 2026, selected=[str(sheet.unit_id)])

    assert said(response) == ["Không có đơn vị nào chưa đăng ký trong số đã chọn, nên không nhắc ai."]


def test_who_may_not_remind_is_refused(ministry, sheet):
    auditor = make_user(ministry, UnitRole.Role.AUDITOR, full_name="Soi Soát")

    assert sent(auditor, "coverage_remind", ministry.pk, 2026, all="1").status_code == 403
    assert RegistrationReminder.objects.count() == 0


def test_the_cluster_learns_nothing_of_a_draft(lead, sheet):
    cluster = sheet.unit.cluster_memberships.get().cluster

    rows = text_of(opened(lead, "cluster_coverage", cluster.pk)).rpartition("<tbody>")[2]

    assert ("Đang lập" in rows, "Chưa gửi" in rows) == (False, True)


def test_who_leads_the_cluster_reminds_its_members(lead, sheet):
    cluster = sheet.unit.cluster_memberships.get().cluster

    response = sent(lead, "cluster_coverage_remind", cluster.pk, all="1")

    assert said(response) == ["Đã nhắc 2 đơn vị."]


def rows_of(response):
    """Return the rows of a workbook's first sheet without its heading."""
    book = CalamineWorkbook.from_filelike(BytesIO(response.body))
    return book.get_sheet_by_index(0).to_python()[1:]


def test_lists_above_are_given_as_workbooks(officer, keeper, sheet, ministry):
    registering.send(keeper, sheet)

    overview, lines = (
        rows_of(opened(officer, name, ministry.pk, 2026, format="xlsx"))
        for name in ("coverage", "registered")
    )

    assert [row[1:2] + row[3:5] for row in overview if row[0] == sheet.unit.name] == [
        ["Đã gửi, chờ nhận", 1, 1]
    ]
    assert [[*row[:2], row[4]] for row in lines] == [
        ["", sheet.unit.name, "Tập thể lao động xuất sắc"],
        ["Lò Văn Mai", "", "Lao động tiên tiến"],
    ]


def test_the_clusters_list_is_given_as_a_workbook(lead, keeper, sheet):
    cluster = sheet.unit.cluster_memberships.get().cluster
    draft = rows_of(opened(lead, "cluster_registered", cluster.pk, format="xlsx"))
    unsent = rows_of(opened(lead, "cluster_coverage", cluster.pk, format="xlsx"))
    registering.send(keeper, sheet)

    lines = rows_of(opened(lead, "cluster_registered", cluster.pk, format="xlsx"))
    overview = rows_of(opened(lead, "cluster_coverage", cluster.pk, format="xlsx"))

    assert (draft, [row[0] or row[1] for row in lines]) == ([], [sheet.unit.name, "Lò Văn Mai"])
    states = [{row[0]: row[1] for row in rows}[sheet.unit.name] for rows in (unsent, overview)]
    assert states == ["Chưa gửi", "Đã gửi, chờ nhận"]


def test_nobody_out_of_sight_is_named_by_being_picked(keeper, sheet, departments, person):
    stranger = make_person("Ma Lạ", departments[1])
    before = sheet.entries.count()
    keys = [f"person:{stranger.pk}:LDTT", f"unit:{departments[1].pk}:CO_BO", f"person:{person.pk}:CSTDCS"]

    answer = sent(keeper, "registration_add", *at(sheet), line=keys)

    page = text_of(answer)
    assert [page.count(name) for name in ("Ma Lạ", departments[1].name)] == [0, 0]
    assert said(answer) == [
        "Đã thêm 1 dòng: “Chiến sĩ thi đua cơ sở”.",
        "2 dòng không thuộc đơn vị nên không thêm.",
    ]
    assert sheet.entries.count() == before + 1


@pytest.mark.parametrize("version", ["", "không", "9" * 5_000])
def test_a_step_without_the_version_seen_is_not_made(keeper, sheet, version):
    response = sent(keeper, "registration_step", *at(sheet), "send", version=version)

    sheet.refresh_from_db()
    assert (len(said(response)), sheet.state) == (1, Registration.State.DRAFT)


def test_what_passed_between_the_unit_and_above_is_not_the_clusters(officer, lead, keeper, sheet):
    registering.send_back(officer, registering.send(keeper, sheet), "Thiếu cờ thi đua")
    registering.send(keeper, sheet)

    pages = [text_of(opened(reader, "registration", *at(sheet))) for reader in (lead, keeper, officer)]

    assert [page.count("Thiếu cờ thi đua") for page in pages] == [0, 1, 1]


# -- oneself -------------------------------------------------------------------------------------------


def test_a_person_registers_and_takes_it_back(keeper, sheet, person):
    staff = make_user(person.unit, None, full_name="Vàng Thị Dế")

    done = sent(staff, "own_registration", year="2026", award="LDTT", note="")
    entry = sheet.entries.get(is_wish=True)
    gone = sent(staff, "withdraw_wish", entry.pk)

    assert said(done) == ["Đã gửi nguyện vọng tới Sở Tư pháp tỉnh Lào Cai."]
    assert (said(gone), sheet.entries.filter(is_wish=True).count()) == (["Đã rút nguyện vọng."], 0)


def test_a_refused_wish_is_told_in_the_form(keeper, sheet, person):
    staff = make_user(person.unit, None, full_name="Vàng Thị Dế")
    registering.send(keeper, sheet)

    response = sent(staff, "own_registration", year="2026", award="LDTT", note="")

    assert response.status_code == 422
    assert "đã gửi bản đăng ký năm 2026" in text_of(response)


def test_nobody_takes_anothers_wish_away(keeper, sheet, person):
    staff = make_user(person.unit, None, full_name="Vàng Thị Dế")
    entry = wish(staff, staff.person, 2026, "LDTT")

    assert sent(keeper, "withdraw_wish", entry.pk).status_code == 404
    assert sheet.entries.filter(is_wish=True).count() == 1


def test_an_account_without_a_person_has_no_own_page():
    assert opened(make_account(), "own_registration").status_code == 404


# -- the way in ----------------------------------------------------------------------------------------


def led_to(account, **query):
    return signed_in(Client(), account).get(reverse("movements:registrations"), query).url


def test_each_reader_begins_at_the_own_page(officer, keeper, lead, ministry, department):
    staff = make_user(department, None, full_name="Vàng Thị Dế")
    cluster = department.cluster_memberships.get().cluster

    assert led_to(officer) == reverse("movements:coverage", args=[ministry.pk, 2026])
    assert led_to(keeper, year="2027") == reverse("movements:registration", args=[department.pk, 2027])
    assert led_to(lead) == reverse("movements:cluster_coverage", args=[cluster.pk])
    assert led_to(staff) == reverse("movements:own_registration")
    assert led_to(make_administrator()) == reverse("movements:coverage", args=[ministry.pk, 2026])


def test_adding_nobody_stays_where_one_was(keeper, department, person):
    answer = sent(keeper, "registration_add", department.pk, 2026, award="CSTDCS", q="mai")

    page = text_of(answer)
    assert answer.status_code == 422
    assert "Chưa chọn ai nên chưa thêm gì." in page
    assert 'value="mai"' in page
