"""Figures and number words in Vietnamese text, with what they are compared by and what they count.

A point parts thousands and a comma decimals: 1.250 is 1250, 42,02 is 42.02. The text is expected in NFC.
Every function is linear in its length.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

Number = int | float


class Comparison(StrEnum):
    EQUAL = "="
    AT_LEAST = ">="
    AT_MOST = "<="
    MORE = ">"
    LESS = "<"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure with its comparison and unit; ``high`` is given for a range, ``of`` for a share such as 12/12.

    ``start`` is where the comparing words begin, ``figure`` where the figure itself does, ``end`` where its
    unit sign ends. ``unit`` is "%", "‰", a measure, money or the thing counted, in the words of the text.
    """

    start: int
    figure: int
    end: int
    op: Comparison
    value: Number
    high: Number | None = None
    of: Number | None = None
    unit: str = ""


_DIGITS = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_SCALES = {
    "nghìn tỷ": 10**12,
    "ngàn tỷ": 10**12,
    "nghìn": 10**3,
    "ngàn": 10**3,
    "vạn": 10**4,
    "triệu": 10**6,
    "tỷ": 10**9,
    "tỉ": 10**9,
}
_SCALE = r"(?:\s*(?P<{0}>ngh?ìn\s+tỷ|ngàn\s+tỷ|nghìn|ngàn|vạn|triệu|tỷ|tỉ)\b(?!\s+(?:lệ|trọng|suất)))?"
_SCALE_WORD = re.compile(
    r"(?<!\w)(?:ngh?ìn\s+tỷ|ngàn\s+tỷ|nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?!\w)(?!\s+(?:lệ|trọng|suất))",
    re.IGNORECASE,
)
_PERCENT = r"(?:[\s*]*(?P<{0}>%|‰|phần\s+trăm\b))?"
_BOLD = r"(?:\*\*)?"
_FIGURE = re.compile(
    rf"""(?=\d)(?<![\w.,/])(?<!\w[-–])(?:
      (?P<list>(?:{_DIGITS})\s*%(?:\s*[-–]\s*(?:{_DIGITS})\s*%){{2,}})
    | (?P<value>{_DIGITS})
      (?:/(?P<of>\d+)(?![\d/.,]*\d)(?!/?[^\W\d]))?
      {_SCALE.replace("{0}", "scale")}{_PERCENT.replace("{0}", "percent")}
      (?:(?:\s*[-–—]\s*|\s+đến\s+|\s+tới\s+){_BOLD}(?P<high>{_DIGITS})(?![\d/])
         {_SCALE.replace("{0}", "high_scale")}{_PERCENT.replace("{0}", "high_percent")})?
    )(?![\d/]|[.,]\d)(?!(?!(?:km|m|ha|tấn|tạ|kg|đồng)(?![^\W\d]))[^\W\d_])""",
    re.IGNORECASE | re.VERBOSE,
)

# Words before a figure, the longest first; each with what it means.
_BEFORE = {
    Comparison.AT_LEAST: (
        "ít nhất",
        "tối thiểu",
        "không dưới",
        "không ít hơn",
        "không thấp hơn",
        "chí ít",
        "đạt và vượt",
        "đạt hoặc vượt",
        "bằng hoặc vượt",
        "thấp nhất",
        "≥",
        ">=",
    ),
    Comparison.AT_MOST: (
        "không quá",
        "không vượt quá",
        "không vượt",
        "không nhiều hơn",
        "không cao hơn",
        "không lớn hơn",
        "nhiều nhất",
        "tối đa",
        "cao nhất",
        "≤",
        "<=",
    ),
    Comparison.MORE: ("trên", "hơn", "lớn hơn", "cao hơn", "vượt", "quá", ">"),
    Comparison.LESS: ("dưới", "ít hơn", "thấp hơn", "nhỏ hơn", "<"),
}
_MEANING = {words: op for op, alternatives in _BEFORE.items() for words in alternatives}
_LONGEST_FIRST = sorted(_MEANING, key=len, reverse=True)
_WORDS = "|".join(words.replace(" ", r"\s+") for words in _LONGEST_FIRST if words[0].isalpha())
_SIGNS = "|".join(sign for sign in _LONGEST_FIRST if not sign[0].isalpha())
# One look for the beginning of a word, before any of the words is tried.
_COMPARING = rf"(?<!\w)(?:{_WORDS})|{_SIGNS}"
_COMPARED_BEFORE = re.compile(
    rf"(?P<op>{_COMPARING})[\s*]*(?:là\s+|từ\s+|có\s+|đạt\s+)?[\s*]*$", re.IGNORECASE
)
_FROM_BEFORE = re.compile(r"(?<!\w)từ[\s*]*$", re.IGNORECASE)
# "từ 94,5% dân số": at least, without "trở lên"; "từ 80% lên 90%" tells where it starts.
_STARTS_FROM = re.compile(r"[^,;.:\n]{0,25}?(?<!\w)(?:lên|xuống|thành|còn|đến|tới|sang)(?!\w)", re.IGNORECASE)
_AND_MORE = re.compile(r"[^.;:\n]{0,60}?(?<!\w)trở\s+(?P<way>lên|đi|xuống)\b", re.IGNORECASE)
# "80% học sinh xếp loại khá trở lên": the grade goes upward, not the figure.
_GRADE = re.compile(r"(?<!\w)(?:loại|mức|hạng|bậc|cấp|trình\s+độ|khá|tốt|giỏi)(?!\w)", re.IGNORECASE)
# "không để người dân đi lại quá 02 lần"
_NOT_BEYOND = re.compile(r"(?<!\w)không\s+[^,;.:\d]{2,70}$", re.IGNORECASE)
_BEYOND = ("quá", "vượt")
_SHORT = 9
_LOOK_BACK = 28
_LOOK_FAR_BACK = 80

_UNITS = {"một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6}
_UNITS |= {"bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
_WORD = rf"(?:{'|'.join(_UNITS)}|mười|mươi|trăm|linh|lẻ|nghìn|ngàn)"
# "trên một", "hơn hai" are left out: they seldom compare ("trên một số lĩnh vực").
_OPEN_COMPARED_WORDS = ("ít", "tối", "không", "nhiều")
_COMPARED_WORDS = re.compile(
    rf"(?=(?:{'|'.join(_OPEN_COMPARED_WORDS)})\s)\b(?P<op>{_COMPARING})\s+(?:là\s+|từ\s+|có\s+)?"
    rf"(?P<words>{_WORD}(?:\s+{_WORD})*)\b(?!\s+\d)",
    re.IGNORECASE,
)

_AGAIN_IN_FIGURES = re.compile(r"\s*\(\s*\d{1,3}\s*\)")  # "tối thiểu hai (02) điển hình"

# A figure after one of these names a thing and counts nothing: Điều 5, mức độ 2, lần thứ 3, số 4.
_LABELS = re.compile(
    r"""(?<!\w)(?<!mỗi\s)(?<!hằng\s)(?<!hàng\s)(?:số|điều|khoản|điểm|mục|phần|chương|bước|thứ|mức|mức\s+độ|(?<!nâng\s)(?<!cung\s)cấp(?:\s+độ)?|khóa|khoá|lớp|hạng|loại|quý
    |tháng|năm|ngày|phụ\s+lục|mẫu(?:\s+số)?|đợt|giai\s+đoạn|vùng|quốc\s+lộ|đường|(?<!định\s)kỳ|tuần|thập\s+niên|phiên\s+bản
    |chuẩn|nhóm|(?<!chỉnh\s)(?<!khang\s)trang|(?<!học\s)(?<!luyện\s)(?<!biên\s)tập|bảng|biểu|câu|bài|đội|tổ|ấp|khu\s+phố|quận|phường)[\s*:]*(?:0)?$""",
    re.IGNORECASE | re.VERBOSE,
)
# … unless those who are counted follow at once: "Giấy khen cấp Vùng 30 tập thể".
_THOSE_COUNTED = re.compile(r"\s+(?:tập\s+thể|cá\s+nhân|hộ\s+gia\s+đình)(?!\w)", re.IGNORECASE)
_MEASURE = re.compile(
    r"\s*(?P<unit>km2|km²|km|m2|m²|m3|m³|ha|tấn|tạ|kg|lít|kWh|kW|MW|GB|điểm(?:\s+phần\s+trăm)?"
    r"|đồng(?!\s+(?:hồ|bào|chí|phục|đội|nghiệp|bộ|ruộng)(?!\w))(?:/(?:năm|tháng|quý|người|hộ|đơn\s+vị)){0,2}|tiêu\s+chí|VNĐ|VND|USD)(?!\w)",
    re.IGNORECASE,
)
# Where the name of the thing counted ends: before a word that begins something else.
_NOUN_ENDS = re.compile(
    r"""đạt|được|có|là|và|hoặc|hay|trở|trong|của|tại|ở|cho|với|để|từ|đến|tới|theo|về|do|bằng|thì|sẽ|phải|cần|nên|vào
    |đăng|tham|hoàn|thực|xây|không|chưa|đã|đang|thuộc|trên|dưới|trước|sau|khi|nếu|mà|như|nhưng|cùng|trực|đủ|bị
    |gồm|tự|gương|so|mỗi|từng|hằng|hàng|nhằm|tốt|xuất|tiêu|dẫn|ký|làm|góp|hưởng|nộp|gửi|nhận|phục""",
    re.VERBOSE,
)
_HOLDS = re.compile(r"tổ\s+chức(?!\w)", re.IGNORECASE)  # a verb; "tổ" alone is a team
_SYLLABLE = re.compile(r"[\s*]+(?P<word>[^\W\d_]+)")
_NOUN_SYLLABLES = 2
# Nouns of more than two syllables, and those that follow another after a comma: "tập thể, cá nhân".
_LONG_NOUN = re.compile(
    r"[\s*]+(?P<noun>hộ\s+gia\s+đình|người\s+lao\s+động|hợp\s+tác\s+xã|trạm\s+y\s+tế|(?:công\s+chứng|đấu\s+giá|chấp\s+hành|trợ\s+giúp|kiểm\s+sát|hòa\s+giải|cộng\s+tác|điều\s+tra)\s+viên|tổ\s+dân\s+phố|khu\s+dân\s+cư|tổ\s+chức\s+(?:đảng|cơ\s+sở)"
    r"|chỉ\s+tiêu|mục\s+tiêu|suất\s+(?:quà|học\s+bổng)|đơn\s+vị\s+máu|câu\s+lạc\s+bộ|phim\s+tài\s+liệu|ngày\s+làm\s+việc|đoàn\s+kiểm\s+tra)\b",
    re.IGNORECASE,
)
_JOINED_NOUN = re.compile(
    r",\s*(?:cá\s+nhân|tập\s+thể|hộ\s+gia\s+đình|đơn\s+vị|viên\s+chức|người\s+lao\s+động"
    r"|bài(?:\s+viết)?|ảnh|phóng\s+sự|video|chuyên\s+mục|công\s+trình|sản\s+phẩm|phần\s+việc)\b",
    re.IGNORECASE,
)
# Nouns that stand alone before an attribute; others are taken with their second syllable.
_ONE_SYLLABLE = re.compile(
    r"căn|tiết|lần|đơn|trường|lớp|thôn|xã|huyện|tỉnh|đội|người|hộ|bài|tin|cuộc|buổi|vụ|việc|ngày|giờ|tháng|năm|tuần"
    r"|cây|con|cái|chiếc|bộ|suất|phòng|ban|cụm|khối|tổ|nhóm|chi|lượt|trang|ca|mẫu|sào"
    r"|giải|camera|clip|video|sổ|thẻ|đợt|bản|gương|ngôi|nhà|cuốn|quyển|tấm|thửa"
)
_CLASSIFIERS = {
    "căn": ("nhà", "hộ"),
    "giải": ("pháp", "thưởng"),
    "đơn": ("vị",),
    "chi": ("bộ", "hội", "đoàn", "nhánh"),
    "tin": ("bài",),
    "hộ": ("dân",),
    "tổ": ("hội", "hợp"),
    "vụ": ("việc", "án"),
    "lớp": ("học",),
    "việc": ("làm",),
    "ngôi": ("nhà",),
    "nhà": ("máy",),
    "đội": ("hình",),
}


def scale_in(words: str) -> tuple[str, int]:
    """Return the scale a figure is written in, and its factor: "2.500 tỷ" is in "tỷ", 10**9.

    ("", 1) for a figure without one, and for "500 triệu – 1 tỷ" with two.
    """
    found = {" ".join(match.group().lower().split()) for match in _SCALE_WORD.finditer(words)}
    scale = found.pop() if len(found) == 1 else ""
    return scale, _SCALES.get(scale, 1)


def read_number(figure: str) -> Number:
    """Return the value of ``figure`` written the Vietnamese way: "1.250" is 1250, "42,02" is 42.02."""
    if len(figure) <= _SHORT and figure.isdecimal():
        return int(figure)
    whole, comma, decimals = figure.partition(",")
    if not comma and re.fullmatch(r"\d+\.\d{1,2}|\d+\.\d{4,}", whole):
        return _plain(Decimal(whole))
    return _plain(Decimal(whole.replace(".", "") + (f".{decimals}" if decimals else "")))


def read_number_words(words: str) -> int | None:
    """Return the value of number words up to 999,999 ("hai mươi mốt" is 21), or None for other words."""
    total = group = pending = 0
    seen = False
    for word in words.lower().split():
        if word in _UNITS:
            pending = _UNITS[word]
        elif word == "mười":
            group += 10
        elif word == "mươi":
            group, pending = group + pending * 10, 0
        elif word == "trăm":
            group, pending = group + pending * 100, 0
        elif word in {"nghìn", "ngàn"}:
            total, group, pending = (total + group + pending) * 1000, 0, 0
        elif word not in {"linh", "lẻ"}:
            return None
        seen = True
    return total + group + pending if seen else None


def find_measures(text: str, skip: Iterable[tuple[int, int]] = ()) -> list[Measure]:
    """Find the figures that measure or count something; ``skip`` are stretches such as dates, in order.

    Number words count only after a comparing word ("ít nhất một tin, bài"), since một and năm mean other
    things elsewhere.
    """
    found = [*_figures(text, list(skip)), *_worded(text)]
    return sorted(found, key=lambda measure: measure.figure)


def unit_after(text: str, end: int) -> str:
    """Return the measure or the thing counted that follows the figure ending at ``end``; empty if none."""
    if match := _MEASURE.match(text, end):
        return match["unit"]
    noun, place = _noun(text, end)
    joined = _JOINED_NOUN.match(text, place) if noun else None
    return " ".join((noun + (joined.group() if joined else "")).split())


def _noun(text: str, place: int) -> tuple[str, int]:
    """Return the first syllables after ``place`` that name one thing, and where they end."""
    if match := _LONG_NOUN.match(text, place):
        return match["noun"], match.end()
    words: list[str] = []
    while len(words) < _NOUN_SYLLABLES and (match := _SYLLABLE.match(text, place)):
        word = match["word"].lower()
        if _HOLDS.match(text, match.start("word")):
            break
        if (word != "gương" or words) and _NOUN_ENDS.fullmatch(word):
            break
        if words and _stands_alone(words[0], word):
            break
        words.append(match["word"])
        place = match.end()
    return " ".join(words), place


def _stands_alone(first: str, second: str) -> bool:
    return _ONE_SYLLABLE.fullmatch(first.lower()) is not None and second not in _CLASSIFIERS.get(
        first.lower(), ()
    )


def _figures(text: str, skip: list[tuple[int, int]]) -> Iterator[Measure]:
    passed = 0
    for match in _FIGURE.finditer(text):
        while passed < len(skip) and skip[passed][1] <= match.start():
            passed += 1
        if passed < len(skip) and skip[passed][0] < match.end():
            continue
        if not match["percent"] and _is_label(text, match):
            continue
        yield from _listed(match) if match["list"] else (_measure(text, match),)


def _is_label(text: str, figure: re.Match[str]) -> bool:
    """Whether the figure names a thing ("Vùng 3") and counts nothing."""
    named = _LABELS.search(text, max(0, figure.start() - _LOOK_BACK), figure.start())
    return named is not None and _THOSE_COUNTED.match(text, figure.end()) is None


def _listed(match: re.Match[str]) -> Iterator[Measure]:
    """Yield each figure of "99% - 98% - 100%"."""
    for part in re.finditer(_DIGITS, match["list"]):
        start = match.start() + part.start()
        end = start + len(part.group()) + 1
        yield Measure(start, start, end, Comparison.EQUAL, read_number(part.group()), unit="%")


def _measure(text: str, match: re.Match[str]) -> Measure:
    start, end = match.start(), match.end()
    scale = match["scale"] or match["high_scale"]
    percent = match["percent"] or match["high_percent"]
    value = _scaled(match["value"], scale)
    high = _scaled(match["high"], match["high_scale"]) if match["high"] else None
    op, start = _compared(text, start, end, ranged=high is not None)
    return Measure(
        start=start,
        figure=match.start(),
        end=end,
        op=op,
        value=value,
        high=high,
        of=read_number(match["of"]) if match["of"] else None,
        unit="%" if percent and percent.startswith("p") else percent or unit_after(text, end),
    )


def _compared(text: str, start: int, end: int, *, ranged: bool) -> tuple[Comparison, int]:
    """Return the comparison of the figure at ``start``-``end``, and where its words begin."""
    after = _AND_MORE.match(text, end)
    before = _COMPARED_BEFORE.search(text, max(0, start - _LOOK_BACK), start)
    since = _FROM_BEFORE.search(text, max(0, start - _LOOK_BACK), start)
    begins = before.start() if before else since.start() if since else start
    if ranged:
        return Comparison.RANGE, begins
    if after and (since or _close(text, end, after)):
        return (Comparison.AT_MOST if after["way"].lower() == "xuống" else Comparison.AT_LEAST), begins
    if before:
        words = " ".join(before["op"].lower().split())
        if words in _BEYOND and _NOT_BEYOND.search(text, max(0, begins - _LOOK_FAR_BACK), begins):
            return Comparison.AT_MOST, begins
        return _MEANING[words], begins
    reaches = since and not _STARTS_FROM.match(text, end)
    return (Comparison.AT_LEAST if reaches else Comparison.EQUAL), begins


def _close(text: str, end: int, after: re.Match[str]) -> bool:
    """Whether neither another figure nor a grade stands between the figure and its "trở lên"."""
    between = text[end : after.end()]
    return not any(letter.isdigit() for letter in between) and _GRADE.search(between) is None


def _worded(text: str) -> Iterator[Measure]:
    small = text.lower()
    if not any(word in small for word in _OPEN_COMPARED_WORDS):
        return
    for match in _COMPARED_WORDS.finditer(text):
        value = read_number_words(match["words"])
        if value:
            op = _MEANING[" ".join(match["op"].lower().split())]
            again = _AGAIN_IN_FIGURES.match(text, match.end())
            end = again.end() if again else match.end()
            yield Measure(match.start(), match.start("words"), end, op, value, unit=unit_after(text, end))


def _scaled(figure: str, scale: str | None) -> Number:
    value = read_number(figure)
    return _plain(Decimal(str(value)) * _SCALES[" ".join(scale.lower().split())]) if scale else value


def _plain(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else float(value)
