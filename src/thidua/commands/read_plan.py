"""``thidua read-plan``: what one document says, as JSON, as the text its places refer to, or in words."""

import argparse
import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from thidua.core.plans.readable import UnreadableTextError
from thidua.core.plans.source import Source
from thidua.documents.errors import DocumentError, EmptyFileError, UnreadableLettersError
from thidua.documents.isolated import read_isolated
from thidua.documents.notices import told

if TYPE_CHECKING:
    from thidua.core.plans.reader import PlanReading


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="TỆP", help="văn bản .docx, .pdf, .txt hoặc .md")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="in mọi mục đọc được, dạng JSON")
    form.add_argument("--text", action="store_true", help="in nội dung văn bản mà các vị trí tính theo")


def run(given: argparse.Namespace) -> int:
    """Print the reading; return 1 with a sentence on the error stream for what cannot be read."""
    try:
        source = read_isolated(given.file, meanwhile=None if given.text else _fetch_reader)
        shown = source.text if given.text else reading(source, given.file.name, as_json=given.json)
    except DocumentError as error:
        print(error, file=sys.stderr)
        return 1
    for line in source.notices:
        sentence, parameters = told(line)
        print(sentence % parameters, file=sys.stderr)
    print(shown)
    return 0


def _fetch_reader() -> None:
    """Import the reader of plans, which takes longer than reading a file: the two are done at once."""
    import_module("thidua.core.plans.reader")


def reading(source: Source, name: str, *, as_json: bool) -> str:
    """Read the plan and return it as JSON or in words; the error stream is told what to look at.

    Raises EmptyFileError and UnreadableLettersError for a text that holds nothing to read.
    """
    from thidua.core.plans.reader import read

    try:
        found = read(source)
    except UnreadableTextError as error:
        raise (EmptyFileError if error.is_empty else UnreadableLettersError)(name=name) from error
    for sentence in to_look_at(found, source, name):
        print(sentence, file=sys.stderr)
    if as_json:
        return json.dumps(found.to_json(), ensure_ascii=False, indent=1)
    from thidua.commands.plan_summary import summary_of

    return summary_of(found.to_json())


def to_look_at(found: "PlanReading", source: Source, name: str) -> Iterator[str]:
    """Yield what makes the reading less than the file seems to hold."""
    from thidua.core.plans.headers import further_numbers
    from thidua.core.plans.items import Noise
    from thidua.core.plans.slips import NO_SUCH_DAY

    if not found.is_launch_plan:
        yield f"Tệp “{name}” không phát động phong trào thi đua nào. Gửi đúng văn bản phát động."
    if further := further_numbers(source.text):
        yield (
            f"Tệp “{name}” còn có văn bản khác, số {', '.join(further)}: mỗi tệp chỉ đọc như một văn bản. "
            "Tách từng văn bản ra rồi đọc lại."
        )
    slips = (one for one in found.lists.get("noise", ()) if isinstance(one, Noise))
    for seen in dict.fromkeys(one.seen for one in slips if one.means == NO_SUCH_DAY):
        yield f"“{seen}” không có trong lịch nên không tính thành thời hạn. Đối chiếu với văn bản gốc."
