"""A null says no more than a key left out, wherever it stands."""

import json

import pytest

from thidua.core.eligibility.reading import FileProblemsError, read_case

CASE = {
    "on": "2024-12-20",
    "award": "CSTDCS",
    "subject": {
        "kind": "individual",
        "honours": [{"award": "LDTT", "period": 2024}],
        "initiatives": [{"scope": "CO_SO"}],
        "service": [{"from": "2010-01-01"}],
        "transfers": [{"on": "2024-03-01"}],
    },
    "proposals": [{"award": "BK_BO"}],
    "vote": {"seats": 9},
}
PLACES = [
    ("type",), ("authority",), ("batch",), ("subject", "sex"), ("subject", "attested"), ("subject", "pending"),
    ("subject", "cluster"), ("subject", "honours", 0, "type"), ("subject", "initiatives", 0, "used_for"),
    ("subject", "service", 0, "post"), ("subject", "service", 0, "moved_in"),
    ("subject", "transfers", 0, "secondment"), ("proposals", 0, "type"), ("vote", "written"), ("vote", "blank"),
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES, ids=[".".join(map(str, place)) for place in PLACES])
def test_a_null_reads_as_what_is_left_out(place):
    given = json.loads(json.dumps(CASE))
    held = given
    for step in place[:-1]:
        held = held[step]
    held[place[-1]] = None

    assert read_case(json.dumps(given), "ho-so.json") == read_case(json.dumps(CASE), "ho-so.json")


def test_a_null_where_something_must_stand_is_told_as_lacking():
    with pytest.raises(FileProblemsError, match="thiếu mục “award”"):
        read_case(json.dumps({**CASE, "award": None}), "ho-so.json")
