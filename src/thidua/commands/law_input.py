"""What the actions of ``thidua law`` share: the law and the day asked, files read, sentences and JSON written."""

import argparse
import gettext
import json
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import thidua
from thidua.core.law.messages import Said, say

DONE, FAULTY, REFUSED = 0, 1, 2
LOCALES = Path(thidua.__file__).parent / "locale"
Translate = Callable[[str], str]


def translator(language: str) -> Translate:
    """Return what puts sentences into a language; Vietnamese is what they are written in."""
    if language == "vi":
        return str
    found = gettext.translation("django", LOCALES, languages=[language])
    # The catalogue keeps its own head under the empty sentence.
    return lambda sentence: found.gettext(sentence) if sentence else ""


def words_of(given: argparse.Namespace) -> Translate:
    return translator(given.lang)


def text_of(path: Path) -> str:
    """Return what a file says. Raises FileProblemsError where it is not UTF-8."""
    from thidua.core.law.drafts import decoded
    from thidua.core.law.yamltext import FileProblemsError, Problem

    problems: list[Problem] = []
    text = decoded(path.read_bytes(), str(path), problems)
    if text is None:
        raise FileProblemsError(problems)
    return text


def complain(words: Translate, *said: Said) -> None:
    for one in said:
        print(one.in_words(words), file=sys.stderr)


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def told(problems: Iterable[Any]) -> list[Said]:
    """Return problems of files as sentences with their place."""
    return [problem.said for problem in problems]


def law_of(given: argparse.Namespace) -> Any:
    """Return the law under the drafts given. Raises FileProblemsError, UnknownNameError."""
    from thidua.core.law.law import Law

    law = Law()
    if paths := getattr(given, "draft", []):
        draft = drafted(paths, law)
        complain(words_of(given), *told((*draft.consequences, *draft.unused)))
        law = draft.over(law)
    _heed_authority(getattr(given, "authority", None), law.authorities(), words_of(given))
    return law


def drafted(paths: list[Path], law: Any) -> Any:
    """Return the draft that the files hold over ``law``. Raises FileProblemsError."""
    from thidua.core.law.drafts import draft_from

    contents = {str(path): path.read_bytes() for path in _law_files(paths)}
    return draft_from(contents, law, today=date.today())  # noqa: DTZ011 - a day of the law is a local day


def _law_files(paths: list[Path]) -> list[Path]:
    """Return the files named, those of a folder instead of it."""
    return [file for path in paths for file in (sorted(path.rglob("*.y*ml")) if path.is_dir() else [path])]


def _heed_authority(asked: str | None, authorities: list[str], words: Translate) -> None:
    """Warn where an authority is named whose rules nobody knows. Raises UnknownNameError for a slip of the pen."""
    from thidua.core.eligibility.reading import misspelt_authority, no_own_rules
    from thidua.core.law.law import UnknownNameError

    if not asked or asked in authorities:
        return
    if misspelt_authority(asked, authorities):
        raise UnknownNameError(asked)
    complain(words, say("--authority: {said}", said=no_own_rules(asked)))


def day_of(given: argparse.Namespace) -> date:
    on: date = given.on or date.today()  # noqa: DTZ011 - a day of the law is a local day
    return on
