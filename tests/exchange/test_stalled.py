"""Whether an import has stopped is told by whoever is at it, not by files only its own host sees."""

from datetime import timedelta

import pytest
from django.db import connection

from exchange.imports import PEOPLE, person_row, previewed, workbook
from factories import make_unit, make_user
from thidua.exchange import progress, tasks
from thidua.exchange.models import Import
from thidua.exchange.selectors import is_stalled
from thidua.exchange.services import saving
from thidua.organisations.models import UnitRole
from thidua.records.locks import is_worked_on, working_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch():
    """Return an import that is to be written, of which nothing was told for ten minutes."""
    top = make_unit("Bộ Thử nghiệm")
    make_unit("Phòng A", top)
    keeper = make_user(top, UnitRole.Role.STAFF_ADMIN)
    read = previewed(keeper, workbook(PEOPLE, person_row()))
    saving.confirm(read, by=keeper, version=read.version)
    progress.forget(read.pk)
    batch = Import.objects.get(pk=read.pk)
    batch.updated_at -= timedelta(minutes=10)
    return batch


def test_an_import_somebody_is_at_has_not_stopped(batch):
    with working_on("import", batch.pk):
        during = is_stalled(batch)

    assert (during, is_stalled(batch)) == (False, True)


def test_who_writes_an_import_shows_it_while_writing(batch):
    seen = []

    def look(execute, sql, params, many, context):
        if sql.startswith("INSERT"):
            seen.append(is_worked_on("import", batch.pk))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        tasks.begin(batch)

    assert (set(seen), is_worked_on("import", batch.pk)) == ({True}, False)
