"""The register of open legal matters, as a page and by the command."""

import json
from datetime import date

import pytest
from django.urls import reverse

from factories import make_unit, make_user, signed_in
from thidua.cli import main
from thidua.core.law.law import shipped_law
from thidua.core.law.matters import MatterKind, open_matters

NOW = "2026-11-22"


def kinds(today):
    return {
        kind: [one for one in open_matters(shipped_law(), today=today) if one.kind is kind]
        for kind in MatterKind
    }


def test_a_rule_nobody_saw_in_the_text_is_open_until_it_is_seen():
    found = kinds(date(2026, 11, 22))

    assert {one.rule.confidence.may_block for one in found[MatterKind.UNVERIFIED]} == {False}
    assert ("awards/HCLD1.yaml", "B.HCLD12") in {
        (one.file, one.rule.id) for one in found[MatterKind.UNVERIFIED]
    }


def test_a_file_grows_old_a_year_after_it_was_read():
    file = "figures/vote_majority.yaml"
    read = shipped_law().figure("vote_majority").still_valid_on
    assert read is not None

    within, after = (
        {one.file for one in kinds(read.replace(year=read.year + 1, day=day))[MatterKind.STALE]}
        for day in (read.day, read.day + 1)
    )

    assert (file in within, file in after) == (False, True)


@pytest.mark.django_db
def test_the_page_lists_every_matter_with_its_source(client):
    signed_in(client, make_user(make_unit("Bộ Thử nghiệm")))

    page = client.get(reverse("commendations:matters")).content.decode()
    found = open_matters(shipped_law(), today=date(2026, 11, 22))

    assert page.count("awards/HCLD1.yaml") == sum(one.file == "awards/HCLD1.yaml" for one in found)
    assert page.count("B.HCLD12") == sum(bool(one.rule and one.rule.id == "B.HCLD12") for one in found)


def test_the_command_gives_the_same_register(capsys):
    status = main(["law", "verify", "--json"])
    found = open_matters(shipped_law(), today=date(2026, 11, 22))

    given = json.loads(capsys.readouterr().out)["open"]
    assert (status, [one["file"] for one in given]) == (0, [one.file for one in found])
