"""``thidua law``: ask the law by date. Files in, sentences or JSON out."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from thidua.commands import tables
from thidua.commands.law_sentences import (
    OUTCOMES,
    UNVERIFIED,
    dong,
    print_money,
    print_verdict,
    shown,
)
from thidua.core.law.exact import parse_day
from thidua.core.law.words import AWARDS, Level, SubjectKind, plain_code

DONE, FAULTY, REFUSED = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="VIỆC")
    listing = actions.add_parser("list", help="Danh mục danh hiệu, hình thức, con số và cơ quan")
    showing = actions.add_parser("show", help="Một con số hoặc một danh hiệu, với nguồn")
    showing.add_argument("name", metavar="TÊN")
    showing.add_argument(
        "--lang", choices=("vi", "en"), default="vi", help="đọc bằng tiếng Việt hay tiếng Anh"
    )
    checking = actions.add_parser("check", help="Một trường hợp có đủ điều kiện không, thiếu gì")
    checking.add_argument("file", type=Path, metavar="TỆP")
    money = actions.add_parser("money", help="Tiền thưởng của một danh hiệu, hoặc của một danh sách")
    money.add_argument("award", nargs="?", metavar="DANH_HIỆU")
    money.add_argument("--for", dest="kind", choices=[kind.value for kind in SubjectKind])
    money.add_argument("--level", choices=[level.value for level in Level])
    money.add_argument("--list", dest="lines", type=Path, metavar="TỆP")
    screening = actions.add_parser("screen", help="Xét cả một bảng người")
    screening.add_argument("table", type=Path, metavar="BẢNG")
    screening.add_argument("--award", action="append", choices=AWARDS, metavar="DANH_HIỆU")
    screening.add_argument("--year", type=int)
    screening.add_argument("--out", type=Path, metavar="TỆP", help="kết quả: .xlsx, .parquet hoặc .csv")
    verifying = actions.add_parser("verify", help="Soát mọi tệp luật")
    verifying.add_argument(
        "files",
        type=Path,
        nargs="*",
        metavar="TỆP",
        help="tệp luật, thư mục hoặc .zip để soát thử trên nền luật hiện có",
    )
    actions.add_parser("schema", help="Mẫu JSON của một trường hợp")
    for action in (listing, showing, money, screening):
        action.add_argument("--on", type=_day, metavar="NGÀY", default=None)
    for action in (listing, showing, checking, money, verifying):
        action.add_argument("--json", action="store_true")
    for action in (showing, money, screening):
        action.add_argument("--authority", metavar="CƠ_QUAN", type=plain_code)
    for action in (checking, screening):
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

    try:
        return _ACTIONS[given.action](given)
    except FileProblemsError as error:
        _complain(*map(str, error.problems))
    except UnknownNameError as error:
        _complain(f"Không có con số, danh hiệu hay cơ quan “{error.name}”. Xem “thidua law list”.")
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.filename is None:
            _complain(f"Không ghi được kết quả ra màn hình hoặc tệp ({error.strerror}). Kiểm tra chỗ trống.")
        else:
            _complain(f"Không đọc được tệp “{error.filename}”. Kiểm tra tên và quyền đọc.")
    return REFUSED


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"“{text}” không phải là ngày. Viết năm-tháng-ngày, như 2024-01-31."
        ) from error


def _text_of(path: Path) -> str:
    """Return what a file says. Raises FileProblemsError where it is not UTF-8."""
    from thidua.core.law.drafts import decoded
    from thidua.core.law.yamltext import FileProblemsError, Problem

    problems: list[Problem] = []
    text = decoded(path.read_bytes(), str(path), problems)
    if text is None:
        raise FileProblemsError(problems)
    return text


def _complain(*sentences: str) -> None:
    for sentence in sentences:
        print(sentence, file=sys.stderr)


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _law(given: argparse.Namespace) -> Any:
    from thidua.core.law.law import Law

    law = Law()
    if paths := getattr(given, "draft", []):
        draft = _drafted(paths, law)
        _complain(*map(str, (*draft.consequences, *draft.unused)))
        law = draft.over(law)
    _heed_authority(getattr(given, "authority", None), law.authorities())
    return law


def _drafted(paths: list[Path], law: Any) -> Any:
    """Return the draft that the files hold over ``law``. Raises FileProblemsError."""
    from thidua.core.law.drafts import draft_from

    contents = {str(path): path.read_bytes() for path in _law_files(paths)}
    return draft_from(contents, law, today=date.today())  # noqa: DTZ011 - a day of the law is a local day


def _heed_authority(asked: str | None, authorities: list[str]) -> None:
    """Warn where an authority is named whose rules nobody knows. Raises UnknownNameError for a slip of the pen."""
    from thidua.core.eligibility.reading import misspelt_authority, no_own_rules
    from thidua.core.law.law import UnknownNameError

    if not asked or asked in authorities:
        return
    if misspelt_authority(asked, authorities):
        raise UnknownNameError(asked)
    _complain(f"--authority: {no_own_rules(asked)}")


def _on(given: argparse.Namespace) -> date:
    on: date = given.on or date.today()  # noqa: DTZ011 - a day of the law is a local day
    return on


# -- list, show, verify ----------------------------------------------------------------------------


def _list(given: argparse.Namespace) -> int:
    from thidua.core.law.showing import catalogue

    found = catalogue(_law(given), _on(given))
    if given.json:
        _print_json(found)
        return DONE
    print(f"Ngày {found['on']}, gói {found['pack'] or '(chưa có)'}")
    for award in found["awards"]:
        print(
            f"  {award['id']:<12} {award['label']['vi']} – {award['in_force_from'] or 'chưa có dữ liệu luật'}"
        )
    for figure in found["figures"]:
        print(f"  {figure['name']:<40} {shown(figure['value'])}  {figure['label']['vi']}")
    for authority, texts in found["authorities"].items():
        print(f"  {authority:<10} {', '.join(texts) or 'không có quy định riêng đang hiệu lực'}")
    return DONE


def _show(given: argparse.Namespace) -> int:
    from thidua.commands.law_aloud import award_aloud, figure_aloud, translator
    from thidua.core.law.showing import award_on, figure_on

    law, on = _law(given), _on(given)
    if given.name in AWARDS:
        award = law.award(given.name)
        if given.json:
            _print_json(award_on(award, on))
        else:
            _print_lines(award_aloud(law, award, on, given.authority, translator(given.lang)))
        return DONE
    figure = law.figure(given.name, given.authority)
    if given.json:
        _print_json(figure_on(figure, on))
    else:
        _print_lines(figure_aloud(figure, on, translator(given.lang)))
    return DONE


def _verify(given: argparse.Namespace) -> int:
    from thidua.core.law.checks import verify
    from thidua.core.law.matters import MatterKind, open_matters

    law = _law(given)
    if given.files:
        return _try(given.files, law)
    today = date.today()  # noqa: DTZ011 - a day of the law is a local day
    report = verify(law, today=today)
    matters = [] if report.problems else open_matters(law, today=today)
    if given.json:
        _print_json({
            "problems": [str(problem) for problem in report.problems],
            "stale": [item.file for item in report.stale],
            "to_review": [item.file for item in report.to_review],
            "files": report.files,
            "open": [_matter(found) for found in matters],
            "giving_way": [str(problem) for problem in report.giving_way],
        })  # fmt: skip
        return FAULTY if report.problems else DONE
    _complain(*map(str, report.problems))
    for item in report.stale:
        print(
            f"{item.file}: {f'đọc lại lần cuối {item.still_valid_on}' if item.still_valid_on else 'chưa ai đọc lại'}"
        )
    for problem in report.giving_way:
        print(problem)
    for item in report.to_review:
        print(f"{item.file}: đến ngày soát lại {item.review_on}")
    for found in matters:
        if found.kind in {MatterKind.UNVERIFIED, MatterKind.UNSTATED} and found.rule:
            print(f"{found.file}: {_OPEN[found.kind]} – {found.rule.id}, {found.rule.source}")
    print(
        f"{report.files} tệp, {len(report.problems)} lỗi, {len(report.stale)} tệp chưa đọc lại trong một năm."
    )
    return FAULTY if report.problems else DONE


def _try(paths: list[Path], law: Any) -> int:
    """Verify files that are not yet law, laid over the law there is."""
    from thidua.core.law.yamltext import FileProblemsError

    try:
        draft = _drafted(paths, law)
    except FileProblemsError as error:
        _complain(*map(str, error.problems))
        print(f"{', '.join(map(str, paths))}: {len(error.problems)} lỗi.")
        return FAULTY
    for problem in (*draft.consequences, *draft.unused):
        print(problem)
    print(f"{', '.join(map(str, paths))}: 0 lỗi.")
    return DONE


def _law_files(paths: list[Path]) -> list[Path]:
    """Return the files named, those of a folder instead of it."""
    return [file for path in paths for file in (sorted(path.rglob("*.y*ml")) if path.is_dir() else [path])]


_OPEN = {
    "unverified": "chưa kiểm chứng trong văn bản",
    "unstated": "chưa tìm thấy tiêu chuẩn trong văn bản nào",
}


def _matter(found: Any) -> dict[str, Any]:
    """Return an open matter as plain values."""
    return {
        "kind": found.kind.value,
        "file": found.file,
        "since": found.since.isoformat() if found.since else None,
        "rule": found.rule.id if found.rule else None,
        "source": str(found.rule.source) if found.rule else None,
        "confidence": found.rule.confidence.value if found.rule else None,
    }


# -- check and money -------------------------------------------------------------------------------


def _check(given: argparse.Namespace) -> int:
    from thidua.core.eligibility.answer import answer
    from thidua.core.eligibility.explain import check
    from thidua.core.eligibility.reading import read_with_notices

    law = _law(given)
    case, notices = read_with_notices(_text_of(given.file), str(given.file), law.authorities())
    _complain(*map(str, notices))
    verdict = check(case, law)
    if given.json:
        _print_json(answer(verdict))
    else:
        doubtful = verdict.money is not None and not verdict.money.confidence.may_block
        print_verdict(answer(verdict), doubtful_money=doubtful)
    return DONE


def _schema(_given: argparse.Namespace) -> int:
    from thidua.core.eligibility.schema import case_schema

    _print_json(case_schema())
    return DONE


def _money(given: argparse.Namespace) -> int:
    if given.lines:
        return _money_list(given)
    if given.award is None or given.kind is None:
        _complain("Viết: thidua law money DANH_HIỆU --for individual|collective|household --on NGÀY.")
        return REFUSED
    from thidua.core.eligibility.answer import money_answer
    from thidua.core.law.figures import NotInForceError
    from thidua.core.law.law import UnknownNameError
    from thidua.core.law.messages import number_in_words
    from thidua.core.law.money import money_for

    if given.award not in AWARDS:
        raise UnknownNameError(given.award)
    level = Level(given.level) if given.level else None
    kind, on = SubjectKind(given.kind), _on(given)
    try:
        due = money_for(_law(given), given.award, kind, on, level=level, authority=given.authority)
    except NotInForceError:
        _complain(f"Ngày {on:%d/%m/%Y} chưa có dữ liệu luật về tiền thưởng {given.award} cho đối tượng này.")
        if given.json:
            _print_json(None)
        return FAULTY
    found = money_answer(due)
    if given.json:
        _print_json(found)
    else:
        most = "tối đa " if found["is_ceiling"] else ""
        counted = (
            "" if due.multiple is None else f" = {number_in_words(due.multiple)} × {dong(found['base'])}"
        )
        unsure = "" if due.confidence.may_block else UNVERIFIED
        print(f"{most}{dong(found['amount'])} đồng{counted}{unsure}")
        print(f"  {found['source']} [{found['confidence']}]")
    return DONE


def _money_list(given: argparse.Namespace) -> int:
    from thidua.core.eligibility.money_list import list_answer, read_lines
    from thidua.core.law.money import money_for_lines

    lines = read_lines(_text_of(given.lines), str(given.lines), on=given.on)
    found = list_answer(money_for_lines(_law(given), lines, given.authority))
    if given.json:
        _print_json(found)
        return DONE
    print_money(found)
    return DONE


def _screen(given: argparse.Namespace) -> int:
    from thidua.core.eligibility.columns.table import TableError, read_table
    from thidua.core.eligibility.screen import Screening, screen

    try:
        table = tables.read(given.table)
        read = read_table(table)
    except tables.TableFileError as error:
        _complain(str(error))
        return REFUSED
    except TableError as error:
        _complain(*(f"{given.table}, {problem}" for problem in error.problems))
        return REFUSED
    on = _on(given)
    year = given.year or max((found for found in read.years if found <= on.year), default=on.year)
    awards = tuple(given.award or ("LDTT", "CSTDCS", "CSTDB", "CSTDTQ"))
    found = screen(
        read.population, Screening(on, awards, (year, year), authority=given.authority), _law(given)
    )
    print(f"{len(found)} người, ngày {on:%d/%m/%Y}, thành tích năm {year}")
    for award in awards:
        counts = dict(found[award].cast(str).value_counts().iter_rows())
        print(f"  {award:<12} " + ", ".join(f"{OUTCOMES[key]}: {counts.get(key, 0)}" for key in OUTCOMES))
    if read.unused:
        print("Cột không dùng: " + ", ".join(read.unused))
    if given.out:
        tables.write(table.with_columns(found.get_columns()), given.out)
    return DONE


_ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {
    "list": _list, "show": _show, "verify": _verify, "check": _check, "money": _money, "screen": _screen,
    "schema": _schema,
}  # fmt: skip
