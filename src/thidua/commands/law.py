"""``thidua law``: ask the law by date. Files in, sentences or JSON out."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from thidua.commands import law_listing
from thidua.commands.law_input import (
    DONE,
    FAULTY,
    REFUSED,
    complain,
    day_of,
    law_of,
    print_json,
    text_of,
    told,
    words_of,
)
from thidua.commands.law_screening import screening
from thidua.commands.law_sentences import (
    UNVERIFIED,
    amount_of,
    counted_of,
    print_ahead,
    print_money,
    print_verdict,
)
from thidua.core.law.exact import parse_day
from thidua.core.law.messages import Said, say
from thidua.core.law.words import AWARDS, Level, SubjectKind, plain_code


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="VIỆC")
    listing = actions.add_parser("list", help="Danh mục danh hiệu, hình thức, con số và cơ quan")
    showing = actions.add_parser("show", help="Một con số hoặc một danh hiệu, với nguồn")
    showing.add_argument("name", metavar="TÊN")
    checking = actions.add_parser("check", help="Một trường hợp có đủ điều kiện không, thiếu gì")
    checking.add_argument("file", type=Path, metavar="TỆP")
    money = actions.add_parser("money", help="Tiền thưởng của một danh hiệu, hoặc của một danh sách")
    money.add_argument("award", nargs="?", metavar="DANH_HIỆU")
    money.add_argument("--for", dest="kind", choices=[kind.value for kind in SubjectKind])
    money.add_argument("--level", choices=[level.value for level in Level])
    money.add_argument("--list", dest="lines", type=Path, metavar="TỆP")
    screens = actions.add_parser("screen", help="Xét cả một bảng người")
    screens.add_argument("table", type=Path, metavar="BẢNG")
    screens.add_argument("--award", action="append", choices=AWARDS, metavar="DANH_HIỆU")
    screens.add_argument("--year", metavar="NĂM")
    screens.add_argument("--out", type=Path, metavar="TỆP", help="kết quả: .xlsx, .parquet hoặc .csv")
    verifying = actions.add_parser("verify", help="Soát mọi tệp luật")
    verifying.add_argument(
        "files",
        type=Path,
        nargs="*",
        metavar="TỆP",
        help="tệp luật, thư mục hoặc .zip để soát thử trên nền luật hiện có",
    )
    schema = actions.add_parser("schema", help="Mẫu JSON của một trường hợp")
    for action in (listing, showing, checking, money, screens, verifying, schema):
        action.add_argument(
            "--lang", choices=("vi", "en"), default="vi", help="trả lời bằng tiếng Việt hay tiếng Anh"
        )
    for action in (listing, showing, money, screens):
        action.add_argument("--on", metavar="NGÀY", default=None)
    for action in (listing, showing, checking, money, verifying):
        action.add_argument("--json", action="store_true")
    for action in (showing, money, screens):
        action.add_argument("--authority", metavar="CƠ_QUAN", type=plain_code)
    for action in (checking, screens):
        action.add_argument(
            "--draft",
            type=Path,
            action="append",
            default=[],
            metavar="TỆP",
            help="thử thêm một tệp luật, một thư mục hoặc .zip",
        )


def run(given: argparse.Namespace) -> int:
    """Return 0 when answered, 1 when something is faulty or not law, 2 when the input cannot be used."""
    from thidua.core.law.law import UnknownNameError
    from thidua.core.law.yamltext import FileProblemsError

    words = words_of(given)
    try:
        _read_times(given)
        return _ACTIONS[given.action](given)
    except _NoTimeError as error:
        complain(words, error.said)
    except FileProblemsError as error:
        complain(words, *told(error.problems))
    except UnknownNameError as error:
        said = say("Không có con số, danh hiệu hay cơ quan “{name}”. Xem “thidua law list”.", name=error.name)
        complain(words, said)
    except BrokenPipeError:
        raise
    except OSError as error:
        complain(words, _unusable(error))
    return REFUSED


def _unusable(error: OSError) -> Said:
    if error.filename is None:
        return say(
            "Không ghi được kết quả ra màn hình hoặc tệp ({reason}). Kiểm tra chỗ trống.",
            reason=error.strerror,
        )
    return say("Không đọc được tệp “{file}”. Kiểm tra tên và quyền đọc.", file=str(error.filename))


class _NoTimeError(Exception):
    """A day or a year cannot be read; ``said`` tells which."""

    def __init__(self, said: Said) -> None:
        super().__init__(str(said))
        self.said = said


def _read_times(given: argparse.Namespace) -> None:
    """Put the day and the year in place of their texts, once it is known in which language to complain."""
    if getattr(given, "on", None):
        given.on = _day(given.on)
    if getattr(given, "year", None):
        given.year = _year(given.year)


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError as error:
        said = say("--on: “{given}” không phải là ngày. Viết năm-tháng-ngày, như 2024-01-31.", given=text)
        raise _NoTimeError(said) from error


def _year(text: str) -> int:
    from pydantic_core import PydanticCustomError

    from thidua.core.eligibility.case import year_of

    try:
        return year_of(text)
    except PydanticCustomError as error:
        context = error.context or {}
        said = say("--year: {said}", said=say(context["text"], **context["parts"]))
        raise _NoTimeError(said) from error


# -- check and money -------------------------------------------------------------------------------


def _check(given: argparse.Namespace) -> int:
    from thidua.core.eligibility.answer import answer
    from thidua.core.eligibility.explain import check
    from thidua.core.eligibility.reading import read_with_notices

    law, words = law_of(given), words_of(given)
    case, notices = read_with_notices(text_of(given.file), str(given.file), law.authorities())
    complain(words, *told(notices))
    verdict = check(case, law)
    found = answer(verdict, words, with_ways=given.json)
    if given.json:
        print_json(found)
    else:
        doubtful = verdict.money is not None and not verdict.money.confidence.may_block
        print_verdict(found, words, doubtful_money=doubtful)
    return DONE


def _money(given: argparse.Namespace) -> int:
    if given.lines:
        return _money_list(given)
    from thidua.core.eligibility.answer import money_answer
    from thidua.core.law.figures import NotInForceError
    from thidua.core.law.law import UnknownNameError
    from thidua.core.law.money import money_for

    words = words_of(given)
    if given.award is None or given.kind is None:
        said = say("Viết: thidua law money DANH_HIỆU --for individual|collective|household --on NGÀY.")
        complain(words, said)
        return REFUSED
    if given.award not in AWARDS:
        raise UnknownNameError(given.award)
    level = Level(given.level) if given.level else None
    kind, on = SubjectKind(given.kind), day_of(given)
    try:
        due = money_for(law_of(given), given.award, kind, on, level=level, authority=given.authority)
    except NotInForceError:
        said = say(
            "Ngày {day} chưa có dữ liệu luật về tiền thưởng {award} cho đối tượng này.",
            day=on, award=given.award,
        )  # fmt: skip
        complain(words, said)
        if given.json:
            print_json(None)
        return FAULTY
    found = money_answer(due)
    if given.json:
        print_json(found)
        return DONE
    unsure = "" if due.confidence.may_block else UNVERIFIED.in_words(words)
    print(f"{amount_of(found).in_words(words)}{counted_of(due, words)}{unsure}")
    print(f"  {found['source']} [{found['confidence']}]")
    print_ahead(on, words)
    return DONE


def _money_list(given: argparse.Namespace) -> int:
    from thidua.core.eligibility.money_list import list_answer, read_lines
    from thidua.core.law.money import money_for_lines

    words = words_of(given)
    lines = read_lines(text_of(given.lines), str(given.lines), on=given.on)
    found = list_answer(money_for_lines(law_of(given), lines, given.authority), words)
    if given.json:
        print_json(found)
        return DONE
    print_money(found, words)
    print_ahead(max((line.on for line in lines), default=date.min), words)
    return DONE


_ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {
    "list": law_listing.listing, "show": law_listing.show, "verify": law_listing.verify, "check": _check,
    "money": _money, "screen": screening, "schema": law_listing.schema,
}  # fmt: skip
