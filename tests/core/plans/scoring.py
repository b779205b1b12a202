"""Scores readings of plans against annotations made by hand.

A read item is right when it agrees with an annotated one that no other read item has taken: equal where a
figure, a date or a kind tells it, alike enough where words do. Annotations marked ``soft`` count neither
way. Of a document that launches nothing only a selection is annotated: there what is read beyond it is no
fault, but for themes, rounds, quotas and anniversaries, which such a document cannot have.
"""

import difflib
import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from thidua.core.plans.reader import read
from thidua.core.plans.source import Source

SINGLES = (
    "is_launch_plan",
    "doc_type",
    "number",
    "issued_on",
    "place",
    "issuer",
    "signer",
    "promulgated_by",
    "title",
    "years",
    "period",
)
NEVER_INVENTED = ("number", "issued_on", "place", "signer")
COMPLETE = ("legal_basis", "phases", "deadlines", "criteria", "quotas")
ONLY_LAUNCHED = ("themes", "phases", "quotas", "milestones")
NAME_INSIDE = 8  # a name longer than this inside another counts at least half
SHORTEST_QUOTE, LONGEST_QUOTE = 6, 3000


def folded(value):
    text = unicodedata.normalize("NFC", str(value or "")).replace("\ufeff", "")
    return " ".join(text.split())


def words(value):
    text = re.sub(r"[*_#“”\"'‘’`]", "", folded(value)).lower()
    return " ".join(re.sub(r"\s*[-–—−]\s*", "-", text).split()).strip(" .,;:()-+")


def likeness(one, other):
    """0–1; a text inside the other counts by the share it has of it."""
    one, other = words(one), words(other)
    if not one or not other:
        return 0.0
    short, long = sorted((one, other), key=len)
    inside = short in long
    share = (
        len(short) / len(long)
        if inside
        else difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
    )
    return max(share, 0.5 + share / 2) if inside and len(short) > NAME_INSIDE else share


def begin_alike(one, other):
    one, other = words(one), words(other)
    length = min(len(one), len(other), 40)
    ratio = difflib.SequenceMatcher(None, one[:length], other[:length], autojunk=False).ratio()
    return length >= NAME_INSIDE and ratio >= 0.9


def plain(value):
    """What two equal values share: numbers without blanks, sets of kinds in any order."""
    if isinstance(value, list):
        return sorted(map(str, value))
    return re.sub(r"\s+", "", words(value)) if isinstance(value, str) else value


@dataclass(frozen=True)
class Rule:
    """``same``: equal, and absent together; ``stated``: equal where annotated; ``like``: one of them alike enough."""

    same: tuple = ()
    stated: tuple = ()
    like: tuple = ()
    level: float = 0.0
    begins: str = ""

    def agrees(self, got, wanted):
        if any(plain(got.get(key)) != plain(wanted.get(key)) for key in self.same):
            return False
        if any(plain(got.get(key)) != plain(wanted[key]) for key in self.stated if key in wanted):
            return False
        if self.begins and not begin_alike(got.get(self.begins), wanted.get(self.begins)):
            return False
        return not self.like or any(
            likeness(got.get(key), wanted.get(key)) >= self.level for key in self.like
        )


class Basis(Rule):
    def agrees(self, got, wanted):
        known = "number" in wanted or likeness(got.get("quote"), wanted.get("quote")) >= 0.6
        return known and super().agrees(got, wanted)


class Given(Rule):
    """An award: its form, who gives it, how many, and whether it is only proposed."""

    def agrees(self, got, wanted):
        form, read_form = words(wanted.get("form")).split(" của ")[0], words(got.get("form"))
        giver = "authority" not in wanted or likeness(got.get("authority"), wanted["authority"]) >= 0.6
        proposed = ("action" in wanted) == ("action" in got)
        named = bool(read_form) and (form in read_form or read_form in form)
        return named and giver and proposed and super().agrees(got, wanted)


class Limit(Rule):
    def agrees(self, got, wanted):
        kinds = [
            {"for": [item["for"]] if isinstance(item.get("for"), str) else item.get("for")}
            for item in (got, wanted)
        ]
        return super().agrees(got | kinds[0], wanted | kinds[1])


class Reached(Rule):
    """A contact: one of its telephones, or its address."""

    def agrees(self, got, wanted):
        phones = [{re.sub(r"\D", "", phone) for phone in item.get("phone", ())} for item in (got, wanted)]
        return bool(phones[0] & phones[1]) or ("email" in wanted and got.get("email") == wanted["email"])


NUMBERED = Rule(stated=("number",), begins="text_start")
RULES = {
    "themes": Rule(like=("text",), level=0.8),
    "legal_basis": Basis(same=("role", "type"), stated=("number", "date")),
    "phases": Rule(same=("from", "to")),
    "deadlines": Rule(same=("relation", "due"), stated=("offset",), like=("quote",), level=0.3),
    "milestones": Rule(stated=("date",), like=("name",), level=0.6),
    "subjects": Rule(same=("kind",), like=("who",), level=0.5),
    "targets": Rule(same=("op",), stated=("value",), like=("text", "quote"), level=0.45),
    "criteria": Rule(same=("applies_to",), like=("text", "quote"), level=0.7),
    "contents": NUMBERED,
    "solutions": NUMBERED,
    "implementation": NUMBERED,
    "purposes": Rule(begins="text_start"),
    "requirements": Rule(begins="text_start"),
    "awards": Given(same=("quantity",), stated=("for",)),
    "award_windows": Rule(same=("from", "to")),
    "quotas": Limit(same=("max", "min"), stated=("for",), like=("quote", "text"), level=0.25),
    "responsibilities": Rule(like=("body",), level=0.7),
    "duties": Rule(begins="text_start", like=("body",), level=0.6),
    "funding": Rule(like=("source",), level=0.6),
    "reports": Rule(same=("due",), like=("what",), level=0.45),
    "recipients": Rule(like=("who",), level=0.7),
    "related_movements": Rule(like=("name",), level=0.8),
    "contacts": Reached(),
    "noise": Rule(like=("seen",), level=0.7),
}  # fmt: skip


@dataclass
class Score:
    """How many items of each field were right, invented and missed, how many quotes stand, and what went wrong."""

    right: Counter = field(default_factory=Counter)
    invented: Counter = field(default_factory=Counter)
    missed: Counter = field(default_factory=Counter)
    quotes: int = 0
    sound_quotes: int = 0
    faults: list = field(default_factory=list)

    def add(self, name, right, invented, missed, fault=None):
        self.right[name] += right
        self.invented[name] += invented
        self.missed[name] += missed
        if invented or missed:
            self.faults.append((name, fault))

    @property
    def precision(self):
        return self.right.total() / max(1, self.right.total() + self.invented.total())

    @property
    def recall(self):
        return self.right.total() / max(1, self.right.total() + self.missed.total())

    @property
    def f1(self):
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)

    @property
    def quote_validity(self):
        return self.sound_quotes / max(1, self.quotes)


def score_folder(folder):
    """Score the reader on every annotation in ``folder/gold`` with its document in ``folder/documents``."""
    score = Score()
    for path in sorted((Path(folder) / "gold").glob("*.json")):
        gold = {"is_launch_plan": True} | json.loads(path.read_text(encoding="utf-8"))
        source = Source.from_text(_document(Path(folder) / "documents" / gold["document"]))
        printed = read(source).to_json()
        _score_singles(score, gold, printed)
        for name, rule in RULES.items():
            _score_list(score, name, rule, gold, printed)
        _check_quotes(score, printed, folded(source.text))
    return score


def _document(path):
    """Return the text below the notes that some annotated files begin with."""
    lines = path.read_bytes().split(b"\n")
    while lines and lines[0].startswith((b"# source:", b"# complete:")):
        lines.pop(0)
    return b"\n".join(lines).decode()


def _score_singles(score, gold, printed):
    for name in SINGLES:
        got = printed.get(name)
        if name in gold:
            equal = _equal(name, got, gold[name])
            score.add(
                name,
                int(equal),
                int(not equal and got is not None),
                int(not equal),
                (gold["document"], gold[name], got),
            )
        elif name in NEVER_INVENTED and gold["is_launch_plan"] and got:
            score.add(name, 0, 1, 0, (gold["document"], None, got))


def _equal(name, got, wanted):
    if got is None:
        return False
    if name in ("issuer", "place", "title"):
        return likeness(got, wanted) >= (0.8 if name == "title" else 0.6)
    keys = {"signer": ("name",), "promulgated_by": ("number", "date"), "period": ("from", "to")}.get(name)
    if keys:
        return all(plain(got.get(key)) == plain(wanted.get(key)) for key in keys)
    return plain(got) == plain(wanted)


def _items(source, name):
    if name != "duties":
        return source.get(name, [])
    return [
        duty | {"body": one["body"]}
        for one in source.get("responsibilities", [])
        for duty in one.get("duties", [])
    ]


def _score_list(score, name, rule, gold, printed):
    launched, annotated = gold["is_launch_plan"], name in gold or bool(_items(gold, name))
    if not annotated and name not in (COMPLETE if launched else ONLY_LAUNCHED):
        return
    left, extra = sorted(_items(gold, name), key=lambda item: bool(item.get("soft"))), []
    for got in _items(printed, name):
        wanted = next((item for item in left if rule.agrees(got, item)), None)
        if wanted is None:
            extra.append(got)
            continue
        left.remove(wanted)
        score.add(name, int(not wanted.get("soft")), 0, 0)
    complete = name != "noise" and (launched or name in ONLY_LAUNCHED)
    extra = extra if complete else []
    missed = [item for item in left if not item.get("soft")]
    for item in missed:
        score.add(name, 0, 0, 1, (gold["document"], item, None))
    for item in extra:
        score.add(name, 0, 1, 0, (gold["document"], None, item))


def _check_quotes(score, printed, text):
    """Count the quotes that stand in the text; an item's is neither a scrap nor a page."""
    single = [(quote, 1) for quote in printed["quotes"].values()]
    listed = [(item["quote"], SHORTEST_QUOTE) for name in RULES for item in _items(printed, name)]
    for quote, shortest in [*single, *listed]:
        score.quotes += 1
        score.sound_quotes += shortest <= len(folded(quote)) <= LONGEST_QUOTE and folded(quote) in text
