"""Reads annotated documents of many bodies and kinds, each written and annotated before the reader saw it."""

from pathlib import Path

import pytest

from core.plans.scoring import Rule, Score, likeness, score_folder

ANNOTATED = Path(__file__).resolve().parents[2] / "samples" / "annotated"
LEAST_F1 = 0.93
LEAST_OF_A_FIELD = 0.85
FEWEST_ITEMS = 5


@pytest.fixture(scope="module")
def score():
    return score_folder(ANNOTATED)


def test_every_document_is_annotated_and_every_annotation_has_its_document():
    documents = {path.stem for path in (ANNOTATED / "documents").iterdir()}
    gold = {path.stem for path in (ANNOTATED / "gold").iterdir()}

    assert documents == gold
    assert documents


def test_nearly_every_item_is_read_and_nearly_none_invented(score):
    assert score.f1 >= LEAST_F1, score.faults


def test_every_quote_stands_in_its_document(score):
    assert score.quote_validity == 1.0


def test_no_field_is_read_badly(score):
    weak = {}
    for name in score.right | score.missed:
        right, missed, invented = score.right[name], score.missed[name], score.invented[name]
        f1 = 2 * right / max(1, 2 * right + missed + invented)
        if right + missed >= FEWEST_ITEMS and f1 < LEAST_OF_A_FIELD:
            weak[name] = round(f1, 3)

    assert weak == {}


def test_what_is_missed_and_what_is_invented_both_lower_the_score():
    score = Score()
    score.add("targets", 3, 0, 0)
    score.add("targets", 0, 1, 0)
    score.add("targets", 0, 0, 1)

    assert (score.precision, score.recall, score.f1) == (0.75, 0.75, 0.75)


def test_a_rule_wants_both_the_figure_and_the_words():
    rule = Rule(same=("op", "value"), like=("text",), level=0.5)
    wanted = {"op": ">=", "value": 90, "text": "90% trở lên giáo viên đạt chuẩn"}

    agreed = [
        rule.agrees(wanted, wanted),
        rule.agrees(wanted | {"value": 80}, wanted),
        rule.agrees(wanted | {"text": "mỗi xã trồng cây"}, wanted),
    ]

    assert agreed == [True, False, False]


def test_texts_are_alike_without_marks_of_print():
    assert likeness("**Thi đua** – “Dạy tốt”", "thi đua - Dạy tốt.") == 1.0
