"""A second file with the headings of the first, and cells that only somebody who looks would notice."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from exchange.imports import PEOPLE, codes_of, person_row, previewed, read, saved, workbook
from factories import make_administrator, make_unit, signed_in
from thidua.exchange.models import Import
from thidua.organisations.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def house():
    top = make_unit("Bộ Thử nghiệm")
    for name in ("Sở Một", "Sở Hai"):
        make_unit("Văn phòng Sở", make_unit(name, top))
    return top


@pytest.fixture
def keeper(house):
    return make_administrator()


def dropped(keeper, content, name="nguoi.xlsx", **given):
    client = signed_in(Client(), keeper)
    return client.post(
        reverse("exchange:start", args=["people"]), {"file": SimpleUploadedFile(name, content), **given}
    )


def test_what_filled_blank_cells_fills_those_of_the_next_file_with_the_same_headings(house, keeper):
    headings = tuple(heading for heading in PEOPLE if heading != "Đơn vị")
    row = ("CB-1", "Lê An", "2/9/1985", "Nam", "Chuyên viên", "Công chức", "1/1/2020")
    dropped(keeper, workbook(headings, row), unit="Sở Hai")
    first = Import.objects.get()
    first = read(keeper, first)

    dropped(keeper, workbook(headings, ("CB-2", *row[1:])))

    second = Import.objects.exclude(pk=first.pk).get()
    assert second.scope == first.scope
    assert second.scope["unit_name"] == "Sở Hai"
    assert second.counts == {"create": 1}


def test_a_unit_of_many_is_the_one_where_the_person_works(house, keeper):
    saved(keeper, previewed(keeper, workbook(PEOPLE, person_row(code="CB-1", unit="Văn phòng Sở, Sở Hai"))))

    batch = previewed(
        keeper,
        workbook(
            PEOPLE,
            person_row(code="CB-1", unit="Văn phòng Sở", position="Phó phòng"),
            person_row(code="CB-2", unit="Văn phòng Sở"),
        ),
    )

    assert codes_of(batch) == {2: ["post_corrected"], 3: ["unit_several"]}
    assert Person.objects.get().unit.parent.name == "Sở Hai"


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("nguyễn văn DŨNG", ["name_case"]),
        ("Nguyễn văn Dũng", ["name_case"]),
        ("NGUYỄN VĂN DŨNG", []),
        ("Nguyễn Văn Dũng", []),
        ("H'Hen Niê", []),
    ],
)
def test_a_name_of_mixed_letters_is_pointed_out(house, keeper, name, codes):
    batch = previewed(keeper, workbook(PEOPLE, person_row(name, unit="Sở Hai")))

    assert codes_of(batch) == {2: codes}


def test_words_in_a_file_called_a_workbook_are_refused_and_leave_nothing(house, keeper):
    answer = dropped(keeper, b"hello", name="notx.xlsx")

    assert answer.status_code == 422
    assert "là tệp chữ thường đặt đuôi bảng tính, không phải bảng tính." in answer.content.decode()
    assert Import.objects.count() == 0
