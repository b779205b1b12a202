"""What the database itself refuses of a registration."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from factories import make_person
from thidua.movements.models import Registration, RegistrationEntry, RegistrationReminder

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(department):
    return Registration.objects.create(unit=department, root=department.root, year=2026)


def entry(sheet, **fields):
    fields = {"award": "LDTT", "name": "A", "folded": "a", "marked": "0a", "sort_key": "a", **fields}
    return RegistrationEntry.objects.create(registration=sheet, **fields)


def refused(make, **fields):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make(**fields)
    return str(error.value)


def test_a_unit_has_one_sheet_a_year(sheet):
    make = Registration.objects.create
    told = refused(make, unit=sheet.unit, root=sheet.root, year=2026)

    assert "unit_id" in told or "registration_once_a_year" in told
    assert make(unit=sheet.unit, root=sheet.root, year=2027).year == 2027


def test_a_sheet_that_was_sent_says_when(sheet):
    make = Registration.objects.create

    told = refused(make, unit=sheet.root, root=sheet.root, year=2026, state="sent")

    assert "registration_sent_at_a_moment" in told
    assert make(unit=sheet.root, root=sheet.root, year=2026, state="sent", sent_at=timezone.now()).pk


def test_a_sheet_that_was_returned_says_why(sheet):
    make = Registration.objects.create
    fields = {"unit": sheet.root, "root": sheet.root, "year": 2026, "sent_at": timezone.now()}

    told = refused(make, **fields, state="returned")

    assert "registration_returned_with_reason" in told
    assert make(**fields, state="returned", reason="Thiếu tập thể").pk


def test_a_line_is_of_one_subject(sheet):
    person = make_person(unit=sheet.unit)

    nobody = refused(entry, sheet=sheet)
    both = refused(entry, sheet=sheet, person=person, collective=sheet.unit)

    assert "registration_entry_of_one_subject" in nobody
    assert "registration_entry_of_one_subject" in both


def test_a_subject_strives_for_an_award_once_on_a_sheet(sheet):
    person = make_person(unit=sheet.unit)
    entry(sheet, person=person)
    entry(sheet, collective=sheet.unit, award="TTLDTT")

    refused(entry, sheet=sheet, person=person)
    refused(entry, sheet=sheet, collective=sheet.unit, award="TTLDTT")

    assert entry(sheet, person=person, award="CSTDCS").pk


def test_only_a_person_wishes(sheet):
    told = refused(entry, sheet=sheet, collective=sheet.unit, award="TTLDTT", is_wish=True)

    assert "registration_wish_of_person" in told


def test_a_unit_is_reminded_once_a_day(sheet):
    make = RegistrationReminder.objects.create
    make(unit=sheet.unit, year=2026, on=date(2026, 3, 2))

    refused(make, unit=sheet.unit, year=2026, on=date(2026, 3, 2))

    assert make(unit=sheet.unit, year=2026, on=date(2026, 3, 3)).pk
