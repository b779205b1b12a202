"""Registrations from a table: preview, saving, taking back."""

import re
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from exchange import imports
from exchange.imports import saved, undone, workbook
from factories import make_kind, make_person, make_unit, make_user, signed_in
from thidua.audit.models import Entry
from thidua.exchange.importers import importer_named
from thidua.movements.models import Registration, RegistrationEntry
from thidua.movements.services import registering
from thidua.movements.services.registering import Line, add
from thidua.movements.services.wishing import wish
from thidua.organisations.models import Person

pytestmark = pytest.mark.django_db
HEADINGS = ("Họ và tên", "Số hiệu", "Tập thể", "Danh hiệu đăng ký", "Năm", "Ghi chú")


@pytest.fixture(autouse=True)
def clock(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def keeper(department):
    return make_user(department, full_name="Giàng Thị Mỷ")


@pytest.fixture
def room(department):
    kind = make_kind("phong", is_small_collective=True)
    return make_unit("Phòng Hành chính tư pháp", department, kind=kind, is_small_collective=True)


@pytest.fixture
def person(room):
    return make_person("Lò Văn Mai", room, staff_code="CB-1")


def previewed(user, *rows, **options):
    return imports.previewed(user, workbook(HEADINGS, *rows), target="registrations", **options)


def outcomes(batch):
    rows = batch.rows.order_by("number")
    return [(row.outcome, [problem["code"] for problem in row.problems]) for row in rows]


def lines():
    columns = ("registration__unit__name", "registration__year", "name", "award")
    return sorted(RegistrationEntry.objects.values_list(*columns))


def test_each_row_goes_to_the_sheet_that_speaks_for_its_subject(keeper, person, room):
    batch = previewed(
        keeper,
        ("Lò Văn Mai", "CB-1", "", "LĐTT", "2026", "phấn đấu"),
        ("", "", "Phòng Hành chính tư pháp", "Tập thể lao động tiên tiến", "", ""),
    )

    saved(keeper, batch)

    where = "Sở Tư pháp tỉnh Lào Cai"
    assert lines() == [
        (where, 2026, "Lò Văn Mai", "LDTT"),
        (where, 2026, "Phòng Hành chính tư pháp", "TTLDTT"),
    ]


def test_what_cannot_be_is_refused_before_anything_is_written(keeper, person):
    batch = previewed(
        keeper,
        ("Lò Văn Mai", "CB-1", "", "Tập thể lao động tiên tiến", "2026", ""),
        ("Ai Đó Lạ", "", "", "LĐTT", "2026", ""),
        ("Lò Văn Mai", "CB-1", "", "LĐTT", "2026", ""),
        ("Lò Văn Mai", "CB-1", "", "LĐTT", "2026", ""),
    )

    assert outcomes(batch) == [
        ("refuse", ["award_not_for_kind"]),
        ("refuse", ["person_unknown"]),
        ("create", []),
        ("refuse", ["twice_in_file"]),
    ]
    assert lines() == []


def test_what_is_there_already_is_passed_over(keeper, department, person):
    add(keeper, department, 2026, [Line(person, "LDTT")])

    batch = previewed(keeper, ("Lò Văn Mai", "CB-1", "", "LĐTT", "2026", ""))

    assert outcomes(batch) == [("same", [])]


def test_an_import_is_taken_back(keeper, person):
    batch = saved(keeper, previewed(keeper, ("Lò Văn Mai", "CB-1", "", "LĐTT", "2026", "")))

    undone(keeper, batch)

    assert lines() == []


def test_a_wish_taken_in_by_an_import_is_a_wish_again_after_it(keeper, room):
    staff = make_user(room, None, full_name="Vàng Thị Dế")
    entry = wish(staff, staff.person, 2026, "LDTT")
    batch = saved(keeper, previewed(keeper, ("Vàng Thị Dế", "", "", "LĐTT", "2026", "")))
    entry.refresh_from_db()
    taken_in = not entry.is_wish

    undone(keeper, batch)

    entry.refresh_from_db()
    assert (taken_in, entry.is_wish) == (True, True)


def test_a_small_collective_with_a_sheet_of_its_own_is_spoken_for_by_it(keeper, room, person):
    add(keeper, room, 2026, [Line(room, "TTLDTT")])

    saved(
        keeper,
        previewed(
            keeper,
            ("Lò Văn Mai", "CB-1", "", "LĐTT", "2026", ""),
            ("Lò Văn Mai", "CB-1", "", "LĐTT", "2025", ""),
        ),
    )

    assert lines() == [
        ("Phòng Hành chính tư pháp", 2026, "Lò Văn Mai", "LDTT"),
        ("Phòng Hành chính tư pháp", 2026, "Phòng Hành chính tư pháp", "TTLDTT"),
        ("Sở Tư pháp tỉnh Lào Cai", 2025, "Lò Văn Mai", "LDTT"),
    ]


def test_a_year_too_far_ahead_is_refused_in_the_preview(keeper, person):
    batch = previewed(keeper, ("Lò Văn Mai", "CB-1", "", "LĐTT", "2028", ""))

    assert outcomes(batch) == [("refuse", ["year_out_of_range"])]


def test_a_line_another_put_in_since_the_preview_is_not_the_imports_to_take_back(
    keeper, department, person, room
):
    batch = previewed(
        keeper,
        ("Lò Văn Mai", "CB-1", "", "LĐTT", "2026", ""),
        ("", "", "Phòng Hành chính tư pháp", "Tập thể lao động tiên tiến", "2026", ""),
    )
    add(keeper, department, 2026, [Line(person, "LDTT")])
    batch = saved(keeper, batch)
    written = outcomes(batch)

    undone(keeper, batch)

    assert written == [("refuse", ["changed_since_preview"]), ("create", [])]
    assert lines() == [("Sở Tư pháp tỉnh Lào Cai", 2026, "Lò Văn Mai", "LDTT")]


def test_a_wish_made_since_the_preview_outlives_the_import(keeper, room):
    staff = make_user(room, None, full_name="Vàng Thị Dế")
    batch = previewed(keeper, ("Vàng Thị Dế", "", "", "LĐTT", "2026", ""))
    entry = wish(staff, staff.person, 2026, "LDTT")

    undone(keeper, saved(keeper, batch))

    assert RegistrationEntry.objects.get(pk=entry.pk).is_wish


def test_one_who_left_since_the_preview_keeps_no_other_row_out(keeper, person, room):
    make_person("Sùng A Páo", room, staff_code="CB-2")
    batch = previewed(
        keeper,
        ("Lò Văn Mai", "CB-1", "", "LĐTT", "2026", ""),
        ("Sùng A Páo", "CB-2", "", "LĐTT", "2026", ""),
    )
    Person.objects.filter(pk=person.pk).update(unit=None)

    batch = saved(keeper, batch)

    assert outcomes(batch) == [("refuse", ["subject_gone"]), ("create", [])]


def test_every_wish_given_back_is_in_the_log(keeper, room):
    staff = make_user(room, None, full_name="Vàng Thị Dế")
    wish(staff, staff.person, 2026, "LDTT")
    batch = saved(keeper, previewed(keeper, ("Vàng Thị Dế", "", "", "LĐTT", "2026", "")))

    undone(keeper, batch)

    assert Entry.objects.filter(action="registration.wishes_given_back").count() == 1


def test_a_sheet_that_went_out_meanwhile_refuses_its_rows(keeper, department, person):
    batch = previewed(keeper, ("Lò Văn Mai", "CB-1", "", "LĐTT", "2026", ""))
    add(keeper, department, 2026, [Line(department, "TTLDXS")])
    registering.send(keeper, Registration.objects.get())

    saved(keeper, batch)

    assert lines() == [("Sở Tư pháp tỉnh Lào Cai", 2026, "Sở Tư pháp tỉnh Lào Cai", "TTLDXS")]


def test_what_was_handed_in_stands_in_the_way_of_an_undo(keeper, person):
    batch = saved(keeper, previewed(keeper, ("Lò Văn Mai", "CB-1", "", "LĐTT", "2026", "")))
    registering.send(keeper, Registration.objects.get())

    found = importer_named("registrations").in_the_way(batch.rows.all())

    assert [(one.label, one.count) for one in found] == [("bản đăng ký đã gửi", 1)]


def test_only_who_keeps_registrations_brings_them_in(keeper, department):
    importer = importer_named("registrations")
    auditor = make_user(department, "auditor", full_name="Soi Soát")
    staff = make_user(department, None, full_name="Vàng Thị Dế")

    assert [importer.may_import(user) for user in (keeper, auditor, staff)] == [True, False, False]


def test_the_sheets_own_page_leads_to_the_import_with_its_unit_and_year(keeper, department):
    client = signed_in(Client(), keeper)
    sheet = unescape(
        client.get(reverse("movements:registration", args=[department.pk, 2027])).content.decode()
    )
    (address,) = re.findall(r'href="(/[^"]*nhap/registrations/[^"]*)"', sheet)

    page = unescape(client.get(address).content.decode())

    assert re.findall(r'<input[^>]*name="unit"[^>]*value="([^"]*)"', page) == [department.name]
    assert '<option value="2027" selected>' in page


def test_a_unit_of_others_in_the_address_is_not_filled_in(keeper, departments):
    client = signed_in(Client(), keeper)
    address = reverse("exchange:start", args=["registrations"])

    pages = [client.get(address, {"unit": one}).content.decode() for one in (departments[0].pk, "nonsense")]

    assert [departments[0].name in page for page in pages] == [False, False]


def test_rows_without_a_year_are_of_the_year_chosen_and_of_the_sheet_chosen(keeper, person, room, department):
    batch = previewed(
        keeper,
        ("Lò Văn Mai", "CB-1", "", "LĐTT", "", ""),
        ("Lò Văn Mai", "CB-1", "", "LĐTT", "2026", ""),
        unit=str(department.pk),
        unit_name=department.name,
        year=2027,
    )
    saved(keeper, batch)

    assert [year for _unit, year, _name, _award in lines()] == [2026, 2027]
    assert importer_named("registrations").options_shown(batch.scope) == [
        ("Bản đăng ký của đơn vị", department.name),
        ("Năm, khi ô trống", "2027"),
    ]


def test_a_row_of_another_sheet_is_refused_by_name(keeper, person, department, ministry):
    head = make_user(ministry)
    batch = previewed(
        head, ("Lò Văn Mai", "CB-1", "", "LĐTT", "2026", ""), unit=str(ministry.pk), unit_name=ministry.name
    )

    assert outcomes(batch) == [("refuse", ["other_sheet"])]
