"""Where the money comes from: budgets, funds, contributions."""

import itertools
import re
from collections.abc import Iterator

from thidua.core.plans.clauses import Span, clauses, trimmed
from thidua.core.plans.items import Funding
from thidua.core.plans.outline import Outline
from thidua.core.plans.passages import Passage, passages_of
from thidua.core.plans.roles import Role

# The words after which sources are listed.
_FROM = re.compile(
    r"(?:(?:được\s+)?(?:trích|lấy|sử\s+dụng|bố\s+trí|huy\s+động|chi|đảm\s+bảo|bảo\s+đảm|cân\s+đối|thực\s+hiện|chi\s+trả)\s+){0,4}"
    r"(?<!\w)(?:từ|trong|bằng)\s+(?:các\s+)?(?:nguồn\s+)?|(?<!\w)(?:do|gồm|nguồn)\s+|:\s+(?:các\s+)?(?:từ\s+)?(?:nguồn\s+)?",
    re.IGNORECASE,
)
_SOURCE = (
    r"(?:nguồn\s+)?(?:ngân\s+sách|[Qq]uỹ|nguồn|kinh\s+phí(?!\s+(?:thực|tổ|khen|triển|cho|phục|để|hoạt|này|chi|bảo|đảm|được|lấy|trích|của))|tài\s+chính|xã\s+hội\s+h[óo]a|xã\s+hội\s+hoá|đóng\s+góp|vận\s+động|tài\s+trợ|dự\s+toán|vốn|(?:đoàn|hội|công\s+đoàn)\s+phí"
    r"|\d+(?:[.,]\d+)?\s*%)"
)
_PART = re.compile(
    rf"(?:,\s*|;\s*|\s+và\s+|\s+hoặc\s+|,\s*và\s+)(?:(?:huy\s+động|vận\s+động|trích)\s+(?=từ\s))?(?=(?:từ\s+|các\s+)*{_SOURCE})|,\s*(?:và\s+)?(?=của\s+)"
    r"|(?:,\s*|\s+và\s+)(?=(?-i:[A-ZĐ])[^,;.]{2,60}\s(?:hỗ\s+trợ|tài\s+trợ|ủng\s+hộ|đóng\s+góp)(?:\s*[,;.]|\s*$))",
    re.IGNORECASE,
)
_IS_SOURCE = re.compile(rf"(?:các\s+)*{_SOURCE}", re.IGNORECASE)
_LEAD = re.compile(r"(?:(?:và|từ|trích|các)\s+|nguồn\s+(?=kinh\s+phí|ngân\s+sách|quỹ)){0,6}", re.IGNORECASE)
_LONGEST_SAYING = 120
# Who answers questions often stands last, under the heading of money: that is no source of it.
_WHOM_TO_ASK = re.compile(
    r"vướng\s+mắc|(?:trao\s+đổi|liên\s+hệ)\s+(?:với|về|qua)|(?<!\w)đầu\s+mối|điện\s+thoại|(?<!\w)(?:ĐT|SĐT|email)\s*[:.]"
    r"|thư\s+điện\s+tử|[\w.+-]@[\w-]",
    re.IGNORECASE,
)
_NAMED_SOURCE = re.compile(r"từ\s+(?:các\s+)?nguồn\s+$", re.IGNORECASE)
_PROVIDED = re.compile(
    r"\s+(?:bảo\s+đảm|đảm\s+bảo|chi\s+trả|hỗ\s+trợ)(?:\s+theo\s+[^,;.]{3,40})?$", re.IGNORECASE
)
_OF = re.compile(r"\s+của\s+", re.IGNORECASE)
_BY_RULE = re.compile(
    r"(?:theo|thực\s+hiện\s+theo)\s+(?P<rule>(?:đúng\s+)?(?:các\s+)?quy\s+định[^.;,]*)", re.IGNORECASE
)
_ENSURES = re.compile(
    r"(?:bảo\s+đảm|đảm\s+bảo|bố\s+trí|chi(?:\s+trả)?|cấp(?:\s+phát)?|thanh\s+toán)\s+(?:(?:nguồn\s+)?kinh\s+phí|tiền\s+thưởng)"
    r"|kinh\s+phí(?:\s+(?:thực\s+hiện|khen\s+thưởng|tổ\s+chức|hoạt\s+động))?(?=[^.;]{0,50}\s(?:từ|trong|do|theo)\s)",
    re.IGNORECASE,
)
_FUND = re.compile(
    r"(?:(?:cân\s+đối|trích)\s+(?:từ\s+)?|sử\s+dụng\s+(?:nguồn\s+)?(?=[^.;:()]{4,70}\sđể\s+(?:chi|khen|thưởng|trao)\s))(?P<fund>[Qq]uỹ\s+[^.;:()]{4,60}?)(?=[.;]|\s+(?:để|cho|theo)\s|$)"
)
_PLEDGE = "GIAO_UOC"
# "chi thưởng từ Quỹ …", also in brackets: "(… 750.000 đồng, chi từ ngân sách đảng)"
_SPENT = re.compile(
    r"(?<!\w)chi(?:\s+(?:tiền\s+)?(?:thưởng|trả|phí))?(?:\s+cho\s+[^,;.()]{3,40}?)?\s+(?:từ|bằng)\s+(?=(?:các\s+)?(?:nguồn\s+)?(?:ngân\s+sách|quỹ|nguồn|dự\s+toán|(?:đoàn|hội|công\s+đoàn)\s+phí))[^;.()]*",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?:trích|dành)\s+(?P<share>\d+(?:[.,]\d+)?\s*%)\s+(?:trong\s+|từ\s+|của\s+)?(?P<whole>(?:tổng\s+)?quỹ[^.;,]*)",
    re.IGNORECASE,
)
_CONTRIBUTES = re.compile(
    r"(?P<who>(?:mỗi|các)\s+(?:đơn\s+vị|thành\s+viên|cơ\s+quan|hội|trường|xã|phường|sở|công\s+đoàn|ngân\s+hàng|chi\s+nhánh|doanh\s+nghiệp)[^.;,]{0,40}?)\s+đóng\s+góp\s+(?=[^;]*\d)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s+(?:theo\s+(?:đúng\s+)?(?:các\s+)?quy\s+định|để\s|nhằm\s|và\s+(?:được|thực\s+hiện)|cho\s+(?:công|việc)|phục\s+vụ)",
    re.IGNORECASE,
)


def read_funding(outline: Outline) -> list[Funding]:
    """Return the sources of money; a plan without a section on money may name them in a duty."""
    passages = passages_of(outline)
    headed = [one for one in passages if one.is_within(Role.FUNDING) and not one.node.is_heading]
    raises = outline.is_launch_plan or outline.part.kind == _PLEDGE
    found = [one for passage in headed for one in _sources(passage)] if raises else []
    if found:
        return found
    return [one for passage in passages if not passage.is_within(Role.BASIS) for one in _elsewhere(passage)]


def _sources(passage: Passage) -> Iterator[Funding]:
    start = passage.node.text_at
    for clause in clauses(passage.text, start, marks="."):
        opening = _opening(passage.text, clause)
        found = list(_listed(passage, (opening, clause[1]))) if opening is not None else []
        yield from (
            found or _contributed(passage, clause) or _by_rule(passage, clause) or _as_said(passage, clause)
        )


def _opening(text: str, clause: Span) -> int | None:
    """Return where the list of sources begins in a clause."""
    for match in _FROM.finditer(text, *clause):
        lead = _LEAD.match(text, match.end())
        if _IS_SOURCE.match(text, lead.end() if lead else match.end()) or _NAMED_SOURCE.search(match.group()):
            return match.end()
    return (
        clause[0]
        if _IS_SOURCE.match(text, clause[0]) and not text.startswith("Kinh phí", clause[0])
        else None
    )


def _listed(passage: Passage, span: Span) -> Iterator[Funding]:
    text = passage.text
    ends = _ENDS.search(text, *span)
    left, right = span[0], ends.start() if ends else span[1]
    cuts = [left, *(match.end() for match in _PART.finditer(text, left, right)), right]
    fund = ""
    for begin, end in itertools.pairwise(cuts):
        start, stop = _trimmed_source(text, begin, end)
        said = text[start:stop]
        if said.lower().startswith("của ") and fund:
            said = f"{fund} {said}"
        elif (of := _OF.search(said)) is not None:
            fund = said[: of.start()]
        if said:
            yield Funding(place=passage.cite(start, stop), source=said)


def _trimmed_source(text: str, start: int, end: int) -> Span:
    start, end = trimmed(text, start, end)
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    while text[start:end].lower().endswith((" và", " hoặc")):
        end = trimmed(text, start, end - 3)[1]
    provided = _PROVIDED.search(text, start, end)
    return start, provided.start() if provided else end


def _by_rule(passage: Passage, clause: Span) -> list[Funding]:
    rule = _BY_RULE.search(passage.text, *clause)
    place = passage.cite(*trimmed(passage.text, *clause))
    return [Funding(place=place, source=rule.group().strip())] if rule else []


def _as_said(passage: Passage, clause: Span) -> list[Funding]:
    """Return a whole short clause under a heading of money ("các đơn vị tự bảo đảm"), for a person to check."""
    start, end = trimmed(passage.text, max(clause[0], passage.node.rest_at), clause[1])
    if not start < end <= start + _LONGEST_SAYING or _WHOM_TO_ASK.search(passage.text, start, end):
        return []
    return [Funding(place=passage.cite(start, end), source=passage.text[start:end], confidence="check")]


def _contributed(passage: Passage, clause: Span) -> list[Funding]:
    """Return the contributions of "Mỗi đơn vị đóng góp 05 triệu đồng"."""
    given = _CONTRIBUTES.search(passage.text, *clause)
    if given is None:
        return []
    who = given["who"].strip()
    place = passage.cite(*trimmed(passage.text, given.start(), clause[1]))
    return [Funding(place=place, source=f"đóng góp của {who[:1].lower()}{who[1:]}")]


def _spent(passage: Passage) -> Iterator[Funding]:
    """Yield the sources of "chi thưởng từ …", but where the money itself is the matter, which is read anyway."""
    if _ENSURES.search(passage.text, passage.start) or not passage.says("chi "):
        return
    for spent in _SPENT.finditer(passage.text, passage.start):
        opening = _opening(passage.text, spent.span())
        if opening is not None:
            yield from _listed(passage, (opening, spent.end()))


def _elsewhere(passage: Passage) -> Iterator[Funding]:
    """Yield what a duty or an article says of money: a share of a fund, contributions, "theo quy định"."""
    text = passage.text
    if not passage.says("kinh phí", "quỹ", "đóng góp", "tiền thưởng", "chi "):
        return
    for share in _SHARE.finditer(text, passage.start):
        yield Funding(place=passage.cite(*share.span()), source=f"{share['share']} {share['whole'].strip()}")
    for clause in passage.clauses:
        yield from _contributed(passage, clause)
    if passage.outline.is_launch_plan:
        yield from _spent(passage)
    if passage.outline.is_launch_plan and (fund := _FUND.search(text, passage.start)):
        yield Funding(place=passage.cite(*fund.span("fund")), source=fund["fund"].strip())
    if passage.outline.is_launch_plan and (ensures := _ENSURES.search(text, passage.start)):
        for span in passage.clauses:
            if span[0] <= ensures.start() < span[1]:
                opening = _opening(text, (ensures.end(), span[1]))
                yield from (
                    _by_rule(passage, span) if opening is None else _listed(passage, (opening, span[1]))
                )
