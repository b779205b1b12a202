"""Condition trees: leaves that ask one thing, groups that join them, and how a law file writes them."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from pydantic import ValidationError, with_config

from thidua.core.law.exact import STRICT
from thidua.core.law.figures import Label
from thidua.core.law.messages import say
from thidua.core.law.operators import OPERATORS
from thidua.core.law.sources import Confidence, Effect, Rule, Source
from thidua.core.law.validation import adapter, problems_of, unknown_key
from thidua.core.law.words import CommendationType, Level, SubjectKind
from thidua.core.law.yamltext import Located, Path, Problem


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class When:
    """What kind of question a node is for; another kind passes it by."""

    type: tuple[CommendationType, ...] = ()
    kind: tuple[SubjectKind, ...] = ()
    level: tuple[Level, ...] = ()


IfMissing = Literal["unknown", "warn", "unmet"]
"""What a fact nobody stated does: leaves the case open, only warns, or means the claim is not made."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One condition: an operator with its parameters, and the rule it stands for."""

    operator: str
    asks: Any
    rule: Rule
    effect: Effect
    label: Label | None = None
    if_missing: IfMissing = "unknown"
    when: When | None = None
    slot: str | None = None
    line: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """``all``, ``any``, ``not``, or ``choose``: the first part whose ``when`` fits the question."""

    join: Literal["all", "any", "not", "choose"]
    parts: tuple["Leaf | Group", ...]
    rule: Rule
    effect: Effect
    label: Label | None = None
    when: When | None = None
    slot: str | None = None


Node = Leaf | Group
JOINS = ("all", "any", "not", "choose")
_MARKS = ("rule", "source", "place", "confidence", "effect", "label", "if_missing", "when", "slot")


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Marks:
    """What every node may say of itself; the rest is its operator's."""

    rule: str | None = None
    source: Source | None = None
    place: str | None = None
    confidence: Confidence | None = None
    effect: Effect | None = None
    label: Label | None = None
    if_missing: IfMissing | None = None
    when: When | None = None
    slot: str | None = None


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a version says once for all its conditions."""

    rule: str | None = None
    source: Source | None = None
    confidence: Confidence | None = None


def leaves(node: Node) -> Iterator[Leaf]:
    """Yield every leaf under ``node``."""
    if isinstance(node, Leaf):
        yield node
        return
    for part in node.parts:
        yield from leaves(part)


class NodeReader:
    """Reads condition trees out of one file and gathers every problem."""

    def __init__(self, where: Located) -> None:
        self.where = where
        self.problems: list[Problem] = []

    def nodes(self, given: Any, path: Path, defaults: Defaults) -> tuple[Node, ...]:
        """Return the nodes of a list, or of one mapping, whose top-level ``all`` is taken apart."""
        if isinstance(given, dict):
            node = self.node(given, path, defaults)
            return () if node is None else _taken_apart(node)
        if not isinstance(given, list):
            self._fault(path, "ở đây phải là một điều kiện {is: …} hoặc một danh sách điều kiện.")
            return ()
        found = (self.node(item, (*path, place), defaults) for place, item in enumerate(given))
        return tuple(node for node in found if node is not None)

    def node(self, given: Any, path: Path, defaults: Defaults) -> Node | None:
        if not isinstance(given, dict):
            self._fault(path, "một điều kiện phải viết như {is: holds, award: LDTT, …}.")
            return None
        own = {key: value for key, value in given.items() if key not in _MARKS}
        kinds = [key for key in ("is", *JOINS) if key in own]
        if len(kinds) != 1:
            self._fault(path, "điều kiện phải có đúng một trong: is, all, any, not, choose.")
            return None
        marks = self._validated(Marks, {key: value for key, value in given.items() if key in _MARKS}, path)
        if marks is None:
            return None
        defaults = _merged(defaults, marks)
        if kinds[0] != "is":
            return self._group(kinds[0], own, path, marks, defaults)
        rule, effect = self._rule(defaults, marks.effect, path, unstated=own["is"] == "unstated")
        return self._leaf(own, path, marks, rule, effect)

    def _leaf(self, own: dict[str, Any], path: Path, marks: Marks, rule: Rule, effect: Effect) -> Leaf | None:
        name = own.pop("is")
        kind = OPERATORS.get(name)
        if kind is None:
            self.problems.append(
                self.where.problem(
                    (*path, "is"),
                    say(
                        "không có phép xét “{name}”. Dùng một trong: {known}.",
                        name=name,
                        known=", ".join(OPERATORS),
                    ),
                )
            )
            return None
        asks = self._validated(kind, own, path)
        missing = marks.if_missing or ("warn" if name == "attested" else "unknown")
        if asks is None:
            return None
        line = self.where.line_of(path)
        return Leaf(name, asks, rule, effect, marks.label, missing, marks.when, marks.slot, line)

    def _group(
        self, join: Any, own: dict[str, Any], path: Path, marks: Marks, defaults: Defaults
    ) -> Group | None:
        extra = [key for key in own if key != join]
        for key in extra:
            self.problems.append(self.where.problem((*path, key), unknown_key(key, "", (*JOINS, *_MARKS))))
        given = [own[join]] if join == "not" else own[join]
        if not isinstance(given, list) or not given:
            self._fault((*path, join), "“{join}” phải là một danh sách có ít nhất một điều kiện.", join=join)
            return None
        place = (*path, join)
        found = [
            self.node(item, place if join == "not" else (*place, n), defaults) for n, item in enumerate(given)
        ]
        parts = tuple(node for node in found if node is not None)
        if not parts:
            return None
        rule, effect = self._rule(_sourced_by(parts[0], defaults), marks.effect, path, unstated=False)
        return Group(join, parts, rule, effect, marks.label, marks.when, marks.slot)

    def _rule(
        self, given: Defaults, said: Effect | None, path: Path, *, unstated: bool
    ) -> tuple[Rule, Effect]:
        if given.source is None or not given.source.text:
            self._fault(path, "điều kiện thiếu nguồn. Thêm source: {text: số ký hiệu, place: điều khoản}.")
        if given.confidence is None:
            self._fault(
                path, "điều kiện thiếu mức tin cậy. Thêm confidence: read, quoted, indirect hoặc memory."
            )
        confidence = given.confidence or Confidence.MEMORY
        effect = said or (Effect.BLOCK if confidence.may_block or unstated else Effect.WARN)
        if effect is Effect.BLOCK and not confidence.may_block and not unstated:
            self._fault(
                path, "quy định chưa kiểm chứng ({c}) không được chặn. Đổi effect thành warn.", c=confidence
            )
        return Rule(given.rule or "", given.source or Source(""), confidence), effect

    def _validated(self, kind: type, given: dict[str, Any], path: Path) -> Any:
        try:
            return adapter(kind).validate_python(given)
        except ValidationError as error:
            known = (*(f.name for f in fields(kind)), *_MARKS)
            self.problems += problems_of(error, self.where, path, known=known)
            return None

    def _fault(self, path: Path, text: str, **parts: object) -> None:
        self.problems.append(self.where.problem(path, say(text, **parts)))


def _sourced_by(part: Node, defaults: Defaults) -> Defaults:
    """Return what a group says of itself, where it is silent what its first part does."""
    return Defaults(
        defaults.rule, defaults.source or part.rule.source, defaults.confidence or part.rule.confidence
    )


def _taken_apart(node: Node) -> tuple[Node, ...]:
    plain = isinstance(node, Group) and node.join == "all" and node.when is None
    return node.parts if plain and isinstance(node, Group) else (node,)


def _merged(defaults: Defaults, marks: Marks) -> Defaults:
    source = marks.source or defaults.source
    if marks.place is not None and source is not None:
        source = replace(source, place=marks.place)
    return Defaults(marks.rule or defaults.rule, source, marks.confidence or defaults.confidence)
