"""The jurists' cases: files of ``tests/law``, read with the strictness of the command."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thidua.core.law.yamltext import Located, read_yaml

FOLDER = Path(__file__).parents[2] / "law"


@dataclass(frozen=True)
class LawCase:
    file: str
    name: str
    given: dict[str, Any]
    expect: dict[str, Any]
    lines: dict[tuple[Any, ...], int]

    def located(self) -> Located:
        return Located(f"tests/law/{self.file}, “{self.name}”", self.given, self.lines, ())


def law_cases(folder: Path = FOLDER) -> Iterator[LawCase]:
    for path in sorted(folder.glob("*.yaml")):
        where = read_yaml(path.read_text(encoding="utf-8"), path.name)
        content = where.value
        always = content.get("always", {})
        for place, item in enumerate(content["cases"]):
            assert set(item) == {"name", "given", "expect"}, (path.name, item.get("name"))
            lines = {
                **lines_under(where, ("always",)),
                (): where.line_of(("cases", place)),
                **lines_under(where, ("cases", place, "given")),
            }
            yield LawCase(path.name, item["name"], merged(always, item["given"]), item["expect"], lines)


def lines_under(where: Located, top: tuple[Any, ...]) -> dict[tuple[Any, ...], int]:
    """Return the line of each path below ``top``, the paths beginning there."""
    return {path[len(top) :]: line for path, line in where.lines.items() if path[: len(top)] == top}


def merged(under: Any, over: Any) -> Any:
    """Return ``over`` laid on ``under``, mapping by mapping; ``null`` takes a fact away."""
    if not isinstance(under, dict) or not isinstance(over, dict):
        return over
    both = {key: merged(under.get(key), value) for key, value in over.items()}
    return {key: value for key, value in {**under, **both}.items() if value is not None}


def differences(expected: Any, found: Any, path: str = "") -> Iterator[str]:
    """Yield where ``found`` lacks something expected; a list needs one fitting item for each one named."""
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            yield f"{path}: {found!r}"
            return
        for key, value in expected.items():
            yield from differences(value, found.get(key), f"{path}.{key}")
    elif isinstance(expected, list):
        for place, item in enumerate(expected):
            if not any(not list(differences(item, other)) for other in found or []):
                yield f"{path}[{place}]: nothing like {item!r}"
    elif _plain(expected) != _plain(found):
        yield f"{path}: {found!r} instead of {expected!r}"


def _plain(value: Any) -> str:
    """Return a value as a file writes it: true for True, null for None."""
    if value is None or isinstance(value, bool):
        return {True: "true", False: "false", None: "null"}[value]
    return str(value)
