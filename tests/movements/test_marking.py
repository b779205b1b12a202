from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from thidua.movements.marking import PART_LENGTH, mark_of, paragraphs, parts_of, segments


@dataclass(frozen=True)
class Item:
    pk: UUID
    start: int | None
    end: int | None


TEXT = st.text(alphabet="aăđ \n", max_size=120)


@st.composite
def marked_texts(draw):
    text = draw(TEXT)
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    items = [Item(uuid4(), min(p), max(p)) for p in draw(st.lists(places, max_size=8))]
    return text, [*items, Item(uuid4(), None, None)]


def shown(text, items):
    (part,) = parts_of(text)
    return list(paragraphs(text, items, (), part))


@given(marked_texts())
def test_the_segments_of_a_line_join_to_the_line(marked):
    text, items = marked

    lines = ["".join(s.text for s in paragraph.segments) for paragraph in shown(text, items)]

    assert lines == [line for line in text.split("\n") if line.strip()]


@given(marked_texts())
def test_every_segment_stands_where_it_says(marked):
    text, items = marked

    for paragraph in shown(text, items):
        assert paragraph.start == paragraph.segments[0].start
        for segment in paragraph.segments:
            assert text[segment.start : segment.start + len(segment.text)] == segment.text


@given(marked_texts())
def test_a_segment_bears_exactly_the_items_over_it(marked):
    text, items = marked
    placed = [item for item in items if item.start is not None and item.end is not None]

    for segment in (s for paragraph in shown(text, items) for s in paragraph.segments):
        end = segment.start + len(segment.text)
        over = {i.pk for i in placed if i.start < end and i.end > segment.start}
        assert set(segment.items) == over


def test_a_line_without_items_is_one_segment():
    assert [(s.start, s.text, s.items) for s in segments("một dòng", 0, 8, ())] == [(0, "một dòng", ())]


def test_a_very_long_text_is_cut_between_lines():
    text = ("x" * 999 + "\n") * 300

    parts = parts_of(text)

    assert len(parts) == 3
    assert all(
        before.end == after.start and text[after.start - 1] == "\n" for before, after in pairwise(parts)
    )
    assert (parts[0].start, parts[-1].end) == (0, len(text))
    assert max(part.end - part.start for part in parts) < PART_LENGTH + 1001


def test_blocks_lend_their_look_to_the_line_that_begins_there():
    text = "KẾ HOẠCH\nNăm 2026"

    (part,) = parts_of(text)
    looks = [(p.bold, p.centred) for p in paragraphs(text, (), [[0, 8, "paragraph", True, True]], part)]

    assert looks == [(True, True), (False, False)]


def test_marks_of_one_plan_are_short_and_differ():
    marks = {mark_of(uuid4()) for _ in range(2000)}

    assert len(marks) == 2000
    assert {len(mark) for mark in marks} == {11}
