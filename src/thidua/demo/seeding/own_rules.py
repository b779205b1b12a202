"""The one text of own rules the demonstration holds: invented guideline shares of the ministry."""

from collections.abc import Iterator
from datetime import date

from thidua.commendations.models import OwnRules
from thidua.commendations.services.own_rules import put_in_force, upload
from thidua.demo.data_files import DATA
from thidua.demo.seeding.clock import moment_of
from thidua.demo.seeding.register import Register
from thidua.demo.seeding.timeline import Act

AUTHORITY, FILE = "BTP", "9951-QD-BTP.yaml"
UPLOADED_ON, AGREED_ON = date(2025, 1, 16), date(2025, 1, 20)


def own_rules_acts(register: Register) -> Iterator[Act]:
    """Yield the upload of the text and, days later, its being put in force by the same officer."""
    root = register.units[AUTHORITY]
    content = DATA.joinpath("own_rules", FILE).read_bytes()
    officer = register.officer(AUTHORITY, UPLOADED_ON)
    yield Act(moment_of(UPLOADED_ON, 9), lambda: upload(officer, root, FILE, content))
    yield Act(moment_of(AGREED_ON, 14), lambda: put_in_force(officer, OwnRules.objects.get(root=root)))
