"""The list of initiatives as a workbook, however many wrote them."""

import pytest

from factories import make_person, make_unit
from thidua.initiatives.models import Authorship, Initiative
from thidua.initiatives.services.writing import Written, start
from thidua.initiatives.views.listing import taken_out
from thidua.organisations.models import Person
from thidua.records.ids import uuid7

pytestmark = pytest.mark.django_db


def named_again(person, number):
    """Return a copy of ``person`` under an id of its own, not yet written."""
    return Person(
        pk=uuid7(),
        full_name=f"{person.full_name} {number}",
        sort_key=person.sort_key,
        folded=person.folded,
        marked=person.marked,
        root_id=person.root_id,
    )


@pytest.mark.parametrize("others", [3, 1_001])
def test_works_of_few_and_of_a_thousand_people_are_read_in_two_queries(others, django_assert_num_queries):
    writer = make_person("Lê Văn Viết", make_unit("Cục Một"))
    row = start(None, writer, Written("Biểu mẫu", "Nội dung."))
    people = Person.objects.bulk_create(named_again(writer, number) for number in range(others))
    Authorship.objects.bulk_create(Authorship(initiative=row, person=person) for person in people)

    with django_assert_num_queries(2):
        (read,) = taken_out(Initiative.objects.all())
        names = [one.person.full_name for one in read.authorships.all()]

    assert len(names) == 1 + others
