"""Rows are made ready before the writing begins, and what changed in between counts as it is then."""

from datetime import date, timedelta
from tempfile import TemporaryFile

import pytest
from django.db import connection

from exchange.imports import PEOPLE, SINCE, person_row, previewed, saved, workbook
from factories import make_unit, make_user
from thidua.exchange.importers import Staged
from thidua.exchange.models import Import
from thidua.exchange.services import saving, undoing
from thidua.exchange.staged import Kept
from thidua.organisations import importing_people, importing_people_write
from thidua.organisations.models import Person, Post, UnitRole
from thidua.records.days import today
from thidua.records.ids import uuid7

FACTS = (
    "full_name",
    "folded",
    "marked",
    "sort_key",
    "staff_code",
    "birth_date",
    "sex",
    "position",
    "position_folded",
    "staff_kind",
    "unit__name",
    "record_unit__name",
    "root__name",
    "version",
)
POST = ("person__full_name", "unit__name", "position", "staff_kind", "valid_from", "is_main", "version")


@pytest.fixture
def keeper(db):
    return make_user(make_unit("Phòng A", make_unit("Bộ Thử nghiệm")), UnitRole.Role.STAFF_ADMIN)


def rows(beginning, since=SINCE):
    return [
        person_row(f"Đặng Thị {name}", code=f"{beginning}-{name}", since=since)
        for name in ("Ánh", "Yến", "Đào")
    ]


def written(beginning):
    people = Person.objects.filter(staff_code__startswith=beginning).order_by("sort_key")
    facts = [{**one, "staff_code": one["staff_code"].partition("-")[2]} for one in people.values(*FACTS)]
    return facts, list(Post.objects.filter(person__in=people).order_by("person__sort_key").values(*POST))


@pytest.mark.parametrize("since", [SINCE, today() + timedelta(days=9)], ids=["at work", "to come"])
def test_people_made_ready_before_are_as_those_made_at_the_moment_of_writing(keeper, monkeypatch, since):
    saved(keeper, previewed(keeper, workbook(PEOPLE, *rows("A", since))))
    monkeypatch.setattr(importing_people_write, "is_ready", lambda *_: False)
    saved(keeper, previewed(keeper, workbook(PEOPLE, *rows("B", since))))

    assert written("A") == written("B")
    assert [one["full_name"] for one in written("A")[0]] == ["Đặng Thị Ánh", "Đặng Thị Đào", "Đặng Thị Yến"]


def test_a_post_that_begins_at_midnight_has_begun_when_written_after_it(keeper, monkeypatch):
    tomorrow = today() + timedelta(days=1)
    batch = previewed(keeper, workbook(PEOPLE, *rows("C", tomorrow)))
    saving.confirm(batch, by=keeper, version=batch.version)
    write_all = saving.write_all

    def after_midnight(*given):
        monkeypatch.setattr(importing_people_write, "today", lambda: tomorrow)
        write_all(*given)

    monkeypatch.setattr(saving, "write_all", after_midnight)
    saving.save_rows(batch.pk)

    assert {one["position"] for one in written("C")[0]} == {"Chuyên viên"}
    assert {one["unit__name"] for one in written("C")[0]} == {"Phòng A"}


@pytest.mark.django_db(transaction=True)
def test_rows_are_made_ready_while_others_may_write(monkeypatch):
    keeper = make_user(make_unit("Phòng A", make_unit("Bộ Thử nghiệm")), UnitRole.Role.STAFF_ADMIN)
    batch, seen = previewed(keeper, workbook(PEOPLE, *rows("D"))), []

    def noted(what, real):
        def inner(*given):
            seen.append((what, connection.in_atomic_block))
            return real(*given)

        return inner

    for what in ("prepare_people", "write_people"):
        monkeypatch.setattr(importing_people, what, noted(what, getattr(importing_people, what)))
    done = saved(keeper, batch)

    assert seen == [("prepare_people", False), ("write_people", True)]
    assert (done.status, Person.objects.filter(staff_code__startswith="D-").count()) == (
        Import.Status.DONE,
        3,
    )


@pytest.mark.django_db(transaction=True)
def test_what_is_in_the_way_of_an_undo_is_looked_for_while_others_may_write(monkeypatch):
    keeper = make_user(make_unit("Phòng A", make_unit("Bộ Thử nghiệm")), UnitRole.Role.STAFF_ADMIN)
    done, seen = saved(keeper, previewed(keeper, workbook(PEOPLE, *rows("E")))), []
    real = importing_people.people_in_the_way

    def in_the_way(written):
        seen.append(connection.in_atomic_block)
        return real(written)

    monkeypatch.setattr(importing_people, "people_in_the_way", in_the_way)
    begun = undoing.begin_undo(done, by=keeper, version=done.version)

    assert (seen, begun.status) == ([False], Import.Status.UNDOING)


def test_rows_kept_come_back_as_they_were():
    chunks = [
        [
            Staged(
                uuid7(),
                n,
                n,
                f"dòng {n}",
                "create",
                {"known": [str(n)]},
                uuid7(),
                None,
                (date(2026, 1, n), b"x"),
            )
            for n in numbers
        ]
        for numbers in ((1, 2), (3,))
    ]
    with TemporaryFile() as file:
        kept = Kept(file)
        for chunk in chunks:
            kept.add(chunk)

        assert list(kept) == chunks
        assert list(kept) == chunks
