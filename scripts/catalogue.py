"""Collect the sentences of pages into the catalogues, compile them, or check that nothing is missing.

Sentences are Vietnamese in the code; the Vietnamese catalogue therefore needs no translation of its own,
the English one must have them all.

    python scripts/catalogue.py          collect and compile
    python scripts/catalogue.py --check  exit 1 when a sentence is not collected or has no English
"""

import argparse
import ast
import copy
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parent.parent / "src" / "thidua"
LOCALES = SOURCE / "locale"
LANGUAGES = ("vi", "en")
ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)
VIETNAMESE = re.compile(r"[À-ỹĐđ]")
SAYING = {"say": 0, "wrong": 0, "translate": 0, "_fault": 1}
"""What the law speaks with, and which argument is the sentence; the law knows no gettext."""


def said_by_the_law(
    stream: BinaryIO,
    _keywords: object,
    _tags: object,
    options: object,  # noqa: ARG001 - as Babel calls it
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield the sentences of a file of the law: what it says, and what it keeps under a name to say later."""
    seen: set[str] = set()
    for node in ast.walk(ast.parse(stream.read())):
        for sentence in _sentences(node):
            if sentence and sentence not in seen:
                seen.add(sentence)
                yield node.lineno, "gettext", sentence, []  # type: ignore[attr-defined] # only calls, assignments


def _sentences(node: ast.AST) -> list[str]:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args) if name in SAYING:
            place = SAYING[name]
            return _literals(args[place]) if len(args) > place else []
        case ast.Assign(targets=[ast.Name(id="text")], value=value):
            return [found for found in map(_text, ast.walk(value)) if VIETNAMESE.search(found)]
        case ast.Assign(targets=[ast.Name()], value=ast.Constant() as value):
            return [found for found in [_text(value)] if VIETNAMESE.search(found)]
        case _:
            return []


def _literals(node: ast.AST) -> list[str]:
    """Return the literal a call is given, or both of a choice between two."""
    if isinstance(node, ast.IfExp):
        return [*_literals(node.body), *_literals(node.orelse)]
    return [_text(node)]


def _text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def said_of_demo_accounts(
    stream: BinaryIO,
    _keywords: object,
    _tags: object,
    options: object,  # noqa: ARG001 - as Babel calls it
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield what the accounts of the demonstration are called on its sign-in page."""
    for row in yaml.safe_load(stream):
        yield 1, "gettext", row["label"], []


METHODS: list[tuple[str, Any]] = [
    ("demo/data/accounts.yaml", said_of_demo_accounts),
    ("**/migrations/**", "ignore"),
    ("**/core/law/**.py", said_by_the_law),
    ("**/core/eligibility/**.py", said_by_the_law),
    ("commands/law.py", said_by_the_law),
    ("commands/law_*.py", said_by_the_law),
    ("commands/tables.py", said_by_the_law),
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2.ext:babel_extract"),
]
OPTIONS = {
    "**/templates/**.html": {
        "trimmed": "true",
        "newstyle_gettext": "true",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
    }
}
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
CHANGING = re.compile(
    r'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team|Report-Msgid-Bugs-To)|#$|# $'
)
PLACES = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


def collected() -> tuple[Catalog, list[str]]:
    """Return every sentence of the source, without line numbers (they would change with every edit), and its faults."""
    catalogue = Catalog(project="thidua", charset="utf-8", header_comment="")
    plain: dict[str, str] = {}
    for file, _line, message, _comments, context in extract_from_dir(
        SOURCE, METHODS, OPTIONS, KEYWORDS, comment_tags=("i18n:",)
    ):
        if message and not (isinstance(message, tuple) and not message[0]):
            catalogue.add(message, locations=[(file, 0)], context=context)
        if isinstance(message, str):
            plain[message] = file
    return catalogue, said_without_counting(catalogue, plain)


def said_without_counting(catalogue: Catalog, plain: Mapping[str, str]) -> list[str]:
    """Return the counted sentences that a place also says plainly, and would say in English of one as of many."""
    return [
        f"{plain[message.id[0]]}: {message.id[0]!r} counts; say it with ngettext"
        for message in catalogue
        if isinstance(message.id, tuple) and message.id[0] in plain
    ]


def path_of(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    file = path_of(language)
    if not file.exists():
        return Catalog(locale=language, charset="utf-8", header_comment="")
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def update(language: str, source: Catalog) -> Catalog:
    catalogue = read(language)
    catalogue.update(copy.deepcopy(source), no_fuzzy_matching=True)
    catalogue.fuzzy = False
    catalogue.obsolete.clear()
    catalogue.revision_date = catalogue.creation_date = None  # type: ignore[assignment] # as an unwritten one has it
    if language == "vi":
        for message in catalogue:
            if message.id:
                message.flags.discard("fuzzy")
                message.string = message.id if isinstance(message.id, str) else (message.id[-1],)
    return catalogue


def po_bytes(catalogue: Catalog) -> bytes:
    stream = io.BytesIO()
    write_po(stream, catalogue, sort_output=True, no_location=True, omit_header=False, width=0)
    text = stream.getvalue().decode()
    kept = [line for line in text.splitlines() if not CHANGING.match(line)]
    return ("\n".join(kept).strip() + "\n").encode()


def mo_bytes(catalogue: Catalog) -> bytes:
    """Return the compiled catalogue; its header would otherwise tell the minute it was compiled in."""
    catalogue.creation_date = ANY_DAY
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def untranslated(catalogue: Catalog) -> list[Message]:
    """Return the messages without words, and those marked doubtful: they are not compiled."""
    return [m for m in catalogue if m.id and (m.fuzzy or not all(_forms(m.string) or [""]))]


def wrong_places(catalogue: Catalog) -> list[Message]:
    """Return the messages whose translation names other places than the sentence."""
    wrong = []
    for message in catalogue:
        named = {frozenset(PLACES.findall(one)) for one in _forms(message.id)}
        translated = [frozenset(PLACES.findall(one)) for one in _forms(message.string) if one]
        if message.id and any(places not in named for places in translated):
            wrong.append(message)
    return wrong


def _forms(words: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return the one form of a sentence, or all of one that counts."""
    return (words,) if isinstance(words, str) else tuple(words or ())


def write(language: str, catalogue: Catalog) -> None:
    file = path_of(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(po_bytes(catalogue))
    file.with_suffix(".mo").write_bytes(mo_bytes(read(language)))


def problems_of(language: str, catalogue: Catalog) -> list[str]:
    """Return what is missing in ``catalogue``, the stored one brought up to date, or goes amiss in it."""
    missing = [f"{language}: no translation of {m.id!r}" for m in untranslated(catalogue)]
    wrong = [f"{language}: other places in the translation of {m.id!r}" for m in wrong_places(catalogue)]
    return missing + wrong


def not_current(language: str, catalogue: Catalog) -> list[str]:
    """Return which of the two stored files is not what ``catalogue`` would be written as."""
    file = path_of(language)
    stored = {one.name: one.read_bytes() for one in (file, file.with_suffix(".mo")) if one.exists()}
    wanted = {"django.po": po_bytes(catalogue), "django.mo": mo_bytes(read(language))}
    return [
        f"{language}: {name} is not current; run scripts/catalogue.py"
        for name, content in wanted.items()
        if stored.get(name) != content
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    source, problems = collected()
    for language in LANGUAGES:
        catalogue = update(language, source)
        if check:
            problems += not_current(language, catalogue)
        else:
            write(language, catalogue)
        problems += problems_of(language, catalogue)
    for problem in problems[:40]:
        print(problem)
    print(f"{len(source)} sentences, {len(problems)} problems.")
    return 1 if check and problems else 0


if __name__ == "__main__":
    sys.exit(main())
