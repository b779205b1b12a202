"""How many may be awarded: "02 tập thể và 05 cá nhân", "mỗi huyện không quá 03 tập thể", "02 Bằng khen"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from thidua.core.plans.clauses import Span
from thidua.core.plans.figures import measures_in
from thidua.core.plans.forms import find_forms
from thidua.core.plans.groups import Kind, kind_of, kinds_of
from thidua.core.plans.passages import Passage
from thidua.core.text.numbers import Comparison, Measure

_EACH_BEFORE = re.compile(
    r"(?<!\w)(?:mỗi|từng)\s+(?!(?:quý|đợt|năm|tháng|tuần)(?!\w))(?P<per>(?:(?!\svà\s+(?:biểu|tuyên|tặng|khen|trao|thưởng|đề)\s)[^.;:\d]){2,70}?)(?=\s*(?:(?:được|không|tối|xét|chọn|có|khen|đề|lựa)(?!\w)|:|\d|$))",
    re.IGNORECASE,
)
_NO_LONGER_EACH = re.compile(r"\)|(?<!\w)(?:toàn|cả)\s+\w", re.IGNORECASE)  # "…, toàn trường chọn 05"
_EACH_TIME = re.compile(r"(?<!\w)mỗi\s+(?P<per>quý|đợt|năm|tháng|tuần)(?!\w)", re.IGNORECASE)
_EACH_AFTER = re.compile(
    r"[^.;,\d(]{0,40}?(?:(?<!\w)(?:mỗi|một)\s+|/\s*)(?P<per>quý|đợt|năm|tháng|tuần|đơn\s+vị|huyện|xã|cụm|khối|trường)(?!\w)",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(
    r"\s+(?:(?:trên|trong|của)\s+)?(?:(?:tổng\s+)?số\s+(?:lượng\s+)?)?"
    r"(?P<whole>[^.;,()]{3,80}?)(?=\s+và\s+\d|[.;,()]|$)",
    re.IGNORECASE,
)
_BEARERS = re.compile(
    r"[^.;,\d]{0,90}?(?<!\w)cho\s+(?:các\s+|những\s+)?(?P<whom>[^;.\d]{3,80})", re.IGNORECASE
)
# Where the nouns behind a figure end and something else begins.
_NOUNS_END = re.compile(
    r"[.;:()]"
    # ", nhà trường tặng Giấy khen": who gives it
    r"|,\s(?!(?:các\s+)?(?:cá\s+nhân|tập\s+thể|hộ|đơn\s+vị)\s)"
    r"(?=[^,.;\d]{2,50}?\s(?:tặng|khen|trao|thưởng|đề\s+nghị|quyết\s+định|xét)(?!\w))"
    r"|\s(?=(?:mỗi|từng|trong|gồm|đối|để|đề|được|đạt|có|là|theo|do|thuộc|của)(?!\w))",
    re.IGNORECASE,
)
_PART_OF = re.compile(r"\s+(?:tổng\s+)?số(?!\w)", re.IGNORECASE)  # "không quá 1/3 số đơn vị" counts nobody
_MONEY = re.compile(r"đồng(?!\s+(?:chí|bào|đội|nghiệp))|VN[ĐD]|USD", re.IGNORECASE)
# Words behind which somebody is counted, whatever the noun: "tặng Giấy khen cho 07 chốt canh".
_GIVEN_TO = re.compile(
    r"(?:(?<!\w)(?:cho|khen|khen\s+thưởng|biểu\s+dương|tuyên\s+dương|tôn\s+vinh|dưới\s+cờ)|:)[\s*]*$",
    re.IGNORECASE,
)
_COMMENDS = re.compile(r"(?<!\w)(?:khen|biểu\s+dương|tuyên\s+dương|tôn\s+vinh)(?!\w)", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:triệu|nghìn|ngàn|tỷ|suất|phần|ngày|tháng|năm|tuần|giờ|phút|lần|lượt|đợt|kỳ|bản|bộ|hồ\s+sơ|phiếu|báo\s+cáo|điểm|nội\s+dung|tiêu"
    r"|quý|bước|mức|hình\s+thức|danh\s+hiệu|loại|giải|trang|buổi|cuộc|hội\s+nghị|quà|xe|chiếc|cái|căn|ngôi|cây|con|bằng|huy|cờ|kỷ)(?!\w)",
    re.IGNORECASE,
)
_EITHER: tuple[Kind, ...] = ("collective", "individual")
_EXTENSION = re.compile(r"(?<!\w)(?:nội\s+bộ|máy\s+lẻ|điện\s+thoại|ĐT|fax)[\s:.]*$", re.IGNORECASE)
# How large a unit is that may be given so many: "đơn vị có từ 50 công chức trở lên".
_HAS = re.compile(r"(?<!\w)có\s+(?:tổng\s+số\s+)?$", re.IGNORECASE)
_SIZES = (Comparison.AT_LEAST, Comparison.MORE, Comparison.LESS, Comparison.RANGE)
_STAFF = re.compile(
    r"[^,;.:\d]{0,6}?(?:cán\s+bộ|công\s+chức|viên\s+chức|người|đảng\s+viên|đoàn\s+viên|hội\s+viên|biên\s+chế|lao\s+động|giáo\s+viên)"
    r"[^;.:\d]{0,60}?(?<!\w)(?:được|thì|đề\s+nghị|không\s+quá|tối\s+đa)(?!\w)",
    re.IGNORECASE,
)
_PREFERS = re.compile(r"(?<!\w)ưu\s+tiên\s+(?:xét\s+|khen\s+|chọn\s+|cho\s+|các\s+|những\s+)*", re.IGNORECASE)
_EXTENSION_REACH = 14
_TO_GIVER_REACH = 24
_PRIZES_OF = re.compile(r"(?<!\w)giải\s+(?:cho\s+)?(?P<whom>tập\s+thể|cá\s+nhân)\s*:\s*$", re.IGNORECASE)
_BARE = re.compile(r"\s*(?:giải|suất|chiếc|bằng)?\s*(?:[,;.)(]|$|và\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Count:
    """One figure of who may be awarded; ``end`` is behind what is counted.

    ``per`` is what each figure is for ("huyện, thành phố"), ``per_start`` where a "mỗi …" before it begins.
    Not ``sure``: the noun counted is none that tells a kind ("07 chốt canh").
    """

    measure: Measure
    kinds: tuple[Kind, ...]
    end: int
    per: str | None
    per_start: int | None
    sure: bool = True

    @property
    def is_share(self) -> bool:
        return self.measure.unit == "%"

    @property
    def is_cap(self) -> bool:
        return self.measure.op in (Comparison.AT_MOST, Comparison.LESS)


def caps_titles(text: str, clause: Span, measure: Measure) -> bool:
    """Whether a share limits a title: "“Chiến sĩ thi đua cơ sở” không quá 15% số …"."""
    limited = measure.unit == "%" and measure.op in (Comparison.AT_MOST, Comparison.LESS)
    quoted = text[clause[0] : measure.start].rstrip().endswith(("”", '"'))
    return limited and (quoted or bool(find_forms(text, clause[0], measure.start)))


def counts_in(passage: Passage, clause: Span, bearer: tuple[Kind, ...] = ()) -> list[Count]:
    """Return the counts of collectives, individuals or households in a clause.

    ``bearer`` says whom a bare figure counts: "Bằng khen: 05" under a heading "Tập thể".
    """
    measures = measures_in(passage, clause, brackets=True)
    limits = [*(measure.start for measure in measures[1:]), clause[1]]
    found = []
    bearer = _named_before(passage.text, clause, measures) or bearer
    for measure, limit in zip(measures, limits, strict=False):
        if measure.unit != "%" and not isinstance(measure.value, int):
            continue  # a telephone, not so many people
        if _is_size(passage.text, measure):
            continue
        kinds = _counted(passage.text, measure, limit, bearer) or _preferred(passage.text, clause, measure)
        sure = bool(kinds) or not _counts_somebody(passage.text, clause, measure)
        if kinds or not sure:
            per, per_start = _per(passage.text, clause, measure)
            end = _noun_end(passage.text, measure)
            found.append(Count(measure, kinds or bearer or _EITHER, end, per, per_start, sure))
    return found


def _preferred(text: str, clause: Span, measure: Measure) -> tuple[Kind, ...]:
    """Return whom a share in brackets is of: "ưu tiên cá nhân không giữ chức vụ (tối thiểu 60%)"."""
    if measure.unit != "%" or not text.startswith(")", measure.end):
        return ()
    bracket = text.rfind("(", clause[0], measure.start)
    preferred = _PREFERS.search(text, clause[0], max(clause[0], bracket))
    return kinds_of(text[preferred.end() : bracket])[:1] if preferred else ()


def _is_size(text: str, measure: Measure) -> bool:
    """Whether a figure tells how many a unit has, before what it may be given."""
    has = measure.op in _SIZES and _HAS.search(text, max(0, measure.start - _EXTENSION_REACH), measure.start)
    return bool(has) and _STAFF.match(text, measure.end) is not None


def _counts_somebody(text: str, clause: Span, measure: Measure) -> bool:
    """Whether a figure counts those something is given to, though the noun behind it tells no kind."""
    if not measure.unit or measure.unit == "%" or _MONEY.match(measure.unit) or _NOBODY.match(measure.unit):
        return False
    given = _GIVEN_TO.search(text, max(clause[0], measure.start - _TO_GIVER_REACH), measure.start)
    if given is None:
        return False
    return (
        bool(find_forms(text, clause[0], measure.start))
        or _COMMENDS.search(text, clause[0], measure.start) is not None
    )


def _named_before(text: str, clause: Span, measures: Sequence[Measure]) -> tuple[Kind, ...]:
    """Return whom "khối phòng, ban 01 giải Nhất, 02 giải Nhì" names before its first prize."""
    if not measures or not _names_form_next(text, measures[0]):
        return ()
    start = max(clause[0], text.rfind(":", clause[0], measures[0].start) + 1)
    if headed := _PRIZES_OF.search(text, clause[0], measures[0].start):
        return kinds_of(headed["whom"])
    kind = kind_of(text[start : measures[0].start].strip())
    return (kind,) if kind else ()


def _counted(text: str, measure: Measure, limit: int, bearer: tuple[Kind, ...]) -> tuple[Kind, ...]:
    """Return whom a figure counts; nothing when it counts something else."""
    if measure.unit == "%":
        share = _SHARE_OF.match(text, measure.end, limit)
        return kinds_of(share["whole"])[:1] if share else ()
    if _MONEY.match(measure.unit) or (measure.of is not None and _PART_OF.match(text, measure.end)):
        return ()
    if _names_form_next(text, measure):
        bearers = _BEARERS.match(text, measure.end, limit)
        return (kinds_of(bearers["whom"]) if bearers else ()) or bearer
    if _BARE.match(text, measure.end):
        called = _EXTENSION.search(text, max(0, measure.start - _EXTENSION_REACH), measure.start)
        return () if called else bearer
    end = _NOUNS_END.search(text, measure.end, limit)
    return kinds_of(text[measure.end : end.start() if end else limit].replace("*", " ").strip())


def _names_form_next(text: str, measure: Measure) -> bool:
    forms = find_forms(text, measure.end, min(len(text), measure.end + 30))
    return bool(forms) and not text[measure.end : forms[0].start].strip(' *“"')


def _noun_end(text: str, measure: Measure) -> int:
    if measure.unit in {"%", "‰"}:
        share = _SHARE_OF.match(text, measure.end)
        return share.end() if share else measure.end
    words = r"[\s*]+".join(re.escape(word) for word in measure.unit.split())
    noun = re.compile(rf"[\s*]*{words}").match(text, measure.end)
    return noun.end() if noun else measure.end


def _per(text: str, clause: Span, measure: Measure) -> tuple[str | None, int | None]:
    """Return what one figure is for, and where the words that say so begin when they name a group before it."""
    before = [
        each
        for each in _EACH_BEFORE.finditer(text, clause[0], measure.start)
        if not _NO_LONGER_EACH.search(text, each.end(), measure.start)
    ]
    if before:
        return " ".join(before[-1]["per"].split()), before[-1].start()
    time = _EACH_TIME.search(text, clause[0], measure.start) or _EACH_AFTER.match(
        text, measure.end, clause[1]
    )
    return (" ".join(time["per"].split()) if time else None), None
