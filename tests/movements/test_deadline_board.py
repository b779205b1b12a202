"""The deadline board is searched, narrowed by standing and taken out as a workbook, within one's rights."""

import re
from datetime import date
from io import BytesIO

import pytest
import time_machine
from python_calamine import CalamineWorkbook

from factories import make_role, make_unit, make_user
from movements.stage import opened, text_of

pytestmark = pytest.mark.django_db


def shown(answer):
    return [words in text_of(answer) for words in ("Issue own plan</a>", "Send the report</a>")]


@pytest.mark.parametrize(
    ("asked", "both"),
    [
        ({}, [True, True]),
        ({"q": "OWN plan"}, [True, False]),
        ({"q": "round"}, [False, True]),
        ({"q": "nobody"}, [False, False]),
        ({"show": "late", "as_of": "1/3/2026"}, [False, False]),
        ({"show": "open"}, [True, True]),
        ({"show": "done"}, [False, False]),
        ({"show": "nonsense"}, [True, True]),
    ],
)
def test_the_deadlines_are_narrowed_by_words_and_standing(stage, asked, both):
    assert shown(opened(stage.officer, "deadlines", stage.movement.pk, **asked)) == both


def test_the_late_ones_are_those_some_unit_is_late_with(stage):
    with time_machine.travel("2026-04-01 08:00:00+07:00", tick=False):
        page = opened(stage.officer, "deadlines", stage.movement.pk, show="late")

    assert shown(page) == [True, False]


def rows_of(answer):
    return CalamineWorkbook.from_filelike(BytesIO(answer.body)).get_sheet_by_index(0).to_python()


def test_the_workbook_holds_the_rows_shown_with_days_as_days(stage):
    head, *rows = rows_of(opened(stage.officer, "deadlines", stage.movement.pk, format="xlsx", q="issue"))

    (row,) = [dict(zip(head, cells, strict=True)) for cells in rows if cells[0]]
    assert (row["Việc"], row["Ai"], row["Hạn cuối"]) == ("Issue own plan", "North", date(2026, 3, 14))
    assert (row["Đơn vị được giao"], row["Đã xong"]) == (1, 0)


def test_a_unit_takes_out_its_own_part_and_who_may_only_look_nothing(stage):
    of_unit = rows_of(opened(stage.receiver, "deadlines", stage.movement.pk, format="xlsx"))
    looked, refused = (
        opened(stage.clerk, "deadlines", stage.movement.pk),
        opened(stage.clerk, "deadlines", stage.movement.pk, format="xlsx"),
    )

    assert {row[0]: row[6] for row in of_unit[1:]} == {"Issue own plan": 1, "Send the report": 1}
    assert (refused.status_code, re.search("format=xlsx", text_of(looked))) == (403, None)


def test_who_may_take_out_only_what_is_elsewhere_is_not_led_to_a_refusal(stage):
    """One who works where the plan was received, and is an officer of a unit that takes no part."""
    who = make_user(stage.north, None, full_name="Kim Neighbour")
    make_role(who.person, make_unit("Elsewhere", stage.house), "officer")

    looked, refused = (
        opened(who, "deadlines", stage.movement.pk, **asked) for asked in ({}, {"format": "xlsx"})
    )

    assert (looked.status_code, "Issue own plan" in text_of(looked)) == (200, True)
    assert ("format=xlsx" in text_of(looked), refused.status_code) == (False, 403)


@pytest.mark.parametrize(("page", "region"), [("deadlines", "deadlines"), ("board", "units")])
def test_the_way_to_the_workbook_follows_each_narrowing(stage, page, region):
    """Typing swaps the region alone: a link outside it would still give the list of before."""
    shown_page = text_of(opened(stage.officer, page, stage.movement.pk, q="n"))

    before, swapped = shown_page.split(f'id="{region}"', 1)
    assert ("format=xlsx" in before, "format=xlsx" in swapped) == (False, True)
