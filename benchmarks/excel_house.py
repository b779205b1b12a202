"""One size of ``excel``: a house with offices, a workbook of people, every step of an import timed."""

import json
import os
import time
from datetime import date
from pathlib import Path

from django.core.management import call_command

from thidua.accounts.models import InstallationRole
from thidua.accounts.services import create_account, give_installation_role
from thidua.documents.workbook import ColumnKind, ColumnSpec, SheetSpec, write_xlsx
from thidua.exchange.importers import importer_named
from thidua.exchange.services import intake, previewing, saving, undoing
from thidua.organisations.models import UnitKind
from thidua.organisations.services.units import NewUnit, create_unit

UNITS = 300
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Đỗ", "Vũ", "Ngô")
MIDDLES = ("Văn", "Thị", "Thu", "Đức", "Minh", "Quốc", "Hồng", "Xuân")
GIVEN = ("An", "Ánh", "Bình", "Dũng", "Đạt", "Hạnh", "Hương", "Khánh", "Yến", "Thủy", "Quỳnh")
HEADINGS = (
    "STT",
    "Số hiệu",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Đơn vị công tác",
    "Chức vụ",
    "Đối tượng",
    "Từ ngày",
    "Email",
    "SĐT",
)


def measure(rows):
    """Measure one size in this process."""
    call_command("migrate", verbosity=0)
    user = make_house()
    first = Path(os.environ["THIDUA_DATA"]) / "dan.xlsx"
    changed = Path(os.environ["THIDUA_DATA"]) / "doi.xlsx"
    write_people(first, rows, "coquan.gov.vn")
    write_people(changed, rows, "moi.gov.vn")
    figures = {}
    batch = timed(figures, "receive", lambda: take_in(user, first))
    batch = timed(figures, "preview", lambda: preview(user, batch))
    batch = timed(figures, "save", lambda: save(user, batch))
    figures["longest"] = LONGEST[0]
    figures["peak_mb"] = MOST_MB[0]
    assert (batch.status, batch.counts) == ("done", {"create": rows})
    timed(figures, "undo", lambda: take_back(user, batch))
    save(user, preview(user, take_in(user, first)))
    again = take_in(user, first)
    again = timed(figures, "again", lambda: preview(user, again))
    assert again.counts == {"same": rows}
    updating = preview(user, take_in(user, changed))
    assert updating.counts == {"update": rows}
    timed(figures, "update", lambda: save(user, updating))
    print(json.dumps(figures))


LONGEST = [0.0]
MOST_MB = [0.0]


def note_memory():
    """Keep the most memory of our own; pages of the database file mapped into memory are not counted."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("RssAnon"))
    MOST_MB[0] = max(MOST_MB[0], int(line.split()[1]) / 1024)


def timed(figures, name, work):
    start = time.perf_counter()
    result = work()
    figures[name] = time.perf_counter() - start
    return result


def make_house():
    """Make a ministry with UNITS offices and an administrator."""
    kind = UnitKind.objects.create(code="office", name="Phòng", level="grassroots")
    top = create_unit(None, NewUnit("Bộ Thử nghiệm", kind), founded_on=date(2000, 1, 1))
    for number in range(UNITS):
        create_unit(None, NewUnit(f"Phòng số {number}", kind, top), founded_on=date(2000, 1, 1))
    user = create_account(None, username="do", full_name="Người Đo")
    give_installation_role(None, user, InstallationRole.Role.ADMINISTRATOR, valid_from=date(2000, 1, 1))
    return user


def write_people(path, rows, host):
    columns = tuple(
        ColumnSpec(heading, ColumnKind.DATE if "gày" in heading else ColumnKind.TEXT) for heading in HEADINGS
    )
    with path.open("wb") as out:
        write_xlsx(out, [SheetSpec("Danh sách", columns, (person(number, host) for number in range(rows)))])


def person(number, host):
    second = GIVEN[number // 880 % 11]
    name = f"{FAMILIES[number % 10]} {MIDDLES[number // 10 % 8]} {second} {GIVEN[number // 80 % 11]}"
    born = date(1965 + number % 40, 1 + number % 12, 1 + number % 28)
    return (
        number + 1,
        f"CB-{number:06}",
        name,
        born,
        "Nữ" if number % 2 else "Nam",
        f"Phòng số {number * 7 % UNITS}",
        "Chuyên viên",
        "Công chức",
        date(2020, 1, 1),
        f"cb{number}@{host}",
        f"0912{number:06}",
    )


def take_in(user, path):
    importer = importer_named("people")
    options = {"unit": "", "unit_name": "", "valid_from": "", "staff_kind": "", "position": ""}
    return intake.receive(importer, path.read_bytes(), path.name, options=options, by=user)


def preview(user, batch):
    columns = intake.Columns(batch.sheet, batch.header_row, tuple(batch.headings), batch.mapping)
    batch = intake.choose_columns(importer_named("people"), batch, columns, by=user, version=batch.version)
    previewing.read(batch.pk)
    note_memory()
    batch.refresh_from_db()
    return batch


def save(user, batch):
    saving.confirm(batch, by=user, version=batch.version)
    start = time.perf_counter()
    saving.save_all(batch.pk)
    LONGEST[0] = max(LONGEST[0], time.perf_counter() - start)
    note_memory()
    batch.refresh_from_db()
    return batch


def take_back(user, batch):
    undoing.begin_undo(batch, by=user, version=batch.version)
    undoing.undo_rows(batch.pk)
    batch.refresh_from_db()
    assert batch.status == "undone", batch.problem
