"""Citations of Party and State documents: «Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị về …».

The text is expected in one line of normal form C. Every function is linear in its length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from thidua.core.text.dates import find_dates
from thidua.core.text.folding import fold
from thidua.core.text.letters import CAPITALS


@dataclass(frozen=True, slots=True)
class Citation:
    """One document named in a text; ``start`` and ``end`` hold its naming, up to the issuer.

    ``number`` is as written but for blanks inside it; ``date`` is ISO at the precision stated; ``name`` is
    the title of a law; ``about`` what the text says the document is about.
    """

    start: int
    end: int
    type: str
    number: str | None
    date: str | None
    issuer: str | None
    about: str | None
    name: str | None = None
    number_known: bool = False
    """Whether the number is not in the text but known from the law's name and day."""


# What each kind of document is called, the longer names first where one begins another.
TYPES: tuple[tuple[str, str], ...] = (
    ("THONG_BAO_KET_LUAN", "thông báo kết luận"),
    ("THONG_BAO", "thông báo"),
    ("NGHI_DINH", "nghị định"),
    ("NGHI_QUYET", "nghị quyết"),
    ("QUYET_DINH", "quyết định"),
    ("CHI_THI", "chỉ thị"),
    ("THONG_TU", "thông tư"),
    ("THONG_TRI", "thông tri"),
    ("KET_LUAN", "kết luận"),
    ("KE_HOACH", "kế hoạch"),
    ("CHUONG_TRINH", "chương trình"),
    ("CONG_VAN", "công văn|văn bản"),
    ("CONG_DIEN", "công điện"),
    ("HUONG_DAN", "hướng dẫn"),
    ("TO_TRINH", "tờ trình"),
    ("BAO_CAO", "báo cáo"),
    ("QUY_CHE", "quy chế"),
    ("QUY_DINH", "quy định"),
    ("DE_AN", "đề án"),
    ("PHUONG_AN", "phương án"),
    ("BIEN_BAN", "biên bản"),
    ("DIEU_LE", "điều lệ"),
    ("PHAP_LENH", "pháp lệnh"),
    ("SAC_LENH", "sắc lệnh"),
    ("LUAT", "(?:bộ )?luật|hiến pháp"),
)
_TYPE_OF_SYMBOL = {
    "QĐ": "QUYET_DINH", "NQ": "NGHI_QUYET", "NĐ": "NGHI_DINH", "CT": "CHI_THI", "TT": "THONG_TU",
    "KH": "KE_HOACH", "KL": "KET_LUAN", "TB": "THONG_BAO", "BC": "BAO_CAO", "HD": "HUONG_DAN",
    "TTR": "TO_TRINH", "CTR": "CHUONG_TRINH", "QC": "QUY_CHE", "QĐI": "QUY_DINH", "CĐ": "CONG_DIEN",
    "ĐA": "DE_AN", "PA": "PHUONG_AN", "BB": "BIEN_BAN", "TTLT": "THONG_TU", "VBHN": "VAN_BAN_HOP_NHAT",
    "GƯ": "GIAO_UOC", "GU": "GIAO_UOC", "CTHĐ": "CHUONG_TRINH", "KHPH": "KE_HOACH", "QCPH": "QUY_CHE",
}  # fmt: skip
SYMBOL_OF_TYPE = {
    "QUYET_DINH": "QĐ", "NGHI_QUYET": "NQ", "NGHI_DINH": "NĐ", "CHI_THI": "CT", "THONG_TU": "TT", "KE_HOACH": "KH",
    "KET_LUAN": "KL", "THONG_BAO": "TB", "BAO_CAO": "BC", "HUONG_DAN": "HD", "TO_TRINH": "TTr",
}  # fmt: skip
# Laws that plans name by their day alone.
_KNOWN_LAWS = {
    ("thi dua, khen thuong", "2022-06-15"): "06/2022/QH15",
    ("thi dua, khen thuong", "2003-11-26"): "15/2003/QH11",
    ("sua doi, bo sung mot so dieu cua luat thi dua, khen thuong", "2005-06-14"): "47/2005/QH11",
    ("sua doi, bo sung mot so dieu cua luat thi dua, khen thuong", "2013-11-16"): "39/2013/QH13",
}

_LETTERS = r"A-Za-zĐđƯÔÂĂÊƠ0-9&\u0400-\u04ff"
_SYMBOL_PART = rf"[A-ZĐƯÔÂ\u0400-\u042f][{_LETTERS}]{{0,15}}"
_JOINT = r"(?:\s?[-–/]|[-–/]\s)"
SYMBOL = rf"{_SYMBOL_PART}(?:{_JOINT}{_SYMBOL_PART})*(?![{_LETTERS}])"
NUMBER = rf"\d{{1,5}}[a-z]?\s?(?:/\s?(?:19|20)\d{{2}}\s?)?[-–/]\s?{SYMBOL}"
"""A document's number with its symbol: 84/QĐ-BTP, 56-CT/TW, 06/2022/QH15, 1876/SGDĐT-VP, «02/NĐ- CP»."""

_KIND = "|".join(rf"(?P<{name}>{words})" for name, words in TYPES)
_ANY_KIND = "|".join(words for _, words in TYPES)
_MODIFIERS = "hành động|phối hợp|liên tịch|liên ngành|công tác|tổng thể|chung"
_DATE = r"(?:\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:19|20)\d{2}|\d{1,2} tháng \d{1,2}(?: ?,)? năm (?:19|20)\d{2})"
# Where the name of an issuer ends, and with what the matter of a document begins.
_ENDS_ISSUER = (
    "về|ban hành|phê duyệt|quy định|hướng dẫn|sửa đổi|bổ sung|triển khai|tổ chức (?:thực|kỷ|triển|phong)|thực hiện|"
    "giao|tại|đến|đã|được|cho|nhằm|thì|là|phát động|v/v|ngày|công nhận|xử lý|chỉ đạo|đối với|mà|trong|và các văn bản|"
    "và (?:theo|căn cứ|xét|trên cơ sở|hưởng ứng)"
)
_OPENS_MATTER = (
    "về|v/v|ban hành|phê duyệt|quy định|hướng dẫn|sửa đổi|triển khai|thực hiện|giao|công nhận|xử lý|tổ chức"
)
_NO_LAW = r"(?<!Hội )(?<!học )(?<!Khoa )(?<!Trường )(?<!của )"
_AMENDING = "[Ss]ửa đổi, bổ sung (?:một số điều )?(?:của )?(?:các )?Luật "
_LAW_NAME = rf"(?:{_AMENDING})?[{CAPITALS}](?:(?!\b(?:{_ANY_KIND}|căn cứ|của|số)\b)[^;.:()\d]){{2,100}}?"
# A comma that parts two names, not one inside «Bộ Văn hóa, Thể thao và Du lịch».
_PARTING_COMMA = (
    r",(?!\s*(?:Thể thao|[Kk]hen thưởng|Thương binh|(?-i:[A-ZĐ])[^\s,]*(?: [^\s,;]+){0,3} và (?-i:[A-ZĐ])))"
)

_SYMBOL_BEGINS = re.compile(r"[-–/]\s?[A-ZĐƯÔÂ\u0400-\u042f]")
_LAW_WORDS = ("Luật ", "luật ", "LUẬT ")
_NUMBER = re.compile(rf"(?<![\w/.,-]){NUMBER}")
# What stands before a number: the kind of document, the name of a law, another number of the same kind.
_KIND_BEFORE = re.compile(rf"\b(?:{_KIND})(?: (?:{_MODIFIERS}))? ?,? ?(?:\bsố ?:? ?)?\Z", re.IGNORECASE)
# «Nghị quyết chuyên đề số 12-NQ/TU», «Quyết định phê duyệt số …»: believed where the number's sign says the same.
_QUALIFIED_KIND_BEFORE = re.compile(
    rf"\b(?:{_KIND})(?: (?!(?:{_ANY_KIND})\b)[^\W\d_]+){{1,4}}? số ?:? ?\Z", re.IGNORECASE
)
# «KH số 45/KH-UBND»: the kind by its sign.
_SIGN_BEFORE = re.compile(r"\b(?P<sign>QĐ|NQ|NĐ|CT|TT|KH|KL|TB|BC|HD|TTr|CTr|CV) số ?:? ?\Z")
_LAW_BEFORE = re.compile(rf"\bLuật (?P<name>{_LAW_NAME}) số ?:? ?\Z")
_ANOTHER_BEFORE = re.compile(r"(?:,|;|\bvà) (?P<sign>số ?:? ?)\Z", re.IGNORECASE)
_LAW_BY_DAY = re.compile(
    rf"{_NO_LAW}\b(?:Bộ )?(?:Luật|LUẬT) (?P<name>{_LAW_NAME}),? "
    rf"(?:ngày (?P<day>{_DATE})|năm (?P<year>(?:19|20)\d{{2}}))"
)
# After «Căn cứ» the name may begin in small letters and hold «văn bản», «của Luật»; a blank may be lost.
_LAW_AS_BASIS = re.compile(
    rf"(?i:căn cứ) (?P<law>(?:Bộ )?[Ll]uật (?P<name>[^;.:()\d]{{2,160}}?),? ?"
    rf"(?:ngày ?(?P<day>{_DATE})|năm (?P<year>(?:19|20)\d{{2}})))"
)
_DATED = re.compile(
    rf" ?,? ?(?:của )?ngày ?(?P<date>{_DATE})| ?\((?:của )?ngày ?(?P<date2>{_DATE})\)", re.IGNORECASE
)
_YEAR = re.compile(r" năm (?P<year>(?:19|20)\d{2})(?!\d)", re.IGNORECASE)
_ISSUER = re.compile(
    rf" ?,? ?(?:do |của )(?P<issuer>(?:(?!\b(?:{_ENDS_ISSUER})\b)[^;.:()“”\"]){{2,120}})", re.IGNORECASE
)
_BARE_ISSUER = re.compile(
    r" (?P<issuer>(?:Thủ tướng Chính phủ|Chính phủ|Quốc hội|Bộ Chính trị|Ban Bí thư|"
    r"(?:Ủy|Uỷ) ban nhân dân[^;,.()]{0,40}?|Bộ trưởng[^;,.()]{0,60}?|Ban Chấp hành[^;,.()]{0,40}?))"
    r"(?= (?:về|ban hành|quy định|phê duyệt)\b|[;,.)]|$)"
)
_ABOUT = re.compile(rf" ?,? ?(?P<about>(?:{_OPENS_MATTER})\b[^;]{{3,600}})", re.IGNORECASE)
_ISSUER_ACTS = "phát động|ban hành|xây dựng|tổ chức|triển khai|đề nghị|yêu cầu|hướng dẫn|báo cáo|thông báo"
_ENDS_ABOUT = re.compile(
    rf"(?:,|\bvà|\)) (?=(?:{_ANY_KIND})(?: \S+){{0,3}}? (?:số )?\d)|\.(?: |$)|\) ?(?:và|,)|"
    rf", (?=(?-i:[{CAPITALS}])[^,;]{{1,90}} (?:{_ISSUER_ACTS})\b)",
    re.IGNORECASE,
)
_ISSUER_ENDS = re.compile(rf"{_PARTING_COMMA}| và (?=(?:{_ANY_KIND})\b)", re.IGNORECASE)
_LOOK_BACK = 130


def find_citations(text: str) -> list[Citation]:
    """Find every document that ``text`` names with a number, and every law it names with a day or a year."""
    found = [*_numbered(text), *_laws(text)]
    found.sort(key=lambda citation: citation.start)
    return found


def _laws(text: str) -> list[Citation]:
    if not any(word in text for word in _LAW_WORDS):
        return []
    rests = [_law(match, match.start("law")) for match in _LAW_AS_BASIS.finditer(text)]
    named = (_law(match, match.start()) for match in _LAW_BY_DAY.finditer(text))
    return [*rests, *(law for law in named if not any(law.end == one.end for one in rests))]


def _numbered(text: str) -> Iterator[Citation]:
    if _SYMBOL_BEGINS.search(text) is None:  # most texts, told at a tenth of the cost
        return
    before: Citation | None = None
    for match in _NUMBER.finditer(text):
        citation = _citation(text, match, before)
        if citation is not None:
            yield citation
            before = citation


def _citation(text: str, match: re.Match[str], before: Citation | None) -> Citation | None:
    """Read the citation whose number is ``match``, its kind from the words before it."""
    floor = max(match.start() - _LOOK_BACK, before.end if before else 0)
    words = text[floor : match.start()]
    if kind := _KIND_BEFORE.search(words):
        name = next(name for name, _ in TYPES if kind[name])
        return _complete(text, floor + kind.start(), match.end(), name, match.group())
    if kind := _QUALIFIED_KIND_BEFORE.search(words):
        name = next(name for name, _ in TYPES if kind[name])
        if type_of_number(match.group()) == name:
            return _complete(text, floor + kind.start(), match.end(), name, match.group())
    if sign := _SIGN_BEFORE.search(words):
        kind_of_sign = _TYPE_OF_SYMBOL.get(sign["sign"].upper(), "CONG_VAN")
        return _complete(text, floor + sign.start(), match.end(), kind_of_sign, match.group())
    if law := _last(_LAW_BEFORE, words):
        citation = _complete(text, floor + law.start(), match.end(), "LUAT", match.group())
        title = law["name"].strip(" ,")
        return replace(
            citation, issuer=citation.issuer or "Quốc hội", about=citation.about or title, name=title
        )
    if before and (another := _ANOTHER_BEFORE.search(words)):
        return _complete(text, floor + another.start("sign"), match.end(), before.type, match.group())
    return None


def _last(form: re.Pattern[str], words: str) -> re.Match[str] | None:
    """Return the match that begins last: the name of the law nearest to its number."""
    at = words.rfind("Luật ")
    return form.search(words, at) if at >= 0 else None


def _law(match: re.Match[str], start: int) -> Citation:
    name = " ".join(match["name"].split())
    day = _iso(match["day"]) if match["day"] else match["year"]
    number = _KNOWN_LAWS.get((fold(name), day or ""))
    return Citation(start, match.end(), "LUAT", number, day, "Quốc hội", name, name, number is not None)


def _complete(text: str, start: int, end: int, kind: str, number: str) -> Citation:
    """Read on behind the number: the day, the issuer and the matter, in the orders they come in."""
    day = issuer = None
    for _ in range(2):
        if day is None and (dated := _DATED.match(text, end)):
            day, end = _iso(dated["date"] or dated["date2"]), dated.end()
        if issuer is None and (
            named := _ISSUER.match(text, end) or (_BARE_ISSUER.match(text, end) if day else None)
        ):
            issuer = _issuer(named["issuer"])
            end = named.start("issuer") + len(issuer)
    if day is None and (year := _YEAR.match(text, end)):
        day, end = year["year"], year.end()
    about = _ABOUT.match(text, end)
    return Citation(
        start, end, kind, tidy_number(number), day, issuer, _about(about["about"]) if about else None
    )


def _issuer(words: str) -> str:
    end = _ISSUER_ENDS.search(words)
    return (words[: end.start()] if end else words).rstrip(" ,-–")


def _about(words: str) -> str:
    end = _ENDS_ABOUT.search(words)
    kept = (words[: end.start()] if end else words).rstrip(" ,.;/")
    return re.sub(r"^(?:về|v/v) ", "", kept, flags=re.IGNORECASE)


def _iso(words: str) -> str | None:
    dates = find_dates(words)
    return dates[0].value if dates else None


def find_number(text: str) -> str | None:
    """Return the first document number in ``text``, as its office writes it."""
    match = _NUMBER.search(text)
    return tidy_number(match.group()) if match else None


def tidy_number(number: str) -> str:
    """Return a number as its office writes it: without blanks, with plain hyphens."""
    return re.sub(r"\s+", "", number).replace("–", "-")


def same_document_key(number: str) -> tuple[str, ...]:
    """Return what two spellings of one number share: 21-CT/TTg and 21/CT-TTg are one document."""
    head, *rest = re.split(r"[-/]", tidy_number(number).upper())
    return (head.lstrip("0"), *sorted(rest))


def type_of_number(number: str) -> str | None:
    """Return the kind of document that the symbol of ``number`` stands for, None where it names none."""
    parts = re.split(r"[-/]", tidy_number(number).upper())[1:]
    if any(re.fullmatch(r"QH\d+", part) for part in parts):
        return None
    symbol = next((part for part in parts if not part.isdecimal()), "")
    return _TYPE_OF_SYMBOL.get(symbol)
