"""The whole law checked: every file read, every name known, units, loops between titles, loosening, age."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from typing import Any

from thidua.core.law import operators
from thidua.core.law.awards import CENTRE, Overlay, Version
from thidua.core.law.conditions import Leaf, Node, leaves
from thidua.core.law.figures import value_in_words
from thidua.core.law.law import Law, UnknownNameError
from thidua.core.law.messages import Message, say
from thidua.core.law.overlaying import gives_way, laid_over
from thidua.core.law.slots import problems_of_routes
from thidua.core.law.words import AWARDS
from thidua.core.law.yamltext import FileProblemsError, Problem

_UNITS: dict[tuple[type, str], frozenset[str]] = {
    (operators.Vote, "reaches"): frozenset({"share-of-council"}),
    (operators.Vote, "more_than"): frozenset({"share-of-council"}),
    (operators.Quorum, "reaches"): frozenset({"share-of-council"}),
    (operators.Share, "at_least"): frozenset({"share-of-collective"}),
    (operators.Share, "more_than"): frozenset({"share-of-collective"}),
    (operators.ShareOf, "at_most"): frozenset({"share-of-list", "share-of-collective"}),
    (operators.Members, "at_least"): frozenset({"persons"}),
    (operators.Members, "at_most"): frozenset({"persons"}),
    (operators.Employed, "months"): frozenset({"months"}),
    (operators.Absence, "below"): frozenset({"months"}),
    (operators.Study, "months"): frozenset({"months"}),
    (operators.Transfer, "months"): frozenset({"months"}),
    (operators.Existed, "months"): frozenset({"months"}),
    (operators.ReportAge, "months"): frozenset({"months"}),
    (operators.Published, "working_days"): frozenset({"working-days"}),
    (operators.Chain, "years"): frozenset({"years"}),
    (operators.Times, "times"): frozenset({"times"}),
    (operators.Movement, "years"): frozenset({"years"}),
    (operators.Tenure, "years"): frozenset({"years"}),
    (operators.Service, "years"): frozenset({"years"}),
}
_NAMES_OF_FIGURES = {(operators.Initiatives, "reuse"), (operators.InitiativeReuse, "rule_figure")}
_ONE_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Stale:
    """A file nobody re-read for a year, or ever."""

    file: str
    still_valid_on: date | None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What ``thidua law verify`` found."""

    problems: tuple[Problem, ...]
    stale: tuple[Stale, ...]
    to_review: tuple[Stale, ...]
    files: int
    giving_way: tuple[Problem, ...] = ()
    """Values of authorities that a tighter national one takes the place of: told, no fault."""


def verify(law: Law, *, today: date) -> Report:
    """Read and check every file of ``law``; ``today`` decides what was not re-read for a year."""
    problems: list[Problem] = []
    figures = _readable(law.figure_names(), law.figure, problems)
    generals = _readable(law.general_names(), law.general, problems)
    awards = _readable(law.award_ids(), law.award, problems)
    own = [found for name in law.authorities() for found in _overlays(law, name, problems)]
    overlays = [*law.circulars, *(found for found in own if found not in law.circulars)]
    for award in awards:
        file = f"awards/{award.id}.yaml"
        problems += [_said(file, fault) for fault in _award_faults(law, award.id, award.also)]
        problems += _node_problems(law, file, _nodes(award.versions), None)
    for general in generals:
        problems += _node_problems(law, f"general/{general.name}.yaml", _nodes(general.versions), None)
    for overlay in overlays:
        problems += _overlay_problems(law, overlay)
    problems += _loops({award.id: dict(reversed(list(_needs(_nodes(award.versions))))) for award in awards})
    dated = [
        *((f"figures/{found.name}.yaml", found.still_valid_on, found.review_on) for found in figures),
        *((f"awards/{found.id}.yaml", found.still_valid_on, None) for found in awards),
        *((f"general/{found.name}.yaml", found.still_valid_on, None) for found in generals),
        *((found.name, found.still_valid_on, found.review_on) for found in overlays),
    ]
    stale = [Stale(*item) for item in dated if item[1] is None or today - item[1] > _ONE_YEAR]
    due = [Stale(*item) for item in dated if item[2] is not None and item[2] <= today]
    return Report(tuple(problems), tuple(stale), tuple(due), len(dated) + 2, tuple(giving_way(law, overlays)))


def giving_way(law: Law, overlays: Iterable[Overlay]) -> Iterator[Problem]:
    """Yield which values of ``overlays`` give way to a tighter national one, and from which day."""
    for overlay in overlays:
        for name in overlay.figures if overlay.authority != CENTRE else ():
            try:
                national = law.figure(name)
                tighter = gives_way(national, overlay)
            except (UnknownNameError, FileProblemsError, ValueError):
                continue  # told as a fault of its own
            if tighter:
                value = value_in_words(tighter.value, national.unit)
                said = say(
                    "“{name}” nhường quy định chung ({value}) từ {day}. Không phải sửa văn bản này.",
                    name=name, value=value, day=tighter.in_force_from,
                )  # fmt: skip
                yield Problem(overlay.name, overlay.lines.get(name, 1), said)


def _readable(names: Iterable[str], read: Any, problems: list[Problem]) -> list[Any]:
    found = []
    for name in names:
        try:
            found.append(read(name))
        except FileProblemsError as error:
            problems += error.problems
    return found


def _overlays(law: Law, authority: str, problems: list[Problem]) -> tuple[Overlay, ...]:
    try:
        return law.overlays(authority)
    except FileProblemsError as error:
        problems += error.problems
        return ()


def _nodes(versions: Iterable[Version]) -> list[Node]:
    return [node for version in versions for node in (*version.nodes, *version.on_lists)]


def _said(file: str, message: Message) -> Problem:
    return Problem(file, 1, message)


def _award_faults(law: Law, award: str, also: Iterable[str]) -> Iterator[Message]:
    if award not in AWARDS:
        yield say("“{award}” không có trong danh mục danh hiệu, hình thức.", award=award)
    known = set(law.general_names())
    for name in also:
        if name not in known:
            yield say("không có quy định chung “{name}”. Sửa tên trong also.", name=name)
    money = law.award(award).money
    names = (
        [*money.multiples.values(), *(n for kinds in money.at_level.values() for n in kinds.values())]
        if money
        else []
    )
    for name in names:
        yield from _figure_fault(law, name, {"multiple"}, None)


# -- names and units in conditions ---------------------------------------------------------------


def _node_problems(law: Law, file: str, nodes: Iterable[Node], authority: str | None) -> list[Problem]:
    found = []
    for node in nodes:
        for leaf in leaves(node):
            found += [Problem(file, leaf.line, fault) for fault in _leaf_faults(law, leaf, authority)]
    return found


def _leaf_faults(law: Law, leaf: Leaf, authority: str | None) -> Iterator[Message]:
    for holder, name, value in _values(leaf.asks):
        if (type(holder), name) in _NAMES_OF_FIGURES and isinstance(value, str):
            yield from _figure_fault(law, value, {"reuse-rule"}, authority)
        elif name in {"award", "after", "among", "awards"} and isinstance(value, tuple):
            for award in value:
                if award not in AWARDS:
                    yield say("“{award}” không có trong danh mục danh hiệu, hình thức.", award=award)
        elif isinstance(value, str) and (type(holder), name) in _UNITS:
            yield from _figure_fault(law, value, _UNITS[type(holder), name], authority)


def _values(held: Any) -> Iterator[tuple[Any, str, Any]]:
    """Yield every parameter of an operator, those of its parts included."""
    for item in fields(held):
        value = getattr(held, item.name)
        yield held, item.name, value
        parts = value if isinstance(value, tuple) else (value,)
        for part in parts:
            if is_dataclass(part) and not isinstance(part, type):
                yield from _values(part)


def _figure_fault(law: Law, name: str, units: Iterable[str], authority: str | None) -> Iterator[Message]:
    try:
        unit = law.figure(name, authority).unit.name
    except UnknownNameError:
        yield say("không có con số “{name}”. Thêm tệp figures/{name}.yaml hoặc sửa tên.", name=name)
        return
    except FileProblemsError:
        return
    if unit not in units:
        yield say(
            "“{name}” có đơn vị {unit}, ở đây phải là {wanted}.",
            name=name,
            unit=unit,
            wanted=", ".join(sorted(units)),
        )


def used_figures(law: Law) -> frozenset[str]:
    """Return the names of the figures that some condition or award of ``law`` reads."""
    awards = [law.award(name) for name in law.award_ids()]
    generals = [law.general(name) for name in law.general_names()]
    overlays = [found for name in law.authorities() for found in law.overlays(name)] + list(law.circulars)
    versions = [*(award.versions for award in awards), *(general.versions for general in generals)]
    named = _named_in(node for held in versions for node in _nodes(held))
    named = named.union(*map(figures_in, overlays))
    money = [award.money for award in awards if award.money]
    named |= {
        name
        for held in money
        for kinds in (held.multiples, *held.at_level.values())
        for name in kinds.values()
    }
    return frozenset(named)


def figures_in(overlay: Overlay) -> set[str]:
    """Return the names of the figures that a text's own conditions and money read."""
    owns = (*overlay.conditions, *overlay.routes, *overlay.on_lists)
    return _named_in(own.node for own in owns).union(overlay.money.values())


def _named_in(nodes: Iterable[Node]) -> set[str]:
    values = (value for node in nodes for leaf in leaves(node) for *_, value in _values(leaf.asks))
    return {value for value in values if isinstance(value, str)}


# -- overlays ------------------------------------------------------------------------------------


def overlay_problems(law: Law, overlay: Overlay) -> list[Problem]:
    """Return what keeps an uploaded overlay from being laid over ``law``."""
    return _overlay_problems(law, overlay)


def _overlay_problems(law: Law, overlay: Overlay) -> list[Problem]:
    problems: list[Problem] = []
    for name in overlay.figures:
        problems += _moved_problems(law, overlay, name)
    for award in (*overlay.powers, *overlay.money):
        if award not in AWARDS:
            problems.append(
                _said(overlay.name, say("“{award}” không có trong danh mục danh hiệu.", award=award))
            )
    for own in (*overlay.conditions, *overlay.routes, *overlay.on_lists):
        for award in own.awards:
            if award not in AWARDS and award != "all":
                problems.append(
                    _said(overlay.name, say("“{award}” không có trong danh mục danh hiệu.", award=award))
                )
    problems += _group_problems(law, overlay)
    problems += problems_of_routes(law, overlay)
    nodes = [own.node for own in (*overlay.conditions, *overlay.routes, *overlay.on_lists)]
    return problems + _node_problems(law, overlay.name, nodes, overlay.authority)


def _group_problems(law: Law, overlay: Overlay) -> Iterator[Problem]:
    """Yield shares of a group nobody who receives the award can be in: women among collectives."""
    for one in overlay.guidelines:
        line = overlay.lines.get(one.figure.name, 1)
        for award in one.awards:
            kinds = law.award(award).subjects_on(overlay.in_force_from)
            if one.group.asked_of and one.group.asked_of not in kinds:
                said = say(
                    "“{name}”: nhóm {group} không có trong số người, tập thể được xét “{award}”. Sửa group hoặc for.",
                    name=one.figure.name, group=one.group, award=law.award(award).label,
                )  # fmt: skip
                yield Problem(overlay.name, line, said)


def is_shipped(name: str) -> bool:
    """Say whether an overlay of this name came with the law."""
    return name.startswith("overlays/")


def _moved_problems(law: Law, overlay: Overlay, name: str) -> Iterable[Problem]:
    try:
        if overlay.authority != CENTRE:
            # Under a draft the shipped rules of others give way; what the draft itself holds may not loosen.
            laid_over(law.figure(name), [overlay], yields=law.yields and is_shipped(overlay.name))
        law.figure(name, overlay.authority)
    except UnknownNameError:
        said = say("không có con số “{name}”. Con số mới của cơ quan đặt ở new_figures.", name=name)
        return [Problem(overlay.name, overlay.lines.get(name, 1), said)]
    except FileProblemsError as error:
        return error.problems
    return []


# -- loops ---------------------------------------------------------------------------------------


def _needs(nodes: Iterable[Node]) -> Iterator[tuple[str, int]]:
    """Yield the awards that must be held before, with the line; one that must not be held is no need."""
    for node in nodes:
        for leaf in leaves(node):
            for award in _needed(leaf.asks):
                yield award, leaf.line


def _needed(asks: object) -> tuple[str, ...]:
    if isinstance(asks, operators.Holds):
        return asks.award if asks.at_most is None else ()
    if isinstance(asks, operators.Chain):
        return (*asks.award, *asks.after)
    return asks.award if isinstance(asks, (operators.Times, operators.Count)) else ()


def _loops(needs: dict[str, dict[str, int]]) -> list[Problem]:
    problems = []
    done: set[str] = set()
    for award in needs:
        loop = _loop_from(award, needs, [], done)
        if loop:
            said = say("các danh hiệu đòi hỏi lẫn nhau: {loop}. Bỏ một điều kiện.", loop=" → ".join(loop))
            problems.append(Problem(f"awards/{loop[0]}.yaml", needs[loop[0]][loop[1]], said))
            done.update(loop)
    return problems


def _loop_from(
    award: str, needs: dict[str, dict[str, int]], path: list[str], done: set[str]
) -> list[str] | None:
    if award in path:
        return [*path[path.index(award) :], award]
    if award in done:
        return None
    for needed in sorted(needs.get(award, ())):
        loop = _loop_from(needed, needs, [*path, award], done)
        if loop:
            return loop
    done.add(award)
    return None
