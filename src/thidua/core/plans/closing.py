"""The end of a document: who receives it, who signs it and in whose stead."""

import re
from collections.abc import Sequence

from thidua.core.plans.items import Place, Recipient, Signer, cite
from thidua.core.plans.lines import Clean
from thidua.core.plans.names import NAME, RANK, RANKED_NAME
from thidua.core.plans.outline import Outline
from thidua.core.plans.paragraphs import is_upper
from thidua.core.plans.pieces import columns
from thidua.core.text.folding import fold
from thidua.core.text.letters import CAPITALS

_HEADING = re.compile(r"(?:nơi nhận|nơi gửi)\s*:?\s*", re.IGNORECASE)
_BULLET = re.compile(r"[-–—+*•]\s*")
_PURPOSE = re.compile(
    r"\((?:để\s+)?(?P<purpose>b/?\s?c(?:áo)?|báo cáo|t/?h|thực hiện|p/?h|phối hợp|đăng tải|đ/b|biết|chỉ đạo|theo dõi)[^)]*\)",
    re.IGNORECASE,
)
_PURPOSES = {"b": "báo cáo", "t": "thực hiện", "p": "phối hợp", "đ": "đăng tải", "c": "chỉ đạo"}
_NAME = re.compile(RANKED_NAME)
_UPPER_NAME = re.compile(rf"(?P<name>[{CAPITALS}]{{2,}}(?:\s+[{CAPITALS}]+){{1,4}})")
_SIGNED = re.compile(r"\(?\s*(?:đã ký|ký|ký tên|đóng dấu|ký, đóng dấu|ký và ghi rõ).*\)?\s*\Z", re.IGNORECASE)
_MODE = re.compile(rf"\b(?P<mode>TM|KT|TL|TUQ|T/M|K/T|T/L)\s?\.?(?=\s|[{CAPITALS}])")
_POSITION = re.compile(
    r"chủ tịch|trưởng|giám đốc|bí thư|chánh|tổng biên tập|thủ tướng|chủ nhiệm|chỉ huy|tư lệnh|phụ trách|đại diện|cục trưởng|"
    r"ủy viên|viện trưởng|thủ trưởng|\bt/?m\b|\bk/?t\b|\bt/?l\b|\btuq\b",
    re.IGNORECASE,
)
_AFTER_FULL_STOP = re.compile(
    rf"(?P<who>.*?(?:lưu|vt)\b[^.]*\.)\s+(?P<name>(?:{RANK}\s*)*{NAME})\Z",
    re.IGNORECASE,
)


def read_recipients(outline: Outline) -> list[Recipient]:
    """Read those named under «Nơi nhận»."""
    recipients: list[Recipient] = []
    for piece in _recipient_pieces(outline):
        for match in re.finditer(r"[^;]+", piece.text):
            if found := _recipient(outline, piece, *match.span()):
                recipients.append(found)
    return recipients


def _recipient_pieces(outline: Outline) -> list[Clean]:
    """The pieces of the closing from «Nơi nhận» on that are its list, not the signature beside or below it."""
    pieces = columns(outline.source, outline.part.closing)
    start = next((at for at, piece in enumerate(pieces) if _HEADING.match(piece.text)), None)
    if start is None:
        return []
    listed: list[Clean] = []
    for piece in pieces[start:]:
        if (
            _HEADING.match(piece.text)
            or _BULLET.match(piece.text)
            or (listed and not _is_of_signature(piece.text) and not listed[-1].text.endswith("."))
        ):
            listed.append(piece)
    return listed


def _is_of_signature(text: str) -> bool:
    return (
        is_upper(text)
        or _SIGNED.match(text) is not None
        or (_NAME.fullmatch(text) is not None and not text.endswith(";"))
    )


def _recipient(outline: Outline, piece: Clean, start: int, end: int) -> Recipient | None:
    text = piece.text[start:end]
    heading = _HEADING.match(text)
    body = text[heading.end() :] if heading else text
    if named := _AFTER_FULL_STOP.match(body):
        body = named["who"]
    bullet = _BULLET.match(body.lstrip())
    who = (body.lstrip()[bullet.end() :] if bullet else body).strip(" .;,")
    if not who or _SIGNED.match(who) or not re.search(r"\w", who):
        return None
    at = start + piece.text[start:end].index(who)
    purpose = _PURPOSE.search(who)
    return Recipient(
        place=outline.cite(piece, start if bullet and not heading else at, at + len(who)),
        who=who,
        purpose=_PURPOSES.get(purpose["purpose"][0].lower(), purpose["purpose"]) if purpose else None,
    )


def read_signer(outline: Outline) -> Signer | None:
    """Read the one who signs: the last name below a line of position."""
    if outline.part.kind == "GIAO_UOC":
        return None
    pieces = [
        piece for piece in columns(outline.source, outline.part.closing) if not _HEADING.fullmatch(piece.text)
    ]
    positions: list[Clean] = []
    for piece in pieces:
        if _BULLET.match(piece.text):
            if positions and (named := _AFTER_FULL_STOP.match(piece.text)):
                return _signer(outline, positions, piece, named["name"])
            continue
        name = _name_in(piece.text, positions)
        if name and positions:
            return _signer(outline, positions, piece, name)
        if _is_position(piece.text) or (positions and is_upper(piece.text)):
            positions.append(piece)
    return None


def _name_in(text: str, positions: Sequence[Clean]) -> str | None:
    if match := _NAME.fullmatch(text.strip(" .*")):
        return match["name"]
    upper = _UPPER_NAME.fullmatch(text.strip(" .*"))
    if upper and positions and not _POSITION.search(text) and fold(text).split()[0] in _FAMILY_NAMES:
        return upper["name"]
    return None


_FAMILY_NAMES = frozenset(
    [
        "nguyen",
        "tran",
        "le",
        "pham",
        "hoang",
        "huynh",
        "phan",
        "vu",
        "vo",
        "dang",
        "bui",
        "do",
        "ho",
        "ngo",
        "duong",
        "ly",
        "truong",
        "dinh",
        "trinh",
        "doan",
        "lam",
        "mai",
        "to",
        "ha",
        "luu",
        "cao",
        "chau",
        "ta",
        "quach",
        "la",
        "lo",
        "ma",
        "nong",
        "trieu",
        "vi",
        "cu",
        "thai",
        "thach",
        "kim",
        "ong",
        "van",
        "kieu",
        "quan",
        "vuong",
        "luong",
    ]
)


def _is_position(text: str) -> bool:
    return (
        (is_upper(text) or len(text) < 60) and _POSITION.search(text) is not None and not text.endswith(";")
    )


def _signer(outline: Outline, positions: Sequence[Clean], piece: Clean, name: str) -> Signer:
    words = "; ".join(position.text.strip(" *.") for position in positions)
    modes = [match["mode"].replace("/", "") for match in _MODE.finditer(words)]
    return Signer(
        place=_place(outline, positions, piece, name),
        name=name,
        position=words,
        mode=modes[-1] if modes and modes[-1] in ("TM", "KT", "TL", "TUQ") else None,  # type: ignore[arg-type]
    )


def _place(outline: Outline, positions: Sequence[Clean], piece: Clean, name: str) -> Place:
    at = piece.text.index(name)
    own = outline.cite(piece, at, at + len(name))
    whole = cite(outline.source, positions[-1].place(0), own.end)
    return whole if len(whole.quote) < 200 and "\n-" not in outline.text[whole.start : whole.end] else own
