"""What a movement aims at: figures to reach, "không có …" as zero, and "hoàn thành vượt mức các chỉ tiêu"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from thidua.core.plans.clauses import Span, clauses, trimmed
from thidua.core.plans.counts import caps_titles
from thidua.core.plans.figures import figure_of, measures_in, operation_of
from thidua.core.plans.items import Target
from thidua.core.plans.outline import Outline
from thidua.core.plans.part_targets import halves_of, part_of
from thidua.core.plans.passages import Passage, passages_of
from thidua.core.plans.roles import Role
from thidua.core.plans.target_rows import targets_of_row
from thidua.core.plans.zero_targets import LEAD, none_of
from thidua.core.text.numbers import Comparison, Measure

_AREAS_WITHOUT = (
    Role.BASIS,
    Role.AWARDS,
    Role.AWARD_COUNT,
    Role.AWARD_WINDOW,
    Role.CRITERIA,
    Role.REFUSALS,
    Role.DOSSIER,
    Role.SUBJECTS,
    Role.TIME,
    Role.PHASES,
    Role.FUNDING,
    Role.SCORING,
    Role.REVIEWS,
    Role.CONTACTS,
)
# Among duties a frequency is a date and an amount a contribution: "họp mỗi quý một lần", "đóng góp 5 triệu đồng".
_DUTIES = (Role.IMPLEMENTATION, Role.RESPONSIBILITIES, Role.TASKS, Role.REPORTS)
_DUTY_UNIT = re.compile(r"(?:lần|buổi|cuộc|kỳ|đồng)(?!\w)", re.IGNORECASE)
_PLEDGE = "GIAO_UOC"
# What is counted here is no target: "45 ngày thu nợ", "02 đợt cao điểm", "03 nhóm giải pháp", "07 bản".
_NO_TARGET = re.compile(
    r"(?:ngày|tháng|năm|tuần|giờ|phút|đợt|giai\s+đoạn|bước|nội\s+dung|nhóm|bản(?!\s+(?:thỏa|thoả|ghi|cam|hợp|tin|đồ|đăng))|điều|chương|phần(?!\s+(?:mềm|quà))|mặt|lĩnh\s+vực|phong\s+trào|sạch|trách\s+nhiệm|tốt|giỏi|rõ|dám|cấp(?!\s+(?:ủy|uỷ|hội|giấy|học))"
    r"|tiêu\s+chí\s+(?:của\s+)?(?:phong\s+trào\s+)?[“\"]\d|khâu|khía|tuổi|đồng/|ca(?=\s+liên\s+tục|,?\s+\d+\s+kíp)|kíp)(?!\w)",
    re.IGNORECASE,
)
# … unless the time or the round is one of work done: "08 giờ trợ giúp pháp lý", "200 ngày công".
_WORK = re.compile(
    r"(?:giờ|ngày|buổi|đợt)\s+(?:công(?!\s+tác)|trợ\s+giúp|tình\s+nguyện|học|dạy|lao\s+động|tư\s+vấn|tập\s+huấn|tuyên\s+truyền"
    r"|kiểm\s+tra|ra\s+quân|truyền\s+thông|hiến\s+máu|khám)(?!\w)",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"(?:(?:biểu|tuyên)\s+dương|tôn\s+vinh|vinh\s+danh|gồm|thuộc|theo|đại\s+diện|trị\s+giá|(?<!đạt\s)giá\s+trị|độ\s+tuổi|tuổi|kinh\s+phí|(?<!ở\s)(?<!đạt\s)(?<!lên\s)(?<!còn\s)mức|dự\s+toán|so\s+với|(?<!\w)(?:nội\s+dung|mục|khoản|điều))\s*$",
    re.IGNORECASE,
)
_EVERY = re.compile(r"(?<!\w)mỗi\s+(?P<every>tuần|tháng|quý|năm|học\s+kỳ|đợt|ngày)(?!\w)", re.IGNORECASE)
_AFTER = re.compile(
    r"(?<!\w)(?:sau|trước)(?:\s+khi)?\s+(?:kết\s+thúc\s+)?$", re.IGNORECASE
)  # "sau mỗi đợt 5 ngày" is a term
# A slash parts names too («WoS/Scopus», «nông thôn/nội đồng»): only before these it says what each is for.
_PER = re.compile(
    r"\s*/\s*(?P<per>năm\s+học|học\s+kỳ|năm|quý|tháng|tuần|ngày|giờ|buổi|lần|đợt|vụ|khóa|người|(?:đoàn|hội|đảng|giáo|viên|công)\s+(?:viên|chức)"
    r"|học\s+sinh|cá\s+nhân|tập\s+thể|đơn\s+vị|hộ\s+gia\s+đình|hộ|cơ\s+sở|chi\s+(?:bộ|hội|đoàn)|xã|phường|huyện|thôn|trường|lớp|cụm|khối|tổ|phòng|ban|ha|sào)"
    r"(?!\w)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_PERIOD_AFTER = re.compile(r"\s+(?:mỗi|một)\s+(?P<per>tuần|tháng|quý|năm|học\s+kỳ)(?!\w)", re.IGNORECASE)
_CIRCUMSTANCE = re.compile(
    r"\s(?=(?:trên|tại|trong|nhằm|góp|để|qua|thông\s+qua|theo)\s)",
    re.IGNORECASE,
)
# What is done with it afterwards is another matter: "…, gửi bản đăng ký về Văn phòng".
_THEN = re.compile(r",\s(?=(?:nộp|gửi|báo\s+cáo|xong|trước|chậm\s+nhất)\s)", re.IGNORECASE)
_OF_WHOLE = re.compile(
    r"\s+(?:tổng\s+)?(?:kế\s+hoạch|dự\s+toán|chỉ\s+tiêu|tổng|vốn)(?!\w)[^,;.:()\d]{0,40}", re.IGNORECASE
)  # "đạt 100% kế hoạch vốn 2.160 tỷ đồng"
_AND_MORE = re.compile(r"[^,;.:()\d]{0,40}?(?<!\w)trở\s+(?:lên|xuống)\s+\w", re.IGNORECASE)
_AWARDING = re.compile(
    r"(?<!\w)(?:tặng|trao\s+tặng|tặng\s+thưởng)\s+[^;.]{0,20}(?:bằng|giấy|cờ|danh\s+hiệu)|mức\s+thưởng",
    re.IGNORECASE,
)
# Who is put in charge of it is no target: "cử 01 lãnh đạo và 01 công chức làm đầu mối".
_IN_CHARGE = re.compile(
    r"(?<!\w)(?:cử|phân\s+công|bố\s+trí)\s[^;.]{0,20}\d[^;.]{0,60}?(?:đầu\s+mối|phụ\s+trách|theo\s+dõi)(?!\w)",
    re.IGNORECASE,
)
_CUTS = re.compile(
    r"(?<!\w)(?:giảm|rút\s+ngắn|xuống\s+còn|cắt\s+giảm|(?:vượt|trước)\s+tiến\s+độ|sớm\s+hơn)(?!\w)",
    re.IGNORECASE,
)
_TAKES = re.compile(r"(?<!\w)(?:thời\s+(?:gian|hạn)|tuổi\s+thọ)(?!\w)", re.IGNORECASE)
_SIZES = (Comparison.AT_LEAST, Comparison.AT_MOST)
_LIMITS = (Comparison.AT_MOST, Comparison.LESS)
_QUALITATIVE = re.compile(
    r"""(?<!\w)(?:phấn\s+đấu\s+)?(?:hoàn\s+thành|đạt|thực\s+hiện)[^,;.]{0,40}?
    (?:vượt(?:\s+mức)?|toàn\s+diện|xuất\s+sắc)(?:\s+(?:các|toàn\s+bộ|tất\s+cả|mọi))*\s+(?:chỉ\s+tiêu|kế\s+hoạch)
    (?:,\s+(?:kế\s+hoạch|nhiệm\s+vụ|mục\s+tiêu|chỉ\s+tiêu))*[^,;.]*
    |(?:với\s+)?các\s+chỉ\s+tiêu\s[^,;.]{0,30}?(?:đạt\s+và\s+)?vượt[^,;.]*""",
    re.IGNORECASE | re.VERBOSE,
)
_NEXT_ITEM = re.compile(
    r",\s+(?=(?:mỗi|các|từng|trong\s+đó|phấn\s+đấu|ít\s+nhất|tối\s+thiểu|không|có|trên|từ|\d))", re.IGNORECASE
)
_EACH_ITEM = re.compile(r",\s+(?=mỗi\s)", re.IGNORECASE)
_AND = re.compile(r"\svà\s")
# Between two figures that one comparing word counts for: what is counted and "và", no verb.
_ONLY_AND = re.compile(
    r"\s+(?:(?!(?:đạt|có|được|lên|xuống|so|là|giảm|tăng|trở)\s)[^\s,;.:()\d]+\s+){1,5}và\s+"
)
_ONLY_COMMA = re.compile(
    r"\s(?!(?:[^,]*\s)?trở\s)[^,;.:()\d]{2,60},\s"
)  # "tối thiểu 6.500 người …, 21.000 người …"
_WHOLE = 100
_DETAIL = re.compile(
    r"\s*\((?:chi\s+tiết|cụ\s+thể|có|xem|theo|kèm)\s[^()]*(?:phụ\s+lục|biểu|danh\s+sách)[^()]*\)$",
    re.IGNORECASE,
)
_QUOTED_NEXT = re.compile(r"\s*“(?P<name>[^”]{2,60})”")  # 25 “Mái ấm Công đoàn”
_SAYS = re.compile(
    r"\s(?P<verb>đạt|được|có(?!\s+(?:hoàn\s+cảnh|công|trách|uy|năng|trình))|tham\s+gia|hoàn\s+thành|sử\s+dụng|đăng\s+ký|thực\s+hiện|ký|không|hài\s+lòng)(?!\w)",
    re.IGNORECASE,
)
_BARE_NOUN = 24  # characters of "gia đình", "thôn, tổ dân phố"
_LEAST_LISTED = 2
_LONGEST_LIST = 130
_LABEL_NEEDED = 26
_LEAST_ROW = 3
_NOUN_REACH = 40
_REACH = 400  # no target says more before or behind its figure


def read_targets(outline: Outline) -> list[Target]:
    """Return the targets of a movement or of a pledge, in the order of the document."""
    if not outline.sets_out_work and outline.part.kind != _PLEDGE:
        return []
    passages = passages_of(outline)
    found = [target for passage in passages if _may_aim(passage) for target in _in_paragraph(passage)]
    found += [target for passage in passages for target in targets_of_row(passage, passages.years)]
    return sorted(found, key=lambda target: target.place.start)


def _may_aim(passage: Passage) -> bool:
    node = passage.node
    if node.row is not None or passage.in_preamble:
        return False
    # «3. Chỉ tiêu: …» inside the section of a round is about its targets.
    return passage.area.nearest is Role.TARGETS or not passage.is_within(*_AREAS_WITHOUT)


def _in_paragraph(passage: Passage) -> Iterator[Target]:
    awarding, nothing_said = passage.says("tặng", "thưởng"), passage.says("không ")
    charging = passage.says("đầu mối", "phụ trách", "theo dõi")
    for clause in _clauses(passage):
        if awarding and _AWARDING.search(passage.text, *clause):
            continue
        if charging and _IN_CHARGE.search(passage.text, *clause):
            continue
        nothing = list(none_of(passage, clause)) if nothing_said else []
        measures = [
            one
            for one in measures_in(passage, clause)
            if _counts(passage.text, clause, one) and not caps_titles(passage.text, clause, one)
        ]
        measures = _alike_compared(passage.text, _without_size(passage.text, measures))
        if passage.is_within(*_DUTIES):
            measures = [one for one in measures if not _DUTY_UNIT.match(one.unit)]
        end = min((start for start, _ in nothing if measures and start > measures[-1].end), default=clause[1])
        targets = [*_figured(passage, (clause[0], end), measures), *(target for _, target in nothing)]
        yield from targets or list(halves_of(passage, clause)) or _worded(passage, clause)


def _clauses(passage: Passage) -> Sequence[Span]:
    """Return the clauses of a paragraph; a label stands apart unless little follows it."""
    node, text = passage.node, passage.text
    if not node.label or len(node.rest) <= _LABEL_NEEDED or "(" in node.label:
        return passage.clauses
    return clauses(text, min(node.rest_at, len(text)))


def _counts(text: str, clause: Span, measure: Measure) -> bool:
    """Whether a figure is aimed at; a time is only where it is to be cut ("giảm 20 phút")."""
    if _GIVEN.search(text, max(0, measure.start - 12), measure.start):
        return False
    if measure.of is not None and measure.unit:
        return True  # "9/14 bản": so many of all the villages, no copies
    counted = text[measure.end : measure.end + _NOUN_REACH].lstrip(" *")
    if measure.unit not in {"%", "‰"} and _NO_TARGET.match(counted) and not _WORK.match(counted):
        every = _EVERY.search(text, clause[0], measure.start)
        if every and not _AFTER.search(text, clause[0], every.start()):
            return True  # "mỗi tháng 01 ngày tổng vệ sinh"
        limited = measure.op in _LIMITS and _TAKES.search(text, clause[0], measure.start) is not None
        return limited or _CUTS.search(text, clause[0], measure.start) is not None
    return bool(measure.unit) or _QUOTED_NEXT.match(text, measure.end) is not None


def _alike_compared(text: str, measures: Sequence[Measure]) -> list[Measure]:
    """Let "ít nhất 84% số việc và 49% số tiền" compare both figures: the word stands before the first of a pair."""
    alike = list(measures[:1])
    for before, one in pairwise(measures):
        first = alike[-1]
        led = first.start < first.figure and first.op is not Comparison.RANGE and one.op is Comparison.EQUAL
        joined = led and _ONLY_AND.fullmatch(text, before.end, one.start) is not None
        alike_counted = led and before.unit == one.unit
        joined = joined or (alike_counted and _ONLY_COMMA.fullmatch(text, before.end, one.start) is not None)
        both = joined and ("%" in before.unit) == ("%" in one.unit) and one.value != _WHOLE
        alike.append(replace(one, op=first.op) if both else one)
    return alike


def _without_size(text: str, measures: Sequence[Measure]) -> list[Measure]:
    """Leave out the size of those counted or of the whole: "100% tàu cá từ 12 m trở lên bật thiết bị"."""
    kept = list(measures[:1])
    for before, one in pairwise(measures):
        between = text[before.end : one.start]
        plain = before.unit == "%" and one.unit != "%" and "," not in between and not _SAYS.search(between)
        sized = one.op in _SIZES and _AND_MORE.match(text, one.end) is not None
        whole = one.op is Comparison.EQUAL and _OF_WHOLE.fullmatch(between) is not None
        if not (plain and (sized or whole)):
            kept.append(one)
    return kept


def _figured(passage: Passage, clause: Span, measures: Sequence[Measure]) -> Iterator[Target]:
    listed = _names_of_list(passage.text, clause, measures)
    pieces = list(_pieces(passage.text, clause, measures))
    shared = _shared_end(passage.text, pieces, measures)
    for measure, piece in zip(measures, pieces, strict=True):
        start, end = _with_label(passage, piece, measure)
        text = listed.get(measure.figure) or _short(passage.text, (start, end), measure)
        bare = shared is not None and piece != pieces[-1]
        text = f"{text} {passage.text[slice(*shared)]}" if bare and shared else text
        part = part_of(passage.text, measure)
        yield Target(
            place=passage.cite(start, shared[1] if bare and shared else end),
            text=text,
            op=operation_of(measure),
            value=figure_of(part or measure),
            unit=part.unit if part else _unit(passage.text, (start, end), measure) or None,
            confidence="check" if part else "sure",
        )


def _shared_end(text: str, pieces: Sequence[Span], measures: Sequence[Measure]) -> Span | None:
    """Return what only the last of a list says for all: "75% gia đình, 65% dòng họ đạt danh hiệu học tập"."""
    if len(pieces) < _LEAST_LISTED or any(
        text[start : measure.figure].strip()
        for (start, _), measure in zip(pieces[1:], measures[1:], strict=True)
    ):
        return None
    for (_, end), measure in zip(pieces[:-1], measures, strict=False):
        if end - measure.end > _BARE_NOUN or _SAYS.search(text, measure.end, end):
            return None
    said = _SAYS.search(text, measures[-1].end, pieces[-1][1])
    whole = pieces[-1][1] - pieces[0][0]
    return (said.start("verb"), pieces[-1][1]) if said and whole <= _LONGEST_LIST else None


def _with_label(passage: Passage, piece: Span, measure: Measure) -> Span:
    """Take the label in where the piece says nothing before its figure: "Sản lượng: 42 triệu m3"."""
    node = passage.node
    first = measure.start <= piece[0] == node.rest_at and not node.own_roles and "(" not in node.label
    bare = first and piece[1] - measure.end <= len(measure.unit) + 1
    return (node.text_at if bare else piece[0]), piece[1]


def _pieces(text: str, clause: Span, measures: Sequence[Measure]) -> Iterator[Span]:
    """Yield for each measure the piece of the clause that is about it: commas between two measures part them."""
    start = clause[0]
    ends = _ends(text, clause, measures)
    for at, (measure, end) in enumerate(zip(measures, ends, strict=True)):
        begins = max(start, measure.start - _REACH)
        each = list(_EACH_ITEM.finditer(text, begins, measure.start))
        behind = _EACH_ITEM.search(text, measure.end, end)
        stop = behind.start() if behind else min(end, measure.end + _REACH)
        yield _without_lead(text, each[-1].end() if each else begins, stop)
        if at + 1 < len(measures) and ends[at + 1] != end:
            start = end


def _cut(text: str, left: int, right: int) -> int | None:
    """Return where the piece of a measure ends before the next begins: at a comma or "và"; None without one."""
    opening = _NEXT_ITEM.search(text, left, right + 1)
    if opening:
        return opening.start()
    comma = text.rfind(",", left, right)
    joined = _AND.search(text, left, right)
    return comma if comma >= 0 else joined.start() if joined else None


def _ends(text: str, clause: Span, measures: Sequence[Measure]) -> list[int]:
    """Return where the piece of each measure ends; values in a row ("99% - 98% - 100%") share the last one's end."""
    ends: list[int] = []
    end = clause[1]
    for at in range(len(measures) - 1, -1, -1):
        cut = _cut(text, measures[at].end, measures[at + 1].start) if at + 1 < len(measures) else clause[1]
        end = end if cut is None else cut
        ends.append(end)
    return ends[::-1]


def _without_lead(text: str, start: int, end: int) -> Span:
    start, end = trimmed(text, start, end)
    lead = LEAD.match(text, start, end)
    detail = _DETAIL.search(text, start, end)
    return (lead.end() if lead and lead.end() < end else start), detail.start() if detail else end


def _names_of_list(text: str, clause: Span, measures: Sequence[Measure]) -> dict[int, str]:
    """Give each value of "khai thuế, nộp thuế, hoàn thuế đạt 99% - 98% - 100%" the name in its place."""
    row = [one for one in measures if one.start == one.figure]
    if len(row) < _LEAST_ROW or any(
        _cut(text, one.end, other.start) is not None for one, other in pairwise(row)
    ):
        return {}
    head = re.sub(
        r"\s*(?:đạt|là|lần\s+lượt|tương\s+ứng)[\s:]*$",
        "",
        text[clause[0] : row[0].figure].strip(),
        flags=re.IGNORECASE,
    )
    names = [name.strip() for name in re.split(r",|\svà\s", head) if name.strip()]
    if len(names) != len(row):
        return {}
    return {one.figure: f"{name} {text[one.figure : one.end]}" for name, one in zip(names, row, strict=True)}


def _short(text: str, piece: Span, measure: Measure) -> str:
    """Return the piece without the circumstances behind what is counted: "… trên Báo tỉnh"."""
    behind = measure.end + len(measure.unit)
    cut = (
        _CIRCUMSTANCE.search(text, min(behind, piece[1]), piece[1])
        if measure.unit not in {"%", "‰"}
        else None
    )
    then = _THEN.search(text, min(behind, piece[1]), cut.start() if cut else piece[1])
    start, end = trimmed(text, piece[0], then.start() if then else cut.start() if cut else piece[1])
    return text[start:end]


def _unit(text: str, piece: Span, measure: Measure) -> str:
    """Return the unit with what it is counted by: "lần/tháng", "tiết/học kỳ"."""
    quoted = _QUOTED_NEXT.match(text, measure.end) if not measure.unit else None
    if quoted:
        return quoted["name"]
    per = _EVERY.search(text, piece[0], measure.start)
    if per:
        return f"{measure.unit}/{per['every']}"
    next_figure = _DIGIT.search(text, measure.end, piece[1])
    slash = _PER.search(
        text, measure.end, next_figure.start() if next_figure else piece[1]
    ) or _PERIOD_AFTER.search(text, measure.end, piece[1])
    if slash and measure.unit not in {"%", "‰"} and "/" not in measure.unit:
        return f"{measure.unit}/{' '.join(slash['per'].split())}"
    return measure.unit


def _worded(passage: Passage, clause: Span) -> Iterator[Target]:
    if not passage.says("chỉ tiêu", "kế hoạch"):
        return
    for match in _QUALITATIVE.finditer(passage.text, *clause):
        start, end = trimmed(passage.text, *match.span())
        yield Target(
            place=passage.cite(start, end), text=passage.text[start:end], op="qualitative", confidence="check"
        )
