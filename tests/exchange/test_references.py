"""What stands in the way of an undo is named as its readers call it."""

import pytest
from django.utils.text import camel_case_to_spaces

from factories import make_person, make_role, make_unit
from thidua.exchange.references import references_to, referred, relations_to
from thidua.organisations.models import Cluster, Person, Unit


@pytest.mark.parametrize("model", [Person, Unit, Cluster])
def test_no_table_is_named_by_its_english_class(model):
    tables = {relation.related_model for relation in relations_to(model, ())}

    unnamed = [
        table for table in tables if table._meta.verbose_name == camel_case_to_spaces(table._meta.object_name)
    ]

    assert (bool(tables), unnamed) == (True, [])


@pytest.mark.django_db
def test_a_role_in_the_way_is_told_in_vietnamese():
    unit = make_unit()
    person = make_person("Bùi Thị Thu Hằng", unit)
    make_role(person, unit)

    found = references_to(Person, [person.pk], own={"post.person"}, shown="full_name")

    assert [(one.label, one.count, one.examples) for one in found] == [
        ("vai trò được giao", 1, ("Bùi Thị Thu Hằng",))
    ]
    assert referred(Person, [person.pk], own={"post.person"}) == {person.pk: "vai trò được giao"}
