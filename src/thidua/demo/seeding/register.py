"""The rows of the invented sector by the demonstration's own codes."""

from dataclasses import dataclass, field
from datetime import date

from thidua.accounts.models import Account
from thidua.demo.people import Person as DemoPerson
from thidua.demo.units import Sector
from thidua.organisations.models import Cluster, Person, Unit


@dataclass(frozen=True, slots=True)
class Office:
    """Who acts for a unit, and from which day."""

    account: Account
    since: date


@dataclass(frozen=True, slots=True)
class Register:
    """Units and clusters by code, people and accounts by staff code, officers by the code of their unit."""

    sector: Sector
    given_people: tuple[DemoPerson, ...]
    units: dict[str, Unit]
    people: dict[str, Person]
    clusters: dict[str, Cluster] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    officers: dict[str, Office] = field(default_factory=dict)

    def officer(self, unit: str, on: date) -> Account | None:
        """Return the account that may act for the unit on the day; None: the system notes it."""
        office = self.officers.get(unit)
        return office.account if office and office.since <= on else None
