"""One law file into its frozen form; every fault is a sentence with file and line."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from thidua.core.law import schema
from thidua.core.law.awards import (
    Award,
    General,
    Instrument,
    Money,
    Overlay,
    Own,
    Pack,
    Power,
    Version,
    family_of,
)
from thidua.core.law.conditions import Defaults, Node, NodeReader, leaves
from thidua.core.law.exact import by_sex_of, parse_exact, parse_month_day
from thidua.core.law.figures import DatedFigure, DatedValue, Unit, Value
from thidua.core.law.guidelines import faults_of_guideline, guideline_of
from thidua.core.law.messages import say
from thidua.core.law.sources import Confidence, Rule, Source
from thidua.core.law.validation import adapter, problems_of
from thidua.core.law.words import Level, SubjectKind
from thidua.core.law.yamltext import FileProblemsError, Located, Path, Problem, read_yaml

_ONE_DAY = timedelta(days=1)
_UNFIT = "“{given}” không hợp với đơn vị “{unit}”. Sửa số hoặc đơn vị."
_NO_SHARE = "“{given}” không hợp với đơn vị “{unit}”: tỷ lệ viết từ 0 đến 1, như 0.60 hoặc 2/3."
EMPTY = say("tệp trống hoặc không gồm các mục “tên: giá trị”. Tải tệp mẫu về và sửa từ đó.")


def read_units(text: str, file: str) -> tuple[dict[str, Unit], dict[str, Mapping[str, str]]]:
    """Return the closed list of units and that of the directions of ``tightens``."""
    where = _opened(text, file)
    found = _checked(schema.UnitsFile, where)
    units = {name: Unit(name, unit.holds, unit.label) for name, unit in found.units.items()}
    return units, dict(found.tightens)


def read_packs(text: str, file: str) -> tuple[Pack, ...]:
    """Return the timeline; a gap or an overlap between two packs is a fault."""
    where = _opened(text, file)
    found = _checked(schema.PacksFile, where)
    problems = []
    packs = []
    for name, given in found.packs.items():
        rule = Rule(given.rule, given.source, given.confidence)
        instruments = tuple(
            Instrument(
                item.text, item.in_force, Rule(item.rule or given.rule, Source(item.text), item.confidence)
            )
            for item in given.instruments
        )
        transition = given.transition
        clause = transition and Rule(transition.rule, transition.source, transition.confidence)
        packs.append(Pack(name, given.label, given.in_force, rule, instruments, clause, given.review_on))
    named = [("packs", name) for name in found.packs]
    spans = [(given.in_force, given.until) for given in found.packs.values()]
    problems += _span_problems(where, named, spans)
    _raise(problems)
    return tuple(packs)


def read_figure(text: str, file: str, name: str, units: Mapping[str, Unit]) -> DatedFigure:
    where = _opened(text, file)
    found = _checked(schema.FigureFile, where)
    unit = units.get(found.unit)
    if unit is None:
        raise FileProblemsError([where.problem(("unit",), _unknown_unit(found.unit, units))])
    history = []
    problems: list[Problem] = []
    for day, entry in found.values.items():
        path: Path = ("values", day.isoformat())
        if (entry.value is None) != entry.repealed:
            problems.append(
                where.problem(path, say("phải có value, hoặc repealed: true; im lặng không phải là 0."))
            )
            continue
        value = None if entry.repealed else _value(entry.value, unit, where, (*path, "value"), problems)
        rule = Rule(entry.rule or found.rule or name, entry.source, entry.confidence)
        history.append(DatedValue(day, value, rule))
    named = [("values", day.isoformat()) for day in found.values]
    problems += _span_problems(where, named, [(day, entry.until) for day, entry in found.values.items()])
    _raise(problems)
    return DatedFigure(
        name, found.label, unit, found.tightens, tuple(history), found.still_valid_on, found.review_on
    )  # fmt: skip


def read_award(text: str, file: str, name: str) -> Award:
    where = _opened(text, file)
    found = _checked(schema.AwardFile, where)
    reader = NodeReader(where)
    versions = _versions(found.versions, where, reader, found.rule or name)
    _raise(reader.problems)
    rule = _award_rule(found, versions, where, name)
    versions = tuple(
        replace(version, rule=Rule(rule.id, entry.source or rule.source, entry.confidence or rule.confidence))
        for version, entry in zip(versions, found.versions.values(), strict=True)
    )
    created = found.created and (
        found.created.from_day,
        Rule(found.created.rule or rule.id, found.created.source, found.created.confidence),
    )
    money = found.money and Money(
        MappingProxyType({SubjectKind(kind): figure for kind, figure in found.money.multiples.items()}),
        MappingProxyType({Level(level): dict(kinds) for level, kinds in found.money.at_level.items()}),
        found.money.ceiling,
    )
    return Award(
        name, found.label, found.family or family_of(name), _subjects(found.subject), rule, created or None, found.also,
        money or None, versions, found.still_valid_on,
    )  # fmt: skip


def _subjects(given: SubjectKind | tuple[SubjectKind, ...]) -> tuple[SubjectKind, ...]:
    return (given,) if isinstance(given, SubjectKind) else given


def _award_rule(found: schema.AwardFile, versions: tuple[Version, ...], where: Located, name: str) -> Rule:
    """Return where the award itself stands: as the file says, else where its first condition does."""
    first = next((leaf.rule for version in versions for node in version.nodes for leaf in leaves(node)), None)
    source, confidence = found.source, found.confidence
    if first is not None:
        source, confidence = source or first.source, confidence or first.confidence
    if source is None or confidence is None:
        said = say("danh hiệu thiếu nguồn. Thêm source: {text: số ký hiệu, place: điều khoản}, confidence.")
        raise FileProblemsError([where.problem((), said)])
    return Rule(found.rule or name, source, confidence)


def read_general(text: str, file: str, name: str) -> General:
    where = _opened(text, file)
    found = _checked(schema.GeneralFile, where)
    reader = NodeReader(where)
    versions = _versions(found.versions, where, reader, name)
    _raise(reader.problems)
    return General(name, found.label, found.day, versions, found.still_valid_on)


def read_overlay(text: str, file: str, units: Mapping[str, Unit]) -> Overlay:
    """Return an authority's own rules, shipped or uploaded."""
    where = _opened(text, file)
    found = _checked(schema.OverlayFile, where)
    reader = NodeReader(where)
    defaults = Defaults(None, Source(found.text), found.confidence)
    problems: list[Problem] = []
    figures = {}
    for name, moved in found.figures.items():
        # The unit is the national figure's; it is known only when both are laid together.
        value = _loose_value(moved.value, where, ("figures", name, "value"), problems)
        figures[name] = DatedValue(found.in_force, value, _own_rule(found, moved), found.authority)
    new = {}
    for name, own in found.new_figures.items():
        unit = units.get(own.unit)
        path: Path = ("new_figures", name)
        if unit is None:
            problems.append(where.problem((*path, "unit"), _unknown_unit(own.unit, units)))
            continue
        value = _value(own.value, unit, where, (*path, "value"), problems)
        entry = DatedValue(found.in_force, value, _own_rule(found, own), found.authority)
        history = (
            (entry,)
            if found.ceases is None
            else (entry, DatedValue(found.ceases, None, entry.rule, found.authority))
        )
        new[name] = DatedFigure(
            name, own.label, unit, "never", history, found.still_valid_on, found.review_on
        )
        problems += [where.problem((*path, key), said) for key, said in faults_of_guideline(own)]
    read_items = {
        part: _own_conditions(getattr(found, part), part, where, reader, defaults)
        for part in ("conditions", "routes", "on_lists")
    }
    powers = {
        award: tuple(
            Power(
                level, None if power.allowed == "unclear" else power.allowed == "yes", _own_rule(found, power)
            )
            for level, power in by_level.items()
        )
        for award, by_level in found.powers.items()
    }
    owned = [own for items in read_items.values() for own in items]
    _raise([*problems, *reader.problems, *_span_of_text(found, where), *_unplaced(found, owned, where)])
    return Overlay(
        file, found.authority, found.label, found.text, found.in_force, found.ceases, found.still_valid_on,
        found.review_on, found.sectors, MappingProxyType(figures), MappingProxyType(new), read_items["conditions"],
        read_items["routes"], powers, read_items["on_lists"], found.money,
        {name: where.line_of((part, name)) for part in ("figures", "new_figures") for name in getattr(found, part)},
        found.formerly, tuple(filter(None, (guideline_of(found.new_figures[name], new[name]) for name in new))),
    )  # fmt: skip


def _span_of_text(found: schema.OverlayFile, where: Located) -> Iterator[Problem]:
    """Yield that a text ends before it begins."""
    if found.ceases and found.ceases <= found.in_force:
        said = say(
            "hết hiệu lực {last} không sau ngày có hiệu lực {first}. Sửa một trong hai ngày.",
            first=found.in_force,
            last=found.ceases,
        )
        yield where.problem(("ceases",), said)


def _unplaced(found: schema.OverlayFile, owned: Iterable[Own], where: Located) -> Iterator[Problem]:
    """Yield what is said to be read in a text without saying where."""
    said = say("ghi confidence: read mà không nói ở điều nào. Thêm place: Điều …, hoặc đổi confidence.")
    for part in ("figures", "new_figures"):
        for name, given in getattr(found, part).items():
            if _has_no_place(_own_rule(found, given)):
                yield where.problem((part, name), said)
    for award, by_level in found.powers.items():
        for level, power in by_level.items():
            if _has_no_place(_own_rule(found, power)):
                yield where.problem(("powers", award, level), said)
    for own in owned:
        for leaf in leaves(own.node):
            if _has_no_place(leaf.rule):
                yield Problem(where.file, leaf.line, said)


def _has_no_place(rule: Rule) -> bool:
    return rule.confidence is Confidence.READ and not (rule.source.place or "").strip()


def figure_value(given: Value | None, unit: Unit) -> Value | None:
    """Return an overlay's value once its unit is known.

    Raises ValueError where the two do not go together.
    """
    if given is None or isinstance(given, str):
        return None if given is None else _converted(given, unit)
    if isinstance(given, Fraction) and unit.holds == "share" and given > 1:
        raise ValueError(str(given))
    return given


def _own_rule(found: schema.OverlayFile, given: Any) -> Rule:
    return Rule(given.rule, Source(found.text, given.place), given.confidence or found.confidence)


def _own_conditions(
    given: tuple[dict[str, Any], ...], part: str, where: Located, reader: NodeReader, defaults: Defaults
) -> tuple[Own, ...]:
    found = []
    for place, item in enumerate(given):
        path: Path = (part, place)
        head = {key: item[key] for key in ("for", "day", "until") if key in item}
        body = {key: value for key, value in item.items() if key not in head}
        try:
            marks = adapter(schema.OwnMarks).validate_python(head)
        except ValidationError as error:
            reader.problems += problems_of(error, where, path)
            continue
        slot = body.pop("slot", None) if part == "routes" else None
        node = reader.node(body, path, defaults)
        if node is not None:
            found.append(Own(marks.awards, node, marks.day, slot, marks.until))
    return tuple(found)


def _versions(
    given: Mapping[date, schema.VersionEntry], where: Located, reader: NodeReader, rule: str
) -> tuple[Version, ...]:
    """Return the versions; a condition that names no rule stands for ``rule``."""
    versions = []
    for day, entry in given.items():
        path: Path = ("versions", day.isoformat())
        if (entry.conditions is None) != entry.repealed:
            reader.problems.append(
                where.problem(
                    path, say("phải có conditions, hoặc repealed: true; im lặng không phải là hết hiệu lực.")
                )
            )
            continue
        if entry.repealed:
            versions.append(Version(day, (), (), entry.source or Source("?")))
            continue
        defaults = Defaults(entry.rule or rule, entry.source, entry.confidence)
        nodes = reader.nodes(entry.conditions, (*path, "conditions"), defaults)
        lists: tuple[Node, ...] = ()
        if entry.on_lists:
            lists = reader.nodes(list(entry.on_lists), (*path, "list"), defaults)
        subjects = None if entry.subject is None else _subjects(entry.subject)
        versions.append(Version(day, nodes, lists, subjects=subjects))
    named = [("versions", day.isoformat()) for day in given]
    reader.problems += _span_problems(where, named, [(day, entry.until) for day, entry in given.items()])
    return tuple(versions)


def _span_problems(
    where: Located, paths: list[tuple[str, str]], spans: list[tuple[date, date | None]]
) -> list[Problem]:
    """Return the gaps and overlaps: a span that states its last day must meet the next one."""
    problems = []
    for place, (path, (_, until)) in enumerate(zip(paths, spans, strict=True)):
        following = spans[place + 1][0] if place + 1 < len(spans) else None
        if following is not None and following <= spans[place][0]:
            said = say("ngày {day} đứng sau một ngày muộn hơn. Xếp theo thứ tự thời gian.", day=following)
            problems.append(where.problem(paths[place + 1], said))
        elif until is not None and following is None:
            said = say("có ngày hết {day} mà không có mục sau. Thêm một mục repealed có nguồn.", day=until)
            problems.append(where.problem(path, said))
        elif until is not None and following is not None and until + _ONE_DAY != following:
            gap = until + _ONE_DAY < following
            text = (
                "giữa {until} và {following} có một khoảng trống. Sửa ngày hoặc thêm mục repealed."
                if gap
                else "đến {until} nhưng mục sau đã bắt đầu từ {following}: chồng nhau. Sửa một trong hai ngày."
            )
            problems.append(where.problem(path, say(text, until=until, following=following)))
    return problems


def _opened(text: str, file: str) -> Located:
    where = read_yaml(text, file)
    if not isinstance(where.value, dict) or not where.value:
        _raise([where.problem((), EMPTY)])
    if where.bare_keys:
        _raise([
            where.problem(
                path, say("khóa trần “{key}” bị YAML hiểu là đúng/sai. Đổi tên hoặc đặt trong dấu nháy.", key=key)
            )
            for path, key in where.bare_keys
        ])  # fmt: skip
    return where


def _checked(kind: type, where: Located) -> Any:
    try:
        return adapter(kind).validate_python(where.value)
    except ValidationError as error:
        known = tuple(f.name for f in fields(kind))
        raise FileProblemsError(problems_of(error, where, known=known)) from error


def _raise(problems: list[Problem]) -> None:
    if problems:
        raise FileProblemsError(problems)


def _unknown_unit(name: str, units: Mapping[str, Unit]) -> Any:
    return say("không có đơn vị “{name}”. Dùng một trong: {known}.", name=name, known=", ".join(units))


def _value(given: Any, unit: Unit, where: Located, path: Path, problems: list[Problem]) -> Value | None:
    try:
        return _converted(given, unit)
    except (PydanticCustomError, ValueError) as error:
        said = (
            say(error.context["text"], **error.context["parts"])
            if isinstance(error, PydanticCustomError) and error.context
            else say(_NO_SHARE if unit.holds == "share" else _UNFIT, given=given, unit=unit.name)
        )
        problems.append(where.problem(path, said))
        return None


def _loose_value(given: Any, where: Located, path: Path, problems: list[Problem]) -> Value | None:
    if isinstance(given, str):
        return given
    return _value(given, Unit("", "number", {}), where, path, problems)


def _converted(given: Any, unit: Unit) -> Value:
    if isinstance(given, dict):
        return by_sex_of(given)
    if unit.holds == "month-day":
        return parse_month_day(given)
    if unit.holds == "word":
        if not isinstance(given, str):
            raise ValueError(given)
        return given
    number = parse_exact(given)
    if unit.holds == "share" and number > 1:
        raise ValueError(given)
    if unit.holds == "integer" and number.denominator != 1:
        raise ValueError(given)
    return number
