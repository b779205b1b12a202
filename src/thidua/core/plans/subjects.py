"""Who takes part: as a section says, else as headings and sentences about taking part say."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from thidua.core.plans.clauses import Span, clauses, trimmed
from thidua.core.plans.groups import Kind, kind_of
from thidua.core.plans.items import Subject
from thidua.core.plans.outline import Node, Outline
from thidua.core.plans.passages import Passage, passages_of
from thidua.core.plans.roles import Role
from thidua.core.text.folding import fold

_KIND_LABELS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("collective", re.compile(r"(?:doi voi |cac |ve )*tap the\b")),
    ("individual", re.compile(r"(?:doi voi |cac |ve )*ca nhan\b")),
    ("household", re.compile(r"(?:doi voi |cac |ve )*ho gia dinh\b")),
)
_CONDITIONS = re.compile(
    r"(?:bao\s+gồm|gồm|kể|trừ|không\s+bao\s+gồm|trong\s+đó|áp\s+dụng)(?!\w)", re.IGNORECASE
)
_LEAD = re.compile(
    r"(?:(?:đối\s+tượng|phạm\s+vi)(?:\s+(?:tham\s+gia|thi\s+đua|áp\s+dụng|phát\s+động|thực\s+hiện|khen\s+thưởng))*\s*(?:là|gồm|bao\s+gồm|:)*"
    r"|đối\s+với|là|gồm|bao\s+gồm|áp\s+dụng\s+(?:đối\s+với|cho))[\s:]*",
    re.IGNORECASE,
)
_GROUP_HEADING = re.compile(r"(?:đối\s+với|về\s+phía|khối|dành\s+cho)\s+(?P<who>[^:]{2,120})", re.IGNORECASE)
# Sentences that say who takes part, where no section does.
_TAKING_PART = (
    re.compile(
        r"thu\s+hút\s+(?:được\s+)?(?:đông\s+đảo\s+|sự\s+tham\s+gia\s+(?:đông\s+đảo\s+)?của\s+)?(?P<who>[^.;]{4,120}?)\s+(?:tích\s+cực\s+)?tham\s+gia",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:phát\s+động|triển\s+khai|tổ\s+chức)[^.;]{0,60}?\s(?:ở|trong|đến|tới)\s+(?P<who>(?:tất\s+cả|toàn\s+thể|toàn\s+bộ)[^.;,]{3,90})",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:(?:tạo|khơi\s+dậy)\s[^.;]{0,25}(?:không\s+khí|khí\s+thế|động\s+lực)|động\s+viên)[^.;]{0,60}?\s"
        r"(?:(?:trong|để|cho)\s+|(?<=động\sviên\s))(?P<who>(?:đội\s+ngũ\s+)?(?:cán\s+bộ|công\s+chức|viên\s+chức|đoàn\s+viên|hội\s+viên|giáo\s+viên|nhân\s+dân)[^.;]{0,90}?)"
        r"(?=[.;]|,\s+(?:nỗ|phấn|tạo|góp|quyết|thực|nhằm|hoàn|hăng|ra\s+sức|thi|vượt|lập)|\s(?:nhằm|để|góp|trên|ra\s+sức|tích\s+cực|hăng\s+hái|phấn|thi\s+đua|nỗ\s+lực|phát\s+huy|lập|vượt|hoàn|quyết|thực|thuộc|của|trong)\s|\s*$)",
        re.IGNORECASE,
    ),
    re.compile(
        r"phát\s+động\s[^.;“]{0,60}?(?:phong\s+trào|thi\s+đua)[^.;“]{0,40}?\strong\s+(?!(?:toàn|cả|năm|tháng|quý|thời|đó|phạm|các\s+(?:lĩnh|mặt))\s)"
        r"(?P<who>[^.;,:“\d]{6,110}?)(?=\s+(?:với|năm|giai|từ|nhằm|theo|để)\s|[.;:]|$)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:thi\s+đua|phong\s+trào)[^.;,]{0,40}?\s(?:trong|đến|tới|của)\s+(?P<who>(?:toàn\s+thể|đội\s+ngũ|tập\s+thể)[^.;]{6,160}?)(?=[.;]|,\s+(?:nỗ|phấn|tạo|góp|quyết|thực|nhằm|từ|với|trong|kể)(?!\w)|$)",
        re.IGNORECASE,
    ),
    re.compile(
        r"100\s*%\s+(?P<who>(?:số\s+)?(?:các\s+)?[^.;%]{4,110}?)\s+(?:tham\s+gia\s+(?:ký|phong|thi)|đăng\s+ký\s+(?:thi\s+đua|giao|tham)|ký\s+(?:kết\s+)?giao\s+ước|hưởng\s+ứng|phát\s+động)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:của|từ|giữa)\s+(?P<who>(?:các|những)\s+(?:đơn\s+vị|thành\s+viên|Sở\s+[^,;.]{3,30}?)\s+(?:thuộc|trong)\s+(?:Cụm|Khối|Khu\s+vực)(?:\s+[Tt]hi\s+đua)?(?:\s+số\s+\w+)?)"
    ),
    re.compile(
        r"(?:kêu\s+gọi|phát\s+động\s+(?:tới|đến|trong)|đề\s+nghị)\s+(?P<who>(?:toàn\s+thể|tất\s+cả|mỗi)\s+[^.;:]{6,160}?)(?=[.;:]|\s+(?:hãy|tích\s+cực|ra\s+sức|hăng\s+hái|thi\s+đua|quyết|phát\s+huy|hưởng|thực\s+hiện)(?!\w))",
        re.IGNORECASE,
    ),
)
_TAKING_WORDS = (
    "không khí",
    "phát động",
    "khí thế",
    "động lực",
    "động viên",
    "thu hút",
    "tất cả",
    "toàn thể",
    "toàn bộ",
    "đội ngũ",
    "tập thể",
    "100",
    "cụm",
    "khối",
    "khu vực",
    "mỗi",
)
# Pieces that say anew who they are stand apart: "Tập thể Sở; các tập thể nhỏ thuộc các đơn vị".
_APART = re.compile(r"(?:các\s+|những\s+)?(?:tập\s+thể|cá\s+nhân|hộ\s+gia\s+đình)(?!\w)", re.IGNORECASE)
_AND = re.compile(r",\s*|;\s*|\s+và\s+|\s+cùng\s+", re.IGNORECASE)
_WITHIN = re.compile(r"\s+(?:thuoc|trong|cua)\s+")
_NOT_UNDER = (
    Role.BASIS,
    Role.AWARDS,
    Role.CRITERIA,
    Role.RESPONSIBILITIES,
    Role.REVIEWS,
    Role.RELATED_MOVEMENTS,
    Role.SOLUTIONS,
)


def read_subjects(outline: Outline) -> list[Subject]:
    """Return who takes part, collectives, individuals and households apart."""
    if not outline.sets_out_work:
        return []
    passages = list(passages_of(outline))
    found = [one for passage in passages if _is_subject_line(passage) for one in _in_section(passage)]
    found = found or [
        one for reader in (_in_heading, _in_sentence) for passage in passages for one in reader(passage)
    ]
    return _each_once(found)


def _is_subject_line(passage: Passage) -> bool:
    return passage.area.nearest is Role.SUBJECTS and not passage.node.row and not passage.node.is_heading


def _in_section(passage: Passage) -> Iterator[Subject]:
    node, text = passage.node, passage.text
    kind = _kind_above(node)
    labelled = bool(node.label) and (_kind_of_label(node.label) is not None or bool(node.own_roles))
    start = node.rest_at if labelled else node.text_at
    lead = _LEAD.match(text, start)
    said = clauses(text, lead.end() if lead else start)
    groups = [one for one in said if not _CONDITIONS.match(text, one[0])]
    conditions = [text[slice(*one)] for one in said if one not in groups]
    if kind is not None and groups and not all(_APART.match(text, one[0]) for one in groups):
        groups = [(groups[0][0], groups[-1][1])]
    for group in groups:
        for part, part_kind in [(group, kind)] if kind else _by_kind(text, group):
            last = group is groups[-1] and conditions
            end = said[-1][1] if last else part[1]
            yield _subject(passage, part, part_kind, "; ".join(conditions) if last else None, end)


def _subject(
    passage: Passage, span: Span, kind: Kind, conditions: str | None = None, end: int = 0
) -> Subject:
    start, stop = trimmed(passage.text, *span)
    return Subject(
        place=passage.cite(start, max(stop, end)),
        kind=kind,
        who=passage.text[start:stop],
        conditions=conditions,
    )


def _by_kind(text: str, span: Span) -> list[tuple[Span, Kind]]:
    """Part a list into collectives, individuals and households, each run in the words of the text."""
    cuts = [span[0], *(match.end() for match in _AND.finditer(text, *span)), span[1]]
    runs: list[tuple[Span, Kind]] = []
    for start, end in itertools.pairwise(cuts):
        kind = kind_of(text[start:end].strip())
        if runs and (kind is None or kind == runs[-1][1]):
            runs[-1] = ((runs[-1][0][0], end), runs[-1][1])
        elif kind is not None:
            runs.append(((start, end), kind))
    return [(_without_and(text, run), kind) for run, kind in runs]


def _without_and(text: str, span: Span) -> Span:
    start, end = trimmed(text, *span)
    while text[start:end].endswith((" và", " cùng")):
        end = trimmed(text, start, text.rindex(" ", start, end))[1]
    return start, end


def _kind_above(node: Node) -> Kind | None:
    """Return the kind that the node's label or a heading above it says outright: "Tập thể:", "b) Cá nhân"."""
    for one in (node, *node.ancestors):
        if one.label and (kind := _kind_of_label(one.label)):
            return kind
        if one.own_roles:
            break
    return None


def _kind_of_label(label: str) -> Kind | None:
    words = fold(label).strip(" :.-")
    return next((kind for kind, said in _KIND_LABELS if said.match(words)), None)


def _in_heading(passage: Passage) -> Iterator[Subject]:
    """Yield the groups that headings of the contents address: "1. Đối với học sinh"."""
    node = passage.node
    match = _GROUP_HEADING.fullmatch(node.label) if node.label and not node.own_roles else None
    contents = passage.is_within(Role.CONTENTS, Role.TARGETS) or (
        node.parent is None and node.marker is not None
    )
    if match is None or not contents:
        return
    at = passage.start + match.start("who")
    for span, kind in _by_kind(passage.text, (at, passage.start + match.end("who"))):
        yield _subject(passage, span, kind)


def _in_sentence(passage: Passage) -> Iterator[Subject]:
    if passage.is_within(*_NOT_UNDER) or passage.node.row or not passage.says(*_TAKING_WORDS):
        return
    for form in _TAKING_PART:
        for match in form.finditer(passage.text, passage.start):
            for span, kind in _by_kind(passage.text, match.span("who")):
                yield replace(_subject(passage, span, kind), confidence="check")


def _one_place(one: Subject, other: Subject) -> bool:
    return one.place.start == other.place.start and one.kind == other.kind


def _each_once(subjects: list[Subject]) -> list[Subject]:
    """Leave out who was named before, in full or shorter ("các đơn vị trong Cụm")."""
    kept: dict[str, Subject] = {}
    for subject in subjects:
        key = _WITHIN.sub(" ", fold(subject.who))
        cut_short = [
            known for known, one in kept.items() if key.startswith(known) and _one_place(one, subject)
        ]
        for known in cut_short:
            del kept[known]
        if not any(known.startswith(key) for known in kept):
            kept[key] = subject
    return list(kept.values())
