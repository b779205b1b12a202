"""Law files handed in to be tried: told apart by what they hold, read strictly, laid over the law and checked whole."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from thidua.core.law.awards import CENTRE, Overlay
from thidua.core.law.checks import is_shipped, used_figures, verify
from thidua.core.law.law import Law
from thidua.core.law.messages import Message, say
from thidua.core.law.reading import EMPTY, read_award, read_figure, read_general, read_overlay, read_packs
from thidua.core.law.words import AWARDS
from thidua.core.law.yamltext import FileProblemsError, Located, Problem, read_yaml

MOST_FILES = 100
MOST_BYTES = 1_000_000
ENDINGS = (".yaml", ".yml")
_FIGURE_NAME = re.compile(r"[a-z][a-z0-9_]*")
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Draft:
    """Texts that were read and fit: ``files`` by their place among the law files, ``overlays`` by their own name."""

    files: Mapping[str, str]
    overlays: Mapping[str, str]
    consequences: tuple[Problem, ...] = ()
    """Rules of authorities the draft leaves looser than itself; under the draft they give way."""
    unused: tuple[Problem, ...] = ()
    """Figures under a new name that no rule reads: to try them changes nothing."""

    def over(self, law: Law, own: Mapping[str, str] | None = None) -> Law:
        """Return ``law`` under this draft and the installation's ``own`` rules."""
        return law.with_drafts({**(own or {}), **self.overlays}, self.files, yields=True)


def draft_from(given: Mapping[str, bytes], law: Law, *, today: date) -> Draft:
    """Return the draft written in the uploaded files; archives are opened.

    Raises FileProblemsError with everything found, in every file.
    """
    problems: list[Problem] = []
    texts = _texts(given, problems)
    places: dict[str, str] = {}
    files: dict[str, str] = {}
    overlays: dict[str, str] = {}
    for name, text in texts.items():
        place = _placed(name, text, law, problems)
        if place == "overlays":
            overlays[name] = text
        elif place:
            if place in places:
                said = say(
                    "cùng là “{place}” với tệp {other}. Giữ một tệp.", place=place, other=places[place]
                )
                problems.append(Problem(name, 1, said))
            places[place], files[place] = name, text
    if not texts and not problems:
        problems.append(Problem(", ".join(given) or "?", 1, say("không có tệp .yaml nào. Chọn tệp luật.")))
    if problems:
        raise FileProblemsError(problems)
    return _checked(Draft(files, overlays), law, places, today)


def texts_of(given: Mapping[str, bytes]) -> dict[str, str]:
    """Return the files of an upload as text, archives opened, to be kept and read again.

    Raises FileProblemsError.
    """
    problems: list[Problem] = []
    texts = _texts(given, problems)
    if problems:
        raise FileProblemsError(problems)
    return texts


def _checked(draft: Draft, law: Law, places: Mapping[str, str], today: date) -> Draft:
    """Return the draft with its consequences. Raises FileProblemsError where the law no longer holds together."""
    under = draft.over(law)
    report = verify(under, today=today)
    found = report.problems
    before = set(map(str, verify(law, today=today).giving_way))
    consequences = [problem for problem in found if _is_of_others(problem, draft)]
    gives_way = [problem for problem in report.giving_way if str(problem) not in before]
    faults = [
        Problem(places.get(problem.file, problem.file), problem.line, problem.message)
        for problem in found
        if problem not in consequences
    ]
    if faults:
        # One bad value is found again wherever the figure is used.
        raise FileProblemsError(list({str(fault): fault for fault in faults}.values()))
    unused = tuple(_unused(draft, law, places))
    return Draft(draft.files, draft.overlays, (*gives_way, *consequences), unused)


def _unused(draft: Draft, law: Law, places: Mapping[str, str]) -> Iterator[Problem]:
    known = {f"figures/{name}.yaml" for name in law.figure_names()}
    added = [place for place in draft.files if place.startswith("figures/") and place not in known]
    used = used_figures(draft.over(law)) if added else frozenset()
    for place in added:
        name = PurePosixPath(place).stem
        if name not in used:
            said = say(
                "con số mới “{name}” chưa quy định nào dùng đến, nên thử không làm thay đổi gì. Để thay một con số "
                "đang có, đặt tên tệp như con số ấy.",
                name=name,
            )
            yield Problem(places[place], 1, said)


def _is_of_others(problem: Problem, draft: Draft) -> bool:
    return is_shipped(problem.file) and problem.file not in draft.overlays


# -- what was handed in --------------------------------------------------------------------------


def by_name(uploads: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """Return the uploaded files by name; of two that share one neither may win unseen.

    Raises FileProblemsError.
    """
    problems: list[Problem] = []
    found = dict(_once_each(uploads, problems))
    if problems:
        raise FileProblemsError(problems)
    return found


def _once_each(files: Iterable[tuple[str, bytes]], problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    seen: set[str] = set()
    for name, content in files:
        if name in seen:
            said = say("có hai tệp cùng tên này. Bỏ một tệp, hoặc đổi tên rồi tải lại.")
            problems.append(Problem(name, 1, said))
            continue
        seen.add(name)
        yield name, content


def _texts(given: Mapping[str, bytes], problems: list[Problem]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for name, content in _once_each(_unpacked(given, problems), problems):
        text = decoded(content, name, problems)
        if text is not None:
            texts[name] = text
    return texts


def _unpacked(given: Mapping[str, bytes], problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    number = size = 0
    for name, content in given.items():
        pieces = _members(name, content, problems) if name.lower().endswith(".zip") else [(name, content)]
        for inner, piece in pieces:
            number, size = number + 1, size + len(piece)
            if number > MOST_FILES or size > MOST_BYTES:
                said = say(
                    "nhiều hơn {files} tệp hoặc quá {size} byte. Chia thành dự thảo nhỏ hơn.",
                    files=MOST_FILES,
                    size=MOST_BYTES,
                )
                problems.append(Problem(name, 1, said))
                return
            if inner.lower().endswith(ENDINGS):
                yield inner, piece
            else:
                problems.append(Problem(inner, 1, _NO_YAML))


_NO_YAML = say("không phải tệp .yaml. Lưu quy định ở dạng .yaml rồi tải lại.")


def _members(name: str, content: bytes, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            for member in archive.infolist():
                if not member.is_dir() and not _is_litter(member):
                    yield str(PurePosixPath(member.filename)), _member(archive, member)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError):
        said = say("tệp .zip hỏng hoặc có mật khẩu. Nén lại không đặt mật khẩu.")
        problems.append(Problem(name, 1, said))


def _member(archive: ZipFile, member: ZipInfo) -> bytes:
    if member.flag_bits & _ENCRYPTED:
        raise BadZipFile(member.filename)
    with archive.open(member) as stream:
        return stream.read(MOST_BYTES + 1)  # what is longer is refused by its size, not unpacked whole


def _is_litter(member: ZipInfo) -> bool:
    """Say whether an archiver of some system added the entry by itself."""
    parts = PurePosixPath(member.filename).parts
    return "__MACOSX" in parts or parts[-1] in {".DS_Store", "Thumbs.db"}


def decoded(content: bytes, name: str, problems: list[Problem]) -> str | None:
    """Return the text; what is not UTF-8 is a problem of its line."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        said = say("ký tự không ở mã UTF-8. Lưu lại tệp ở mã UTF-8.")
        problems.append(Problem(name, line, said))
        return None


# -- what each file is ---------------------------------------------------------------------------


def _placed(name: str, text: str, law: Law, problems: list[Problem]) -> str:
    """Read one file and return its place among the law files; "" where it cannot stand."""
    try:
        located = read_yaml(text, name)
        place = _place_of(located, name)
        if isinstance(place, Message):
            problems.append(Problem(name, 1, place))
            return ""
        _read(place, text, name, law)
    except FileProblemsError as error:
        problems += error.problems
        return ""
    return place


def _place_of(located: Located, name: str) -> str | Message:
    """Return the place of a file by what it holds, or why it has none."""
    held: Any = located.value
    stem = PurePosixPath(name.replace("\\", "/")).stem
    if not isinstance(held, dict) or not held:
        return EMPTY
    part = next((part for key, part in _TOLD_BY.items() if key in held), None)
    if part == "awards" and stem not in AWARDS:
        return say("tên tệp “{stem}” không có trong danh mục. Đặt tên như CSTDCS.yaml.", stem=stem)
    if part == "figures" and not _FIGURE_NAME.fullmatch(stem):
        return say("tên tệp của con số chỉ gồm chữ thường, số và gạch dưới, như vote_share_cstdb.yaml.")
    return _NOT_TOLD if part is None else part if part in _WHOLE else f"{part}/{stem}.yaml"


_TOLD_BY = {
    "authority": "overlays", "packs": "packs.yaml", "family": "awards", "subject": "awards",
    "values": "figures", "unit": "figures", "versions": "general",
}  # fmt: skip
"""The key that tells each kind of file, the most telling first."""
_WHOLE = {"overlays", "packs.yaml"}
_NOT_TOLD = say(
    "không rõ đây là loại tệp luật nào. Con số có “values”, danh hiệu có “family”, quy định chung có "
    "“versions”, quy định riêng hoặc thông tư có “authority”."
)


def _read(place: str, text: str, name: str, law: Law) -> None:
    """Read a file in its own form. Raises FileProblemsError, naming the file as it was handed in."""
    part, _, rest = place.partition("/")
    stem = rest.removesuffix(".yaml")
    match part:
        case "overlays":
            read_overlay(text, name, law.units)
        case "packs.yaml":
            read_packs(text, name)
        case "figures":
            read_figure(text, name, stem, law.units)
        case "awards":
            read_award(text, name, stem)
        case _:
            read_general(text, name, stem)


# -- one authority's own rules -------------------------------------------------------------------


def own_rules_from(name: str, content: bytes, law: Law, *, code: str, holder: str) -> tuple[str, Overlay]:
    """Return the text and the overlay of one uploaded file of the authority ``code``, whose name is ``holder``.

    Raises FileProblemsError where it cannot be read or is not that authority's.
    """
    problems: list[Problem] = []
    if not name.lower().endswith(ENDINGS):
        raise FileProblemsError([Problem(name, 1, _NO_YAML)])
    if len(content) > MOST_BYTES:
        said = say("tệp lớn hơn {size} byte. Một quy định riêng chỉ là một tệp văn bản nhỏ.", size=MOST_BYTES)
        raise FileProblemsError([Problem(name, 1, said)])
    text = decoded(content, name, problems)
    if text is None:
        raise FileProblemsError(problems)
    overlay = read_overlay(text, name, law.units)
    if problems := list(_misfits(overlay, read_yaml(text, name), code, holder)):
        raise FileProblemsError(problems)
    return text, overlay


def _misfits(overlay: Overlay, where: Located, code: str, holder: str) -> Iterator[Problem]:
    """Yield why the rules are not those of the authority."""
    if overlay.authority == CENTRE:
        said = say(
            "authority: VN là thông tư dùng chung, chỉ để thử ở “Nếu như”. Ghi authority: {code}.", code=code
        )
        yield where.problem(("authority",), said)
    elif overlay.authority != code:
        said = say(
            "quy định của “{given}”, không phải của {unit}. Ghi authority: {code}, hoặc tải lên ở đúng cơ quan.",
            given=overlay.authority, unit=holder, code=code,
        )  # fmt: skip
        yield where.problem(("authority",), said)
