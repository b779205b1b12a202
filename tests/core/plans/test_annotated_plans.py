"""Reads the annotated plans of a folder outside and counts how much of each field is found.

An item counts as found when what tells it from its neighbours agrees: a number, a date, its first words.
The full measure stands in ``benchmarks/``; this keeps the reader from getting worse unseen.
"""

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from thidua.core.plans.reader import read
from thidua.core.plans.source import Source

pytestmark = pytest.mark.plans

NOTES = (b"# source:", b"# complete:")
LEAST_FOUND = 0.85
FEWEST_ITEMS = 5
FIRST_LETTERS = 16
# What an item is known by in each list of the annotations.
KEYS = {
    "legal_basis": ("role", "type", "number"),
    "phases": ("from", "to"),
    "deadlines": ("due", "relation"),
    "milestones": ("date",),
    "contents": ("number", "text_start"),
    "solutions": ("number", "text_start"),
    "implementation": ("number", "text_start"),
    "purposes": ("text_start",),
    "requirements": ("text_start",),
    "recipients": ("who",),
    "targets": ("op", "value"),
    "quotas": ("min", "max"),
    "responsibilities": ("body",),
}
SINGLES = ("is_launch_plan", "doc_type", "number", "issued_on")


def words(value):
    """Return a value so that marks, blanks and endings of a text do not tell two apart."""
    if not isinstance(value, str):
        return json.dumps(value)
    text = re.sub(r"[*_“”\"'\s.,;:()–-]+", " ", unicodedata.normalize("NFC", value).lower()).strip()
    return text[:FIRST_LETTERS].strip()


def key(item, fields):
    return tuple(words(item.get(field)) for field in fields)


def document(path):
    lines = path.read_bytes().split(b"\n")
    while lines and lines[0].startswith(NOTES):
        lines.pop(0)
    return b"\n".join(lines).decode()


def annotated(folder):
    for path in sorted((Path(folder) / "gold").glob("*.json")):
        gold = {"is_launch_plan": True} | json.loads(path.read_text(encoding="utf-8"))
        yield gold, Source.from_text(document(Path(folder) / "documents" / gold["document"]))


@pytest.fixture(scope="module")
def readings(plans_folder):
    found = [(gold, source, read(source).to_json()) for gold, source in annotated(plans_folder)]
    assert found
    return found


def test_single_values_are_those_annotated(readings):
    wrong = [
        (gold["document"], field, printed.get(field))
        for gold, _, printed in readings
        for field in SINGLES
        if field in gold and words(printed.get(field)) != words(gold[field])
    ]

    assert wrong == []


@pytest.mark.parametrize("field", KEYS)
def test_nearly_every_annotated_item_is_found(readings, field):
    wanted: Counter = Counter()
    found: Counter = Counter()
    for gold, _, printed in readings:
        sure = Counter(key(item, KEYS[field]) for item in gold.get(field, ()) if not item.get("soft"))
        read_items = Counter(key(item, KEYS[field]) for item in printed.get(field, ()))
        wanted += sure
        found += sure & read_items

    assert wanted.total() < FEWEST_ITEMS or found.total() >= LEAST_FOUND * wanted.total()


def test_every_quote_stands_at_its_place(readings):
    wrong = [
        (gold["document"], field, item["quote"])
        for gold, source, printed in readings
        for field, items in printed.items()
        if isinstance(items, list)
        for item in items
        if isinstance(item, dict)
        and " ".join(source.text[item["start"] : item["end"]].split()) != item["quote"]
    ]

    assert wrong == []
