"""The three rules as variables of OpenFisca: a population as vectors, then one case at a time.

Prints the processor seconds for the population named on the command line, and microseconds a case.
"""

import sys
import time

import numpy as np
from openfisca_core import periods
from openfisca_core.entities import build_entity
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Person = build_entity(key="person", plural="people", label="person", is_person=True)
YEAR = periods.DateUnit.YEAR


class rating(Variable):  # noqa: N801 - OpenFisca names a variable by its class
    value_type, entity, definition_period, label = int, Person, YEAR, "rating"


class ldtt_given(Variable):  # noqa: N801 - as above
    value_type, entity, definition_period, label = bool, Person, YEAR, "LDTT held"


class cstdcs_given(Variable):  # noqa: N801 - as above
    value_type, entity, definition_period, label = bool, Person, YEAR, "CSTDCS held"


class initiatives_unit(Variable):  # noqa: N801 - as above
    value_type, entity, definition_period, label = int, Person, YEAR, "initiatives, unit"


class initiatives_ministry(Variable):  # noqa: N801 - as above
    value_type, entity, definition_period, label = int, Person, YEAR, "initiatives, ministry"


class ldtt(Variable):  # noqa: N801 - as above
    value_type, entity, definition_period, label = bool, Person, YEAR, "LDTT"

    def formula(self, period):
        return self("rating", period) >= 2


class cstdcs(Variable):  # noqa: N801 - as above
    value_type, entity, definition_period, label = bool, Person, YEAR, "CSTDCS"

    def formula(self, period):
        either = (self("rating", period) == 3) | (self("initiatives_unit", period) > 0)
        return self("ldtt_given", period) & either


class cstdb(Variable):  # noqa: N801 - as above
    value_type, entity, definition_period, label = bool, Person, YEAR, "CSTDB"

    def formula(self, period):
        three = (
            self("cstdcs_given", period)
            & self("cstdcs_given", period.offset(-1))
            & self("cstdcs_given", period.offset(-2))
        )
        return three & (self("initiatives_ministry", period) > 0)


system = TaxBenefitSystem([Person])
for kind in (rating, ldtt_given, cstdcs_given, initiatives_unit, initiatives_ministry, ldtt, cstdcs, cstdb):
    system.add_variable(kind)
people = int(sys.argv[1])
random = np.random.default_rng(7)
inputs = {
    ("rating", "2024"): random.integers(1, 4, people),
    ("ldtt_given", "2024"): random.random(people) < 0.8,
    ("initiatives_unit", "2024"): random.integers(0, 2, people),
    ("initiatives_ministry", "2024"): random.integers(0, 2, people),
    **{("cstdcs_given", str(year)): random.random(people) < 0.6 for year in (2022, 2023, 2024)},
}
vector = float("inf")
for _ in range(5):
    start = time.process_time()
    simulation = SimulationBuilder().build_default_simulation(system, count=people)
    for (name, year), values in inputs.items():
        simulation.set_input(name, year, values)
    for name in ("ldtt", "cstdcs", "cstdb"):
        simulation.calculate(name, "2024")
    vector = min(vector, time.process_time() - start)

ONE = {
    "people": {
        "a": {
            "rating": {"2024": 3},
            "ldtt_given": {"2024": True},
            "cstdcs_given": {"2022": True, "2023": True, "2024": True},
            "initiatives_unit": {"2024": 1},
            "initiatives_ministry": {"2024": 1},
        }
    }
}
TIMES = 200
best = float("inf")
for _ in range(3):
    start = time.process_time()
    for _ in range(TIMES):
        single = SimulationBuilder().build_from_entities(system, ONE)
        answers = [bool(single.calculate(name, "2024")[0]) for name in ("ldtt", "cstdcs", "cstdb")]
    best = min(best, (time.process_time() - start) / TIMES)
assert answers == [True, True, True]
print("RESULT", vector, best * 1e6)
