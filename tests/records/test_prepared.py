"""A query prepared once answers as the same query put together anew, whatever is asked of it."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Count, QuerySet
from django.test.utils import CaptureQueriesContext

from factories import make_person, make_role, make_unit, make_user
from thidua.organisations.models import Person, Unit, UnitRole
from thidua.organisations.permissions import roles_held
from thidua.records import prepared
from thidua.records.days import today
from thidua.records.prepared import Prepared

pytestmark = pytest.mark.django_db


def units_named(*, ids: tuple[UUID, ...]) -> QuerySet[Unit]:
    return (
        Unit.objects.filter(pk__in=ids).select_related("parent").only("name", "parent__name").order_by("name")
    )


def people_since(*, unit: UUID, on: date, at_most: int) -> QuerySet[Person, tuple[str, int]]:
    found = Person.objects.filter(unit=unit, posts__valid_from__lte=on, posts__is_main=True)
    return found.values_list("full_name").annotate(Count("posts")).order_by("full_name")[:at_most]


def below(*, starts: tuple[str, ...]) -> QuerySet[Unit, str]:
    return Unit.objects.filter(path__in=starts).order_by("path").values_list("path", flat=True)


@pytest.fixture
def house():
    top = make_unit("Bộ Thử nghiệm")
    units = [make_unit(f"Vụ {number}", top) for number in range(5)]
    for number in range(3):
        make_person(f"Trần Văn {number}", units[0])
    return units


@pytest.mark.parametrize("number", range(6))
def test_one_of_any_number_is_asked_of_as_by_the_query_itself(house, number):
    asked, ids = Prepared(units_named), tuple(unit.pk for unit in house[:number])

    found = asked(ids=ids)

    assert found == list(units_named(ids=ids)) == house[:number]
    with CaptureQueriesContext(connection) as captured:
        assert [unit.parent.name for unit in found] == ["Bộ Thử nghiệm"] * number
    assert len(captured) == 0


def test_values_change_from_one_call_to_the_next_and_the_text_does_not(house):
    built = []

    def counted(*, unit: UUID, on: date, at_most: int) -> QuerySet[Person, tuple[str, int]]:
        built.append(at_most)
        return people_since(unit=unit, on=on, at_most=at_most)

    asked = Prepared(counted)
    answers = [
        asked(unit=unit.pk, on=on, at_most=at_most)
        for unit, on, at_most in (
            (house[0], today(), 2),
            (house[1], today(), 2),
            (house[0], date(1990, 1, 1), 2),
            (house[0], today() + timedelta(days=1), 9),
        )
    ]

    everybody = [(f"Trần Văn {number}", 1) for number in range(3)]
    assert answers == [everybody[:2], [], [], everybody]
    assert built == [2, 9]


def test_what_is_asked_is_asked_anew_each_time(house):
    asked = Prepared(units_named)
    asked(ids=(house[0].pk,))
    Unit.objects.filter(pk=house[0].pk).update(name="Vụ Pháp chế")

    with CaptureQueriesContext(connection) as captured:
        found = asked(ids=(house[0].pk,))

    assert ([unit.name for unit in found], len(captured)) == (["Vụ Pháp chế"], 1)


def test_a_text_with_signs_of_the_database_is_only_a_value(house):
    asked = Prepared(below)

    assert asked(starts=("' OR 1=1 --", "%", house[0].path)) == [house[0].path]


def test_few_texts_are_kept(house, monkeypatch):
    monkeypatch.setattr(prepared, "MOST_SHAPES", 2)
    asked = Prepared(units_named)

    found = [len(asked(ids=(house[0].pk, *(uuid4() for _ in range(more))))) for more in (0, 1, 2, 3, 8, 17)]

    assert (found, len(asked._written)) == ([1] * 6, 2)


@pytest.mark.parametrize(
    ("args", "given"),
    [((house,), {}), ((), {"ids": (1.5,)}), ((), {"ids": (None,)})],
    ids=["by place", "a float", "nothing"],
)
def test_what_no_prepared_query_takes_is_refused(args, given):
    with pytest.raises(TypeError):
        Prepared(units_named)(*args, **given)


def test_a_value_that_became_another_is_refused_not_asked_wrongly(house):
    def starting(*, start: str) -> QuerySet[Unit]:
        return Unit.objects.filter(path__startswith=start)

    with pytest.raises(TypeError):
        Prepared(starting)(start=house[0].path)


def test_one_account_never_reads_the_roles_of_another():
    unit, other = make_unit("Vụ Một"), make_unit("Vụ Hai")
    officer, head = make_user(unit, UnitRole.Role.OFFICER), make_user(other, UnitRole.Role.HEAD)
    nobody = make_user(unit, None)

    held = [
        sorted((source, role, place) for source, role, place, _path in roles_held(account=one.pk, on=today()))
        for one in (officer, head, nobody, officer)
    ]

    mine = [
        sorted([("home", "", place.pk), ("self", "", one.person.pk)])
        for one, place in ((officer, unit), (head, other), (nobody, unit))
    ]
    assert held == [
        sorted([*mine[0], ("unit", "officer", unit.pk)]),
        sorted([*mine[1], ("unit", "head", other.pk)]),
        mine[2],
        held[0],
    ]


def test_a_role_ended_is_gone_from_the_next_page():
    unit = make_unit("Vụ Một")
    account = make_user(unit, UnitRole.Role.OFFICER)
    make_role(account.person, unit, UnitRole.Role.HEAD)
    before = {role for source, role, *_ in roles_held(account=account.pk, on=today()) if source == "unit"}
    UnitRole.objects.filter(role=UnitRole.Role.HEAD).update(valid_until=today())

    after = {role for source, role, *_ in roles_held(account=account.pk, on=today()) if source == "unit"}

    assert (before, after) == ({"officer", "head"}, {"officer"})
