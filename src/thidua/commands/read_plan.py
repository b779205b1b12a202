"""``thidua read-plan``: what one document says, as JSON, as the text its places refer to, or in words."""

import argparse
import json
import sys
from pathlib import Path

from thidua.core.plans.readable import UnreadableTextError
from thidua.core.plans.source import Source
from thidua.documents.errors import DocumentError, EmptyFileError, UnreadableLettersError
from thidua.documents.isolated import read_isolated
from thidua.documents.notices import told


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="TỆP", help="văn bản .docx, .pdf, .txt hoặc .md")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="in mọi mục đọc được, dạng JSON")
    form.add_argument("--text", action="store_true", help="in nội dung văn bản mà các vị trí tính theo")


def run(given: argparse.Namespace) -> int:
    """Print the reading; return 1 with a sentence on the error stream for what cannot be read."""
    try:
        source = read_isolated(given.file)
        shown = source.text if given.text else reading(source, given.file.name, as_json=given.json)
    except DocumentError as error:
        print(error, file=sys.stderr)
        return 1
    for line in source.notices:
        sentence, parameters = told(line)
        print(sentence % parameters, file=sys.stderr)
    print(shown)
    return 0


def reading(source: Source, name: str, *, as_json: bool) -> str:
    """Read the plan and return it as JSON or in words; the error stream is told of one that launches nothing.

    Raises EmptyFileError and UnreadableLettersError for a text that holds nothing to read.
    """
    from thidua.core.plans.reader import read

    try:
        found = read(source)
    except UnreadableTextError as error:
        raise (EmptyFileError if error.is_empty else UnreadableLettersError)(name=name) from error
    if not found.is_launch_plan:
        print(
            f"Tệp “{name}” không phát động phong trào thi đua nào. Gửi đúng văn bản phát động.",
            file=sys.stderr,
        )
    if as_json:
        return json.dumps(found.to_json(), ensure_ascii=False, indent=1)
    from thidua.commands.plan_summary import summary_of

    return summary_of(found.to_json())
