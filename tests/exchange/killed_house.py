"""An import in a process of its own, on a database file: killed in the middle, then looked at and begun again."""

import json
import os
import signal
import sys

import django

django.setup()

from datetime import date, timedelta  # noqa: E402 - Django first

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from exchange.imports import PEOPLE, person_row, previewed, workbook  # noqa: E402
from thidua.accounts.models import Account, InstallationRole  # noqa: E402
from thidua.accounts.services import create_account, give_installation_role  # noqa: E402
from thidua.exchange import progress  # noqa: E402
from thidua.exchange.models import Import  # noqa: E402
from thidua.exchange.services import saving  # noqa: E402
from thidua.organisations.models import Person, UnitKind  # noqa: E402
from thidua.organisations.services.units import NewUnit, create_unit  # noqa: E402

ROWS = 60


def write_and_be_killed():
    call_command("migrate", verbosity=0)
    kind = UnitKind.objects.create(code="office", name="Phòng", level="grassroots")
    create_unit(None, NewUnit("Phòng A", kind), founded_on=date(2000, 1, 1))
    user = create_account(None, username="giu", full_name="Người Giữ")
    give_installation_role(None, user, InstallationRole.Role.ADMINISTRATOR, valid_from=date(2000, 1, 1))
    rows = [person_row(f"Lê An {place}", code=f"M-{place:03}") for place in range(ROWS)]
    batch = previewed(user, workbook(PEOPLE, *rows))
    saving.confirm(batch, by=user, version=batch.version)
    saving.CHUNK, note = 20, progress.note

    def note_and_die(batch_id, done):
        note(batch_id, done)
        if done > ROWS // 2:
            os.kill(os.getpid(), signal.SIGKILL)

    progress.note = note_and_die
    saving.save_rows(batch.pk)


def look_and_begin_again():
    batch = Import.objects.get()
    Import.objects.update(updated_at=timezone.now() - timedelta(minutes=2))
    progress.forget(batch.pk)  # a minute later nothing was told for a minute
    found = {"status": batch.status, "people": Person.objects.count()}
    client = Client()
    client.force_login(Account.objects.get())
    page = client.get(reverse("exchange:import", args=[batch.pk])).content.decode()
    found["told"] = "Chưa dòng nào của tệp được ghi; bấm để ghi lại từ đầu." in page
    client.post(reverse("exchange:resume", args=[batch.pk]))
    batch.refresh_from_db()
    found |= {"status_after": batch.status, "people_after": Person.objects.count()}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    {"write": write_and_be_killed, "look": look_and_begin_again}[sys.argv[1]]()
