"""Units and people named in a form as people type them."""

import pytest
from django.core.exceptions import ValidationError

from factories import make_person, make_unit
from thidua.organisations.forms.fields import PersonField, UnitField
from thidua.organisations.models import Person, Unit

pytestmark = pytest.mark.django_db


def unit_field():
    field = UnitField()
    field.offer(Unit.objects.all())
    return field


def person_field():
    field = PersonField()
    field.offer(Person.objects.all())
    return field


@pytest.mark.parametrize(
    "typed",
    ["Sở Tư pháp Lào Cai", "so tu phap lao cai", "SO TU PHAP LAO CAI", "Sở tư pháp lào cai", "lao cai"],
)
def test_a_unit_is_found_with_and_without_diacritics(typed):
    unit = make_unit("Sở Tư pháp Lào Cai", make_unit("Bộ"))

    assert unit_field().clean(typed) == unit


def test_the_whole_name_goes_before_names_that_only_hold_it():
    unit = make_unit("Phòng Tổng hợp", make_unit("Bộ"))
    make_unit("Phòng Tổng hợp và Truyền thông", unit.parent)

    assert unit_field().clean("phong tong hop") == unit


def test_a_person_is_told_by_the_unit_typed_without_diacritics_and_with_a_keyboards_dash():
    ministry = make_unit("Bộ")
    here, there = make_unit("Cục A", ministry), make_unit("Cục B", ministry)
    make_person("Nguyễn Văn Dũng", there)
    person = make_person("Nguyễn Văn Dũng", here)

    label = person_field().label_of(person)

    assert person_field().clean(label.replace("—", "-").replace("ễ", "e").replace("ũ", "u")) == person


def test_tones_that_are_typed_count_where_several_fit():
    unit = make_unit()
    first, second = make_person("Nguyễn Văn Dũng", unit), make_person("Nguyễn Văn Dụng", unit)

    assert person_field().clean("Nguyễn Văn Dũng") == first
    assert person_field().clean("Nguyễn Văn Dụng") == second


def test_several_that_fit_are_named():
    unit = make_unit("Cục A", make_unit("Bộ"))
    make_person("Nguyễn Văn Dũng", unit)
    make_person("Nguyễn Văn Dụng", unit)

    with pytest.raises(ValidationError) as refused:
        person_field().clean("nguyen van dung")

    sentence = refused.value.messages[0]
    assert sentence.startswith("Có nhiều kết quả khớp “nguyen van dung”: Nguyễn Văn Dũng — ")
    assert "Nguyễn Văn Dụng" in sentence


@pytest.mark.parametrize("others", [2, 20])
def test_a_name_is_found_among_many_that_hold_it_in_one_query(others, django_assert_num_queries):
    above = make_unit("Cục", make_unit("Bộ"))
    unit = make_unit("Phòng Một", above)
    for number in range(others):
        make_person(f"Lê Một {number}", make_unit(f"Phòng Một {number}", above))
    person = make_person("Lê Một", unit)

    with django_assert_num_queries(1):
        assert unit_field().clean("Phòng Một — Cục") == unit
    with django_assert_num_queries(1):
        assert person_field().clean("Lê Một — Chuyên viên, Phòng Một") == person
