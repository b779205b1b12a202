from datetime import date
from uuid import uuid4

import pytest

from thidua.core.deadlines.state import Standing
from thidua.movements.models import Deadline, Event
from thidua.movements.terms import last_day_of, span_of, state_of


def row(**fields):
    return Deadline(what="Gửi báo cáo", **({"relation": "by"} | fields))


@pytest.mark.parametrize(
    ("fields", "last"),
    [
        ({"relation": "before", "due": "2026-06-30"}, date(2026, 6, 29)),
        ({"relation": "by", "due": "2026-06-30"}, date(2026, 6, 30)),
        ({"relation": "on", "due": "2026-Q2"}, date(2026, 6, 30)),
        ({"relation": "until", "due": "2026-06"}, date(2026, 6, 30)),
        ({"relation": "by", "due": "2025-02-31"}, None),
        ({"relation": "at_start"}, None),
    ],
)
def test_the_last_permitted_day_follows_the_words(fields, last):
    assert last_day_of(row(**fields)) == last


def test_a_term_after_an_event_waits_for_its_day():
    event = Event(pk=uuid4(), name="Hội nghị tổng kết")
    term = row(relation="after", event=event, offset="10 ngày")

    before = last_day_of(term)
    event.on = date(2026, 6, 30)

    assert (before, last_day_of(term)) == (None, date(2026, 7, 10))


def test_a_term_after_an_outside_document_waits_for_it():
    event = Event(pk=uuid4(), name="Hướng dẫn của Bộ", is_document=True, on=date(2026, 3, 2))

    assert last_day_of(row(relation="after", event=event, offset="05 ngày làm việc")) == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("on", "finished_on", "standing"),
    [
        (date(2026, 6, 1), None, Standing.OPEN),
        (date(2026, 6, 28), None, Standing.DUE_SOON),
        (date(2026, 7, 2), None, Standing.LATE),
        (date(2026, 7, 2), date(2026, 6, 30), Standing.DONE),
        (date(2026, 7, 2), date(2026, 7, 1), Standing.DONE_LATE),
    ],
)
def test_a_term_stands_by_day_and_finishing_day(on, finished_on, standing):
    state = state_of(row(due="2026-06-30"), on=on, finished_on=finished_on)

    assert state.standing == standing


@pytest.mark.parametrize(
    ("words", "count"), [("10 ngày", 10), ("hai tuần", 2), ("05 ngày làm việc", 5), ("sau đó", None)]
)
def test_spans_are_read_in_figures_and_words(words, count):
    span = span_of(words)

    assert (span.count if span else None) == count
