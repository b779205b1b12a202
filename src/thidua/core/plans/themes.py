"""The slogan of a movement, word for word, in quotation marks or not."""

import re
from collections.abc import Iterator

from thidua.core.plans.items import Theme
from thidua.core.plans.lines import Clean, joined
from thidua.core.plans.outline import Outline
from thidua.core.plans.paragraphs import is_upper
from thidua.core.plans.roles import Role
from thidua.core.plans.titles import title_parts
from thidua.core.text.folding import fold

_OPEN, _CLOSE = '“"«', '”"»'
_QUOTED = rf"[{_OPEN}]\s*(?P<quoted>[^{_CLOSE}]{{4,400}}?)\s*(?:[{_CLOSE}]|(?=\s*(?:giai đoạn|năm 20))|\Z)"
_SAID = re.compile(
    rf"(?:với\s+)?(?:chủ đề|khẩu hiệu|phương châm thi đua|tên gọi)(?:\s+(?:hành động|thi đua|năm|là|của [^“\":]{{3,60}}|thi đua năm|năm \d{{4}}|chung|xuyên suốt))*\s*(?:là)?\s*:?\s*{_QUOTED}",
    re.IGNORECASE,
)
_SAID_BARE = re.compile(
    r"(?:với\s+)?(?:chủ đề|khẩu hiệu)(?:\s+(?:hành động|thi đua|là))*\s*(?::|là:?)\s*(?P<bare>[^“\"”:;]{8,300}?)(?=[.;:]|\s*,\s*(?:với|gồm|cụ thể)|\s+(?:với|bao gồm) (?:những |các )?nội dung|\Z)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?:phong trào(?:\s+thi đua)?(?:\s+(?:cao điểm|đặc biệt|yêu nước|chuyên đề))?|(?:đợt|tháng)\s+thi đua(?:\s+(?:cao điểm|đặc biệt|chuyên đề|ngắn hạn))*|cuộc vận động|phát động thi đua|chiến dịch)"
    rf"(?:\s+(?:với\s+)?(?:chủ đề|mang tên|có tên)|(?:\s+[^\s“”\".,;:]+){{1,8}})?\s*:?\s*{_QUOTED}",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:hưởng ứng|thực hiện|căn cứ|theo|quyết định|kế hoạch số|chỉ thị|đã được|đã phát động|do)\b[^.;]{0,160}\Z",
    re.IGNORECASE,
)
_LAUNCHES_WITH_THEME = re.compile(
    r"(?:phát động|tổ chức|phong trào|đợt)[^.;“\"]{0,120}(?:với|lấy|mang) (?:chủ đề|khẩu hiệu)", re.IGNORECASE
)
_LAUNCHES = re.compile(
    r"(?:phát động|ban hành|xây dựng|tổ chức|triển khai)\b[^.;“\"]{0,200}\Z", re.IGNORECASE
)


def read_themes(outline: Outline) -> list[Theme]:
    """Read the slogans of this movement, those of other movements and of single rounds left out."""
    if not outline.is_launch_plan and outline.part.kind != "GIAO_UOC":
        return []
    themes: list[Theme] = []
    for theme in (*_said(outline), *_named(outline)):
        same = next((at for at, other in enumerate(themes) if _same(theme.text, other.text)), None)
        if same is None:
            themes.append(theme)
        elif is_upper(themes[same].text) and not is_upper(theme.text):
            themes[same] = theme  # a title in capitals hides how the slogan is written
    return themes


def _same(one: str, other: str) -> bool:
    first, second = (re.sub(r"\W+", " ", fold(text)).strip() for text in (one, other))
    return first in second or second in first


def _said(outline: Outline) -> Iterator[Theme]:
    """Slogans that the text calls so: «với chủ đề “…”», «khẩu hiệu hành động: …»."""
    for clean in _opening(outline):
        for match in _SAID.finditer(clean.text):
            yield _theme(outline, clean, match, "quoted")
        if not _SAID.search(clean.text) and (bare := _SAID_BARE.search(clean.text)):
            yield _theme(outline, clean, bare, "bare")


def _named(outline: Outline) -> Iterator[Theme]:
    """The quoted name of the movement in the title, or where the first sentences launch it."""
    parts = title_parts(outline)
    if parts and outline.is_launch_plan:
        title = joined(parts)
        for match in _NAMED.finditer(title.text):
            yield _theme(outline, title, match, "quoted")
    for node in outline.preamble if outline.is_launch_plan else ():
        for match in _NAMED.finditer(node.clean.text):
            before = _clause_before(node.clean.text, match.start())
            if re.search(
                r"phát động|ban hành kế hoạch|xây dựng kế hoạch|tổ chức",
                before + match.group()[:24],
                re.IGNORECASE,
            ) and not _OTHERS.search(before):
                yield _theme(outline, node.clean, match, "quoted")


def _clause_before(text: str, place: int) -> str:
    """Return the words before ``place`` back to the last comma, semicolon or full stop."""
    return re.split(r"[,;.]\s", text[max(0, place - 240) : place])[-1]


def _opening(outline: Outline) -> Iterator[Clean]:
    """Where the theme of the whole movement is said: title, preamble, a section of its own, its purposes."""
    if parts := title_parts(outline):
        yield joined(parts)
    for node in outline.preamble:
        yield node.clean
    if outline.part.kind == "GIAO_UOC":
        yield from (node.clean for node in outline.nodes if not node.marker)
    for node in outline.nodes:
        if _LAUNCHES_WITH_THEME.search(node.text) and not node.is_under(Role.PHASES, Role.RELATED_MOVEMENTS):
            yield node.clean
    for heading in outline.under(Role.THEME):
        if not heading.is_under(Role.PHASES):
            for node in heading.walk():
                yield node.clean


def _theme(outline: Outline, clean: Clean, match: re.Match[str], group: str) -> Theme:
    text = match[group].strip(" .,;*")
    return Theme(place=outline.cite(clean, match.start(), match.end()), text=text)
