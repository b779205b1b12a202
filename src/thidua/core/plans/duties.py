"""Who has to do what: bodies and their duties, from headings, sentences and task tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from thidua.core.plans.bodies import starts_body
from thidua.core.plans.clauses import clauses
from thidua.core.plans.groups import kind_of
from thidua.core.plans.items import Duty, Responsibility
from thidua.core.plans.lines import Clean
from thidua.core.plans.outline import Node, Outline
from thidua.core.plans.roles import Role
from thidua.core.text.dates import find_dates, find_recurrences
from thidua.core.text.folding import fold
from thidua.core.text.letters import CAPITALS

# What a duty begins with; the longer first where one begins another.
VERBS = (
    "chịu trách nhiệm", "là đầu mối", "làm đầu mối", "đầu mối", "là cơ quan thường trực", "chấm điểm",
    "có trách nhiệm", "có nhiệm vụ", "tổ chức", "triển khai", "xây dựng", "chủ trì", "phối hợp", "tham mưu",
    "hướng dẫn", "phổ biến", "đẩy mạnh", "tăng cường", "nộp", "báo cáo", "tổng hợp", "theo dõi", "phát động",
    "cung cấp", "bố trí", "bảo đảm", "đảm bảo", "thực hiện", "tiếp tục", "chỉ đạo", "kiểm tra", "giám sát",
    "vận động", "tuyên truyền", "thẩm định", "gửi", "quán triệt", "cụ thể hóa", "cụ thể hoá", "đăng ký",
    "lập", "rà soát", "ban hành", "giúp", "đôn đốc", "đăng tải", "nghiên cứu", "phân công", "tạo điều kiện",
    "kịp thời", "chủ động", "họp", "ký", "hoàn thành", "đưa", "phát huy", "nâng cao", "lồng ghép",
    "tiếp nhận", "trình", "đề xuất", "lựa chọn", "bình xét", "chuẩn bị", "quản lý", "huy động", "hỗ trợ",
    "tham gia", "thông báo", "tích cực", "làm", "đánh giá", "sơ kết", "tổng kết", "duy trì", "công khai",
    "xét", "đề nghị", "căn cứ", "thường xuyên", "phát hiện", "biểu dương", "xem xét", "cử", "mở", "đổi mới",
    "phê duyệt", "quyết định", "gắn", "thành lập", "phấn đấu", "định kỳ", "hằng tuần", "hằng tháng", "hằng quý",
    "hàng tuần", "hàng tháng", "hàng quý", "là cơ quan", "là đơn vị", "là bộ phận", "nghiêm túc",
    "khẩn trương", "chăm lo", "lãnh đạo, chỉ đạo", "lãnh đạo xây dựng", "lãnh đạo vận động", "lãnh đạo tổ chức",
    "lãnh đạo việc", "lãnh đạo thực hiện", "cân đối", "dự trù", "hoàn tất", "tiến hành", "điều hành", "cập nhật",
    "niêm yết", "giới thiệu", "nhân rộng", "tôn vinh", "khuyến khích", "ưu tiên", "phụ trách", "thanh toán",
    "bình bầu", "bầu chọn", "bình chọn", "suy tôn", "trích", "dự toán", "chú trọng", "quan tâm", "khảo sát",
    "hoàn thiện", "thống kê", "nắm bắt", "soạn thảo", "tăng thời lượng", "tập trung",
)  # fmt: skip
# Words after which «trình», «tổ chức» and their like are no verbs: chương trình, các tổ chức.
_NO_VERB_AFTER = {
    "trình": ("hương", "quá", "công", "tờ", "lộ", "giáo", "quy"),
    "tổ chức": ("các", "Các", "những", "của", "về", "và", "công tác"),
    "báo cáo": ("các", "bản", "trong", "theo"),
    "hướng dẫn": ("văn bản", "theo"),
    "thực hiện": ("tổ chức", "đơn vị", "tác"),
    "đánh giá": ("hội đồng",),
    "xét": ("bình", "xem"),
    "ký": ("Đăng", "đăng", "Thư", "thư", "chữ"),
    "làm": ("việc",),
    "giúp": ("trợ", "Trợ"),
}
_VERB = "|".join(
    "".join(f"(?<!{word} )" for word in _NO_VERB_AFTER.get(verb, ())) + re.escape(verb)
    for verb in sorted(VERBS, key=len, reverse=True)
)
_STARTS_VERB = re.compile(rf"(?:{_VERB})\b", re.IGNORECASE)
_SENTENCE = re.compile(rf"(?<=[.!?])\s+(?=[{CAPITALS}])")
_BEFORE_NAME = re.compile(rf"\s*;\s+(?=[{CAPITALS}])")
# A clause that stands before the subject: «Kết thúc đợt 1, các đơn vị …».
_LEAD_WORDS = (
    "trên cơ sở|căn cứ|theo|kết thúc|sau|trước|định kỳ|hằng|hàng|trong|để|nhằm|khi|cuối|đầu|ngay sau|"
    "chậm nhất|muộn nhất"
)
_LEAD = re.compile(rf"(?:{_LEAD_WORDS})\b[^,;:]{{2,140}}(?:,[^,;:]{{2,60}}?)??, ", re.IGNORECASE)
_GIVES = re.compile(
    r"(?:giao(?: cho)?|đề nghị|yêu cầu|phân công|ủy quyền(?: cho)?|mời|trân trọng đề nghị)\s+", re.IGNORECASE
)
_ASIDE = r"\([^():]{1,40}:[^():]{1,40}\)"  # «(ĐT: 0912 000 111)»
_BODY_AND_VERB = re.compile(
    rf"(?P<body>(?:{_ASIDE}|(?!{_ASIDE}|[;:.“\"]).){{3,220}}?)\s*(?:,\s*)?"
    rf"(?P<filler>\b(?:căn cứ|trên cơ sở|theo(?! dõi))\b(?:(?![;:.]).){{5,220}}?\s)?"
    r"(?:\blà (?:cơ quan|đơn vị|bộ phận)[^,;:.]{0,40},?\s+(?=có (?:trách nhiệm|nhiệm vụ)\s)|(?<!,\s))"
    rf"\b(?:có trách nhiệm\s+|có nhiệm vụ\s+)?(?P<verb>{_VERB})\b"
)
# «căn cứ Kế hoạch này» before what a body named by its label has to do.
_ON_THIS_BASIS = re.compile(r"(?:căn cứ|trên cơ sở)\b[^,;:.]{3,120}?(?:\bnày,?|,)\s+", re.IGNORECASE)
# «Tôi đề nghị các đơn vị …», «Ban Thường vụ yêu cầu …»: in a letter or call without headings.
_ASKS = re.compile(
    r"(?:[^,;:.“\"]{0,80}?\b(?P<gives>đề nghị|yêu cầu)|(?P<orders>giao|phân công))\s+(?=\w)", re.IGNORECASE
)
# «Trưởng các phòng tổ chức phát động xong trước ngày 31/12»: a day makes the sentence a duty.
_DUE = re.compile(r"\b(?:trước|chậm nhất|xong|hoàn thành)\b[^;.]{0,25}\d", re.IGNORECASE)
_DID = re.compile(r"\b(?:đã|được)\Z", re.IGNORECASE)
_WHEN = re.compile(
    r"(?:kết thúc|sau khi|trong vòng|trong thời hạn|chậm nhất|định kỳ|trước ngày)\b", re.IGNORECASE
)
# «… nghiêm túc triển khai thực hiện./.»: what every letter ends with.
_ANY_DUTY = re.compile(
    r"(?:nghiêm túc|khẩn trương|tổ chức|triển khai|quán triệt)[^.;]{0,45}\bthực hiện\b[^.;\d]{0,40}[./ ]*"
)
# «Quá trình thực hiện nếu có vướng mắc, các đơn vị phản ánh về …»: what every plan ends with.
_TROUBLE = re.compile(r"(?:trong )?quá trình\b[^.;]{0,80}\b(?:khó khăn|vướng mắc|phát sinh)\b", re.IGNORECASE)
_ANNOUNCES = re.compile(
    r"(?:các\s+)?(?:nhiệm vụ|nội dung|công việc|việc)?\s*(?:sau(?: đây)?|như sau)\s*:?\s*\Z|:\s*\Z",
    re.IGNORECASE,
)
_CHARGED = re.compile(r"\s+(?:có (?:trách nhiệm|nhiệm vụ)|chịu trách nhiệm|chủ trì|thực hiện)\b")
# The last article of a decision, whom it binds.
_EXECUTES = re.compile(
    r"chịu trách nhiệm (?:thi hành|thực hiện) (?:quyết định|chỉ thị|văn bản)", re.IGNORECASE
)
_GROUP = re.compile(r"(?:các|những|mỗi|từng|toàn thể|tất cả)\s+(?:các\s+)?(?=\w)", re.IGNORECASE)
_EACH = re.compile(r"(?:mỗi|từng)\s", re.IGNORECASE)  # «Mỗi xã xây dựng 01 mô hình» is a target
_OF_TASKS = re.compile(r"(?:cac )?nhiem vu\b(?! (?:va )?giai phap)")
_LONG_PART = 60
_WHOLE_PART = 30
_LONGEST_BODY = 200
_SECTIONS = (Role.RESPONSIBILITIES, Role.IMPLEMENTATION)
_NOT_HERE = (
    Role.TASKS,
    Role.PHASES,
    Role.FUNDING,
    Role.CONTENTS,
    Role.TARGETS,
    Role.SOLUTIONS,
    Role.AWARDS,
    Role.SUBJECTS,
)


@dataclass(slots=True)
class _Found:
    """One body on the way: duties are gathered from everywhere it is named."""

    body: str
    clean: Clean
    start: int
    end: int
    duties: list[Duty] = field(default_factory=list)


def read_responsibilities(outline: Outline) -> list[Responsibility]:
    """Read every body with its duties, each body once."""
    found: dict[str, _Found] = {}
    for one in (*_from_sections(outline), *_from_tables(outline)):
        key = fold(one.body)
        if key in found:
            found[key].duties.extend(one.duties)
        else:
            found[key] = one
    return [
        Responsibility(
            place=outline.cite(one.clean, one.start, one.end),
            body=one.body,
            duties=tuple({duty.place.start: duty for duty in one.duties}.values()),
        )
        for one in found.values()
        if one.duties
    ]


def _from_sections(outline: Outline) -> Iterator[_Found]:
    sections = [node for node in outline.under(*_SECTIONS) if not _EXECUTES.search(node.label)]
    for section in sections:
        yield from _below(outline, section)
    if not outline.is_launch_plan:
        yield from _charged(outline)
    elif not sections:
        yield from _under_tasks(outline)
        yield from _ordered(outline)
        yield from _asked(outline)


def _under_tasks(outline: Outline) -> Iterator[_Found]:
    """«Nhiệm vụ» above numbered works may charge bodies too where no section of its own does."""
    for section in outline.under(Role.CONTENTS):
        if _OF_TASKS.match(fold(section.label)):
            for child in section.children:
                if child.marker and starts_body(child.text) and not _EACH.match(child.text):
                    yield from _found(outline, child)


def _ordered(outline: Outline) -> Iterator[_Found]:
    """In a directive or letter without headings any numbered order may charge a body."""
    for node in outline.sections:
        if node.marker and node.marker.is_numbered and not node.own_roles and not _EXECUTES.search(node.text):
            yield from (
                one
                for one in _found(outline, node)
                if not (_EACH.match(one.body) or _STARTS_VERB.match(one.body)) and starts_body(one.body)
            )


def _asked(outline: Outline) -> Iterator[_Found]:
    """In a call or letter without headings a plain sentence asks a body for something."""
    for node in outline.nodes:
        if node.marker is not None or node.is_heading or _ANNOUNCES.search(node.text):
            continue
        text = node.clean.text
        cuts = [node.text_at, *(match.end() for match in _SENTENCE.finditer(text, node.text_at)), len(text)]
        for begin, end in pairwise(cuts):
            asks = _ASKS.match(text, begin, end)
            start = asks.start(asks.lastgroup or 0) if asks else begin
            if asks or _WHEN.match(text, begin, end) or _DUE.search(text, begin, end):
                one = _in_sentence(outline, node, start, end)
                if one and not _DID.search(one.body):
                    yield one


def _charged(outline: Outline) -> Iterator[_Found]:
    """In a regulation any article may charge a body: «Khối trưởng có trách nhiệm …»."""
    for node in outline.nodes:
        if starts_body(node.text) and _CHARGED.search(node.text[:_LONGEST_BODY]):
            yield from _found(outline, node)


def _below(outline: Outline, node: Node) -> Iterator[_Found]:
    for child in node.children:
        if child.row is not None or (
            child.own_roles and child.own_roles[0] in _NOT_HERE and not _is_body(child.label)
        ):
            continue
        found = _found(outline, child)
        if found:
            yield from found
        else:
            yield from _below(outline, child)


def _found(outline: Outline, node: Node) -> list[_Found]:
    """Return the bodies that one paragraph charges, with the duties in it and below it."""
    if node.label and not node.is_heading and (_is_body(node.label) or _is_charged_label(node)):
        return list(_labelled(outline, node))
    if node.is_heading and node.children and _is_body(node.label):
        return [_headed(outline, node)]
    return list(_in_sentences(outline, node))


def _is_body(text: str) -> bool:
    name = _GIVES.sub("", text, count=1)
    return len(text) <= _LONGEST_BODY and (starts_body(name) or _is_group(name))


def _is_group(name: str) -> bool:
    """Say whether a name is a group of whatever noun: «Các chủ đầu tư», «Các hộ kinh doanh»."""
    group = _GROUP.match(name)
    return group is not None and kind_of(name[group.end() :]) is not None


def _is_charged_label(node: Node) -> bool:
    """Say whether a name unknown to us stands before what it has to do: «Tổng phụ trách Đội: triển khai …»."""
    return (
        not node.own_roles
        and node.label[:1].isupper()
        and not _STARTS_VERB.match(node.label)
        and _STARTS_VERB.match(node.rest) is not None
    )


def _headed(outline: Outline, node: Node) -> _Found:
    gives = _GIVES.match(node.label)
    offset = gives.end() if gives else 0
    charged = _CHARGED.search(node.label, offset)
    end = charged.start() if charged else len(node.label)
    one = _Found(node.label[offset:end].strip(" ,"), node.clean, 0, node.text_at + end)
    one.duties.extend(_child_duties(outline, node))
    return one


def _child_duties(outline: Outline, node: Node) -> Iterator[Duty]:
    marked = [child for child in node.children if child.marker]
    for child in marked or (node.children if node.is_heading else []):
        yield _duty(outline, child.clean, child.text_at, len(child.clean.text))


def _labelled(outline: Outline, node: Node) -> Iterator[_Found]:
    gives = _GIVES.match(node.label)
    offset = gives.end() if gives else 0
    one = _Found(node.label[offset:].strip(), node.clean, 0, node.text_at + len(node.label))
    text = node.clean.text
    filler = _ON_THIS_BASIS.match(text, node.rest_at)
    (begin, stop), *others = _subjects(text, filler.end() if filler else node.rest_at, len(text))
    for start, end in _parts(text[:stop], begin):
        one.duties.append(_duty(outline, node.clean, start, end))
    one.duties.extend(_child_duties(outline, node))
    yield one
    for begin, stop in others:
        if other := _in_sentence(outline, node, begin, stop):
            yield other


def _in_sentences(outline: Outline, node: Node) -> Iterator[_Found]:
    """«Các trường nộp báo cáo …»: sentences whose subject is a body."""
    text = node.clean.text
    start = node.rest_at if node.label and not node.is_heading else node.text_at
    cuts = [start, *(match.end() for match in _SENTENCE.finditer(text, start)), len(text)]
    last: _Found | None = None
    for begin, end in (part for sentence in pairwise(cuts) for part in _subjects(text, *sentence)):
        if one := _in_sentence(outline, node, begin, end):
            yield one
            last = one
    if last is not None and node.children and _ANNOUNCES.search(text):
        last.duties[:] = list(_child_duties(outline, node))


def _in_sentence(outline: Outline, node: Node, begin: int, end: int) -> _Found | None:
    text = node.clean.text
    if _TROUBLE.match(text, begin, end):
        return None
    at = begin
    if lead := _LEAD.match(text, at, end):
        at = lead.end()
    if gives := _GIVES.match(text, at, end):
        at = gives.end()
    match = _BODY_AND_VERB.match(text, at, end)
    if match is None or not starts_body(match["body"]) or _STARTS_VERB.match(match["body"]):
        return None
    if gives and _ANY_DUTY.fullmatch(text, match.start("verb"), end):
        return None
    one = _Found(match["body"].strip(" ,"), node.clean, begin, match.end("body"))
    for start, stop in _parts(text[:end], match.start("verb")):
        one.duties.append(_duty(outline, node.clean, start, stop))
    return one


def _subjects(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut ``text[start:end]`` at each semicolon behind which another body is named with what it does."""
    parts = [(start, end)]
    for semicolon in _BEFORE_NAME.finditer(text, start, end):
        behind = _BODY_AND_VERB.match(text, semicolon.end(), end)
        if behind and starts_body(behind["body"]) and not _STARTS_VERB.match(behind["body"]):
            parts[-1:] = [(parts[-1][0], semicolon.start()), (semicolon.end(), end)]
    return parts


def _parts(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Cut duties run together by semicolons: each dated, or the second dated or long enough to stand alone."""
    spans = clauses(text, start, len(text), ";")
    here = start
    for (before, end), (after, stop) in pairwise(spans):
        dated, dated_before = _is_dated(text[after:stop]), _is_dated(text[before:end])
        both_dated = dated and dated_before
        alone = stop - after >= _LONG_PART or ((dated or dated_before) and end - before >= _WHOLE_PART)
        if both_dated or (alone and _STARTS_VERB.match(text, after)):
            yield here, end
            here = after
    yield here, len(text)


def _is_dated(text: str) -> bool:
    return bool(find_dates(text) or find_recurrences(text))


def _duty(outline: Outline, clean: Clean, start: int, end: int) -> Duty:
    text = clean.text[start:end].rstrip()
    end = start + len(text)
    return Duty(place=outline.cite(clean, start, end), text_start=" ".join(text.split(" ")[:14]))


def _from_tables(outline: Outline) -> Iterator[_Found]:
    """Read the rows of task tables: who leads, and the task."""
    for node in outline.nodes:
        if node.row is None:
            continue
        cells = {fold(cell.heading): cell for cell in node.row.cells if cell.text}
        lead = next(
            (
                cell
                for name, cell in cells.items()
                if re.search(r"chu tri|don vi|co quan|phu trach|thuc hien", name)
            ),
            None,
        )
        task = next(
            (
                cell
                for name, cell in cells.items()
                if re.search(r"noi dung|cong viec|nhiem vu|hoat dong", name)
            ),
            None,
        )
        if lead is None or task is None:
            continue
        one = _Found(lead.text, lead.clean, 0, len(lead.text))
        one.duties.append(_duty(outline, task.clean, 0, len(task.text)))
        yield one
