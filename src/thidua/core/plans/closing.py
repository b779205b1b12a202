"""The end of a document: who receives it, who signs it and in whose stead."""

import re
from collections.abc import Sequence
from typing import cast

from thidua.core.plans.items import Place, Recipient, Signer, SignMode, cite
from thidua.core.plans.lines import Clean
from thidua.core.plans.names import FAMILY_NAMES, NAME, RANK, RANKED_NAME
from thidua.core.plans.outline import Outline
from thidua.core.plans.paragraphs import is_upper
from thidua.core.plans.pieces import columns
from thidua.core.text.folding import fold
from thidua.core.text.letters import CAPITALS

_HEADING = re.compile(r"n[ơo]i (?:nh[ậâa]n|g[ửu]i) ?:? ?", re.IGNORECASE)
_BULLET = re.compile(r"[-–—+*•] ?")
# A line of its own may name two («- Thủ tướng Chính phủ; Hội đồng …;»); several lines run together keep their marks.
_ONE_LINE = re.compile(r"(?:(?!; ?[-–+*] ).)+")
_BETWEEN = re.compile(r"[^;]+")
_PURPOSES = {
    "b/?c|b/cáo|báo cáo": "báo cáo",
    "t/?h|thực hiện": "thực hiện",
    "p/?h|phối hợp": "phối hợp",
    "đăng tải|đăng": "đăng tải",
    "chỉ đạo": "chỉ đạo",
    "đ/?b|biết": "biết",
    "theo dõi": "theo dõi",
}
_PURPOSE_FORMS = tuple(
    (purpose, re.compile(rf"\((?:để )?(?:{words})", re.IGNORECASE)) for words, purpose in _PURPOSES.items()
)
_RANKED = re.compile(RANKED_NAME)
_NAME_IN_CAPITALS = re.compile(rf"(?P<name>[{CAPITALS}]{{2,}}(?: [{CAPITALS}]+){{1,4}})")
_SIGNED = re.compile(r"\(?(?:đã ký|ký|đóng dấu)\b.*", re.IGNORECASE)
_MODE = re.compile(rf"\b(?P<mode>TM|KT|TL|TUQ|T/M|K/T|T/L) ?\.?(?= |[{CAPITALS}])")
_POSTS = (
    "chủ tịch|trưởng|giám đốc|bí thư|chánh|tổng biên tập|thủ tướng|chủ nhiệm|chỉ huy|tư lệnh|phụ trách|đại diện|"
    "ủy viên|chính ủy|tổng thư ký"
)
_POSITION = re.compile(rf"{_POSTS}|\bt/?m\b|\bk/?t\b|\bt/?l\b|\btuq\b", re.IGNORECASE)
# «-Lưu VT. Mai Trọng Khiêm»: the signature fell onto the last line of the list.
_SIGNED_BEHIND = re.compile(
    rf"(?P<who>.*?(?:lưu|vt)\b[^.]*\.) (?P<name>(?:{RANK} ?)*{NAME})\Z", re.IGNORECASE
)
_LONGEST_POSITION = 60
_LONGEST_SIGNATURE = 200


def read_recipients(outline: Outline) -> list[Recipient]:
    """Read those named under «Nơi nhận»."""
    return [
        recipient
        for piece in _recipient_pieces(outline)
        for match in (_ONE_LINE if _BULLET.match(piece.text) else _BETWEEN).finditer(piece.text)
        if (recipient := _recipient(outline, piece, *match.span())) is not None
    ]


def _recipient_pieces(outline: Outline) -> list[Clean]:
    """Return the pieces from «Nơi nhận» on that are its list, not the signature beside or below it."""
    pieces = columns(outline.source, outline.part.closing)
    start = next((at for at, piece in enumerate(pieces) if _HEADING.match(piece.text)), len(pieces))
    listed: list[Clean] = []
    for piece in pieces[start:]:
        marked = _HEADING.match(piece.text) or _BULLET.match(piece.text)
        goes_on = listed and not _is_of_signature(piece.text) and not listed[-1].text.endswith(".")
        if marked or goes_on:
            listed.append(piece)
    return listed


def _is_of_signature(text: str) -> bool:
    named = _RANKED.fullmatch(text) is not None and not text.endswith(";")
    return named or is_upper(text) or _SIGNED.match(text) is not None


def _recipient(outline: Outline, piece: Clean, start: int, end: int) -> Recipient | None:
    text = piece.text[start:end]
    heading = _HEADING.match(text)
    body = text[heading.end() :] if heading else text
    if signed := _SIGNED_BEHIND.match(body):
        body = signed["who"]
    body = body.strip()
    bullet = _BULLET.match(body)
    who = (body[bullet.end() :] if bullet else body).strip(" .;,")
    if not any(letter.isalpha() for letter in who) or _SIGNED.match(who):
        return None
    at = start + text.index(who)
    begin = start if bullet and not heading else at
    return Recipient(place=outline.cite(piece, begin, at + len(who)), who=who, purpose=_purpose(who))


def _purpose(who: str) -> str | None:
    return next((purpose for purpose, form in _PURPOSE_FORMS if form.search(who)), None)


def read_signer(outline: Outline) -> Signer | None:
    """Read the one who signs: the first name below a line of position. A pledge has many and none for all."""
    if outline.part.kind == "GIAO_UOC":
        return None
    positions: list[Clean] = []
    for piece in columns(outline.source, outline.part.closing):
        if _HEADING.fullmatch(piece.text):
            continue
        name = _signature_in(piece.text, signed=bool(positions))
        if name and positions:
            return _signer(outline, positions, piece, name)
        if _is_position(piece.text) or (positions and is_upper(piece.text)):
            positions.append(piece)
    return None


def _signature_in(text: str, *, signed: bool) -> str | None:
    """Return the name that a piece below a position is; in a list of recipients only one behind its full stop."""
    if _BULLET.match(text):
        behind = _SIGNED_BEHIND.match(text)
        return behind["name"] if behind else None
    bare = text.strip(" .*")
    if match := _RANKED.fullmatch(bare):
        return match["name"]
    capitals = _NAME_IN_CAPITALS.fullmatch(bare)
    if capitals and signed and not _POSITION.search(text) and fold(bare).split()[0] in FAMILY_NAMES:
        return capitals["name"]
    return None


def _is_position(text: str) -> bool:
    if _BULLET.match(text) or text.endswith(";"):
        return False
    return (is_upper(text) or len(text) < _LONGEST_POSITION) and _POSITION.search(text) is not None


def _signer(outline: Outline, positions: Sequence[Clean], piece: Clean, name: str) -> Signer:
    words = "; ".join(position.text.strip(" *.") for position in positions)
    modes = [match["mode"].replace("/", "") for match in _MODE.finditer(words)]
    mode = cast("SignMode", modes[-1]) if modes else None
    return Signer(place=_place(outline, positions, piece, name), name=name, position=words, mode=mode)


def _place(outline: Outline, positions: Sequence[Clean], piece: Clean, name: str) -> Place:
    """Return the place of the last position with the name, or of the name where others stand between."""
    at = piece.text.index(name)
    own = outline.cite(piece, at, at + len(name))
    whole = cite(outline.source, positions[-1].place(0), own.end)
    between = "\n-" in outline.text[whole.start : whole.end]
    return own if between or len(whole.quote) >= _LONGEST_SIGNATURE else whole
