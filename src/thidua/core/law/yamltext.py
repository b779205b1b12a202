"""YAML read as text: no scalar is guessed to be a number, a date or a boolean, and every line is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from thidua.core.law.messages import Message, say

Path = tuple[str | int, ...]

_MOST_PLACES = 2_000_000
"""A word that points back to another part can multiply a small file without end."""
_DEEPEST = 100
_SURELY_SHALLOW = 5_000
"""Openers of a file, and signs of a line, below which it cannot nest deeper than the C reader bears."""

# YAML 1.1 takes these bare words for true and false; another reader of our files would be misled.
_BARE_BOOLEANS = {"on", "off", "yes", "no", "y", "n"}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a file: where, what, and what to do."""

    file: str
    line: int
    message: Message

    @property
    def said(self) -> Message:
        """The sentence with its place, to be read in any language."""
        return say("{file}, dòng {line}: {message}", file=self.file, line=self.line, message=self.message)

    def __str__(self) -> str:
        return self.said.in_words()


class FileProblemsError(ValueError):
    """A file cannot be used; ``problems`` lists everything found, not just the first."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Located:
    """A file's content as dicts, lists and text, with the line of each path and the bare words used as keys."""

    file: str
    value: Any
    lines: dict[Path, int]
    bare_keys: tuple[tuple[Path, str], ...]

    def line_of(self, path: Path) -> int:
        """Return the line of ``path``, or of what holds it where the path itself is missing."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: Path, message: Message) -> Problem:
        return Problem(self.file, self.line_of(path), message)


def read_yaml(text: str, file: str) -> Located:
    """Return the content of ``text``; ``file`` only names it in sentences.

    Raises FileProblemsError where it is not YAML, holds the same key twice or grows without end.
    """
    try:
        _refuse_depth(text, file)
        root = yaml.compose(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        said = say(
            "tệp không đọc được như YAML ({problem}). Sửa cách viết ở dòng này.", problem=error.problem or "?"
        )
        raise FileProblemsError([Problem(file, line, said)]) from error
    except yaml.YAMLError as error:
        said = say("tệp có ký tự không dùng được trong YAML. Lưu lại tệp ở mã UTF-8.")
        raise FileProblemsError([Problem(file, 1, said)]) from error
    reading = _Reading(file)
    value = reading.plain(root, ()) if root is not None else None
    if reading.problems:
        raise FileProblemsError(reading.problems)
    return Located(file, value, reading.lines, tuple(reading.bare_keys))


def _refuse_depth(text: str, file: str) -> None:
    longest = max(map(len, text.splitlines()), default=0)
    if max(text.count("[") + text.count("{"), longest) < _SURELY_SHALLOW:
        return
    depth = 0
    for event in yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise _too_deep(file, event.start_mark.line + 1 if event.start_mark else 1)


def _too_deep(file: str, line: int) -> FileProblemsError:
    said = say("các mục lồng vào nhau quá sâu. Viết lại đơn giản hơn.")
    return FileProblemsError([Problem(file, line, said)])


class _Reading:
    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.bare_keys: list[tuple[Path, str]] = []
        self.problems: list[Problem] = []

    def plain(self, node: yaml.Node, path: Path) -> Any:
        self.lines[path] = node.start_mark.line + 1
        if len(path) > _DEEPEST:
            raise _too_deep(self.file, node.start_mark.line + 1)
        if len(self.lines) > _MOST_PLACES:
            said = say("tệp quá lớn, hoặc nhắc lại chính nó quá nhiều lần. Chia nhỏ tệp.")
            raise FileProblemsError([Problem(self.file, node.start_mark.line + 1, said)])
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, path))
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, (*path, place)) for place, item in enumerate(node.value)]
        # An empty or null scalar says "not stated", as a missing key does.
        return None if not getattr(node, "style", None) and node.value in {"", "~", "null"} else node.value

    def _pairs(self, node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in seen:
                said = say("mục “{key}” viết hai lần. Giữ lại một.", key=key)
                self.problems.append(Problem(self.file, line, said))
            seen.add(key)
            if not key_node.style and key.lower() in _BARE_BOOLEANS:
                self.bare_keys.append(((*path, key), key))
            value = self.plain(value_node, (*path, key))
            self.lines[*path, key] = line
            yield key, value
