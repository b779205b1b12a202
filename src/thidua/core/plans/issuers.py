"""The body that issues a document, from wherever it says so: header, first sentences, title, closing."""

import re
from collections.abc import Sequence

from thidua.core.plans.bodies import as_in_text, begins_new_name, full_name, starts_body
from thidua.core.plans.header import read_promulgation
from thidua.core.plans.items import Single
from thidua.core.plans.kind_lines import names_kind_alone
from thidua.core.plans.lines import Clean, joined
from thidua.core.plans.outline import Outline
from thidua.core.plans.paragraphs import is_upper
from thidua.core.plans.pieces import columns, signature_pieces
from thidua.core.plans.titles import title_parts
from thidua.core.text.letters import CAPITALS

# No name: a number, a stamp («(DỰ THẢO)», «HỎA TỐC»).
_NO_NAME = re.compile(r"/|^[Ss]ố\b|^\W*(?:DỰ THẢO|MẬT|TUYỆT MẬT|TỐI MẬT|KHẨN|HỎA TỐC|HOẢ TỐC|BẢN SAO)\b")
_FIGURES = re.compile(r"\d{2,}")
_UNFINISHED_NAMES = ("ủy", "uỷ", "ủy ban", "uỷ ban", "hội", "ủy ban nhân", "văn", "ban chấp", "liên")
_UNFINISHED = re.compile(r"(?:[,–-]| và| của)\Z")
_ACTS = (
    "phát động|ban hành|xây dựng|tổ chức (?:phát động|phong trào|đợt)|triển khai|đề nghị|yêu cầu|kêu gọi|thông báo|"
    "hướng dẫn"
)
_ACTING_BODY = re.compile(
    rf"(?:^|[,;.]\s*|\bnăm \d{{4}},?\s+)(?P<body>[{CAPITALS}][^,;:.“”\"()]{{2,110}}?)\s+(?:{_ACTS})\b"
)
_ALREADY = re.compile(r"\s+(?:đã|sẽ|tiếp tục|chính thức|tổ chức)\Z")
_BASIS = re.compile(r"căn cứ\b", re.IGNORECASE)
_OF_BODY = re.compile(
    r"\b(?:của|trong|tại)\s+(?P<body>[^“”\"(]{4,100}?)"
    r"(?=\s+(?:năm|giai đoạn|quý|lần|từ|trong|nhân dịp|chào mừng)\b|\Z|[“\"(,])",
    re.IGNORECASE,
)
_TRAILING_YEAR = re.compile(
    r"\s*[-–,]?\s*(?:quý\s+[ivx]+(?:\s+|/))?(?:năm(?: học)?\s*)?(?:\d{4}\s*[-–]\s*)?(?:năm\s+)?\d{4}\s*\Z",
    re.IGNORECASE,
)
_MODE = re.compile(r"^(?:T/?M|KT|TL|TUQ)\s?\.?\s*")
_OFFICE = re.compile(r"^(?:Bộ trưởng|Chủ tịch|Giám đốc|Cục trưởng|Hiệu trưởng|Tổng Giám đốc)\s+")
# «GIÁM ĐỐC BỆNH VIỆN ĐA KHOA TỈNH TAM ĐIỀN»: whoever signs in one line with the body.
_POST = re.compile(
    r"(?:Q\.\s*|QUYỀN\s+)?(?:PHÓ\s+)?(?:(?:TỔNG )?GIÁM ĐỐC|(?:HIỆU |VIỆN )?TRƯỞNG|CHỦ TỊCH|CHÁNH ÁN|BÍ THƯ|CHỦ NHIỆM)"
    r"\s+(?=\S+\s)"
)
_FEWEST_WORDS = 3
_LONGEST_NAME = 160


def read_issuer(outline: Outline) -> Single | None:
    """Read the body that issues the document."""
    readers = (_in_header, _in_preamble, _in_title, _of_promulgation, _in_closing)
    found = (single for reader in readers if (single := reader(outline)) is not None)
    return next((single for single in found if _is_name(single)), None)


def _is_name(single: Single) -> bool:
    """Say whether a name of bearable length was found where it stands, not a whole text run together."""
    return single.place.quote != "" and len(str(single.value)) <= _LONGEST_NAME


def _in_header(outline: Outline) -> Single | None:
    """Take the last name in capitals above the title; the one above it is its superior's."""
    pieces = columns(outline.source, outline.part.header)
    named = [piece for piece in pieces if is_upper(piece.text) and _may_name(piece.text)]
    names = _names(named or _in_running_letters(outline, pieces))
    if not names:
        return None
    own = joined(names[-1])
    parent = joined(names[-2]).text.strip(" .*") if len(names) > 1 else ""
    name = as_in_text(own.text.strip(" .*"), outline.text)
    value = full_name(name, as_in_text(parent, outline.text)) if parent else name
    return Single(place=outline.cite(own, 0, len(own.text)), value=value)


def _in_running_letters(outline: Outline, pieces: Sequence[Clean]) -> list[Clean]:
    """Return the names of a header whose capitals its old font alone showed, as «Kế hoạch» below it tells."""
    kind = outline.part.kind_line
    if kind is None or not names_kind_alone(kind.text) or is_upper(kind.text):
        return []
    return [
        piece
        for piece in pieces
        if _may_name(piece.text) and starts_body(piece.text) and piece.text[0].isupper()
    ]


def _may_name(text: str) -> bool:
    """Say whether a header line can be a name; one with figures only where it begins as names do: «LỮ ĐOÀN 188»."""
    return not _NO_NAME.search(text) and (begins_new_name(text) or not _FIGURES.search(text))


def _names(pieces: Sequence[Clean]) -> list[list[Clean]]:
    """Gather lines to names: a line begins another name when it can and the one before it is whole."""
    names: list[list[Clean]] = []
    for piece in pieces:
        if names and not (begins_new_name(piece.text) and _is_whole(names[-1])):
            names[-1].append(piece)
        else:
            names.append([piece])
    return names


def _is_whole(pieces: Sequence[Clean]) -> bool:
    text = " ".join(piece.text for piece in pieces).lower()
    return text not in _UNFINISHED_NAMES and _UNFINISHED.search(text) is None


def _in_preamble(outline: Outline) -> Single | None:
    """«…, Sở Tư pháp phát động phong trào …»."""
    for node in reversed(outline.preamble):
        if _BASIS.match(node.text) and "phát động" not in node.text:
            continue
        for match in reversed(list(_ACTING_BODY.finditer(node.clean.text))):
            if starts_body(match["body"]):
                return Single(
                    place=outline.cite(node.clean, *match.span("body")), value=_ALREADY.sub("", match["body"])
                )
    return None


def _in_title(outline: Outline) -> Single | None:
    """«… phong trào thi đua của Cụm thi đua số II năm 2023»."""
    if outline.part.kind == "GIAO_UOC":
        return _below_kind(outline)
    parts = title_parts(outline)
    whole = joined(parts) if parts else None
    for own in _OF_BODY.finditer(whole.text) if whole else ():
        if whole and starts_body(own["body"]):
            name = own["body"].strip()
            value = as_in_text(name, outline.text) if is_upper(name) else name
            return Single(place=outline.cite(whole, *own.span("body")), value=value, confidence="check")
    return None


def _below_kind(outline: Outline) -> Single | None:
    """Take those a pledge names in its title: «GIAO ƯỚC THI ĐUA» / «CỤM THI ĐUA SỐ IV … NĂM 2025»."""
    lines = outline.part.title
    if not lines or not starts_body(lines[0].text):
        return None
    whole = joined([line.clean for line in lines])
    name = _TRAILING_YEAR.sub("", whole.text)
    return Single(place=outline.cite(whole, 0, len(name)), value=as_in_text(name, outline.text))


def _of_promulgation(outline: Outline) -> Single | None:
    """Who issued the decision issued what is attached to it."""
    promulgation = read_promulgation(outline)
    if promulgation is None or promulgation.issuer is None:
        return None
    body = _OFFICE.sub("", promulgation.issuer)
    return Single(place=promulgation.place, value=body, confidence="check", derived=True)


def _in_closing(outline: Outline) -> Single | None:
    """Take the body named in capitals in the closing, where the header stands there or nowhere."""
    for piece in signature_pieces(outline):
        name = _POST.sub("", _MODE.sub("", piece.text.strip(" .*")), count=1)
        if is_upper(name) and begins_new_name(name) and len(name.split()) >= _FEWEST_WORDS:
            place = outline.cite(piece, 0, len(piece.text))
            return Single(place=place, value=as_in_text(name, outline.text), confidence="check")
    return None
