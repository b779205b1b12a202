"""The slogan of a movement, word for word, in quotation marks or not."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from thidua.core.plans.items import Theme
from thidua.core.plans.lines import Clean, joined
from thidua.core.plans.outline import Node, Outline
from thidua.core.plans.paragraphs import is_upper
from thidua.core.plans.roles import Role
from thidua.core.plans.titles import title_parts
from thidua.core.text.folding import fold

_OPEN, _CLOSE = '“"«', '”"»'
# Quotation marks closed, or opened and never closed: then the slogan ends with the sentence or before its span.
_QUOTED = (
    rf"[{_OPEN}] ?(?:(?P<quoted>[^{_CLOSE}]{{4,400}}?) ?[{_CLOSE}]|"
    rf"(?P<unclosed>[^{_CLOSE};]{{4,300}}?)"
    rf"(?= (?:giai đoạn|năm) 20|,? (?:và|với|gồm|bao gồm) (?:những |các |một số )?nội dung|,? (?:cụ thể )?như sau|\Z))"
)
_CALLED = "chủ đề|khẩu hiệu|phương châm thi đua|tên gọi"
_CALLED_MORE = r"hành động|thi đua|năm(?: \d{4})?|là|của [^“\":]{3,60}|chung|xuyên suốt"
_SAID = re.compile(rf"(?:với )?(?:{_CALLED})(?: (?:{_CALLED_MORE}))* ?:? ?{_QUOTED}", re.IGNORECASE)
_SAID_BARE = re.compile(
    r"(?:với )?(?:chủ đề|khẩu hiệu)(?: (?:hành động|thi đua|là))* ?(?::|là:?) ?(?P<bare>[^“\"”:;]{8,300}?)"
    r"(?=[.;:]| ?, ?(?:với|gồm|cụ thể)| (?:với|bao gồm) (?:những |các )?nội dung|\Z)",
    re.IGNORECASE,
)
_MOVEMENTS = (
    "phong trào(?: thi đua)?(?: (?:cao điểm|đặc biệt|yêu nước|chuyên đề))?",
    "(?:đợt|tháng) thi đua(?: (?:cao điểm|đặc biệt|chuyên đề|ngắn hạn))*",
    "cuộc vận động",
    "phát động thi đua",
    "chiến dịch",
)
_NAMED = re.compile(
    rf"(?:{'|'.join(_MOVEMENTS)})(?: (?:với )?(?:chủ đề|mang tên|có tên)|(?: [^ “”\".,;:]+){{1,8}})? ?:? ?{_QUOTED}",
    re.IGNORECASE,
)
# «… phát động thi đua … với tinh thần “…”»: what the movement is launched in.
_SPIRIT = re.compile(rf"với (?:tinh thần|phương châm|thông điệp|quyết tâm) ?:? ?{_QUOTED}", re.IGNORECASE)
_CALLS = re.compile(r"phát động|kêu gọi|thi đua|phong trào", re.IGNORECASE)
# «Thi đua “…”» at the head of a title.
_TITLED = re.compile(
    rf"(?:(?:tổ chức|triển khai|phát động) )?(?:đợt )?(?:thi đua|cao điểm) {_QUOTED}", re.IGNORECASE
)
# Words before a name that is another body's movement, and words with which this plan launches its own.
_OTHERS = re.compile(
    r"(?:hưởng ứng|thực hiện|căn cứ|theo|quyết định|kế hoạch số|chỉ thị|đã được|đã phát động|do)\b[^.;]{0,160}\Z",
    re.IGNORECASE,
)
_LAUNCHES = re.compile(r"phát động|ban hành kế hoạch|xây dựng kế hoạch|tổ chức", re.IGNORECASE)
_LAUNCHES_WITH_THEME = re.compile(
    r"(?:phát động|tổ chức|phong trào|đợt|thi đua)[^.;“\"]{0,120}(?:với|lấy|mang|theo) (?:chủ đề|khẩu hiệu)",
    re.IGNORECASE,
)
# «Điều 1. Phát động đợt thi đua “…”»: a decision or directive launches in its first order.
_OPENS_LAUNCH = re.compile(r"(?:nay )?phát động (?:phong trào|đợt|cuộc|tháng|chiến dịch)", re.IGNORECASE)
_ANNOUNCED = re.compile(rf"(?:{_CALLED})(?: (?:{_CALLED_MORE}))* ?(?::|là:?)\Z", re.IGNORECASE)
_WHOLLY_QUOTED = re.compile(rf"[{_OPEN}][^{_CLOSE}]{{4,300}}[{_CLOSE}][.,;]?")
_SENTENCE_END = re.compile(r"[;.] ")
_CLAUSE_END = re.compile(r"[,;.] ")
_NOT_LETTERS = re.compile(r"\W+")
_LONGEST_CLAUSE = 240
_FIRST_WORDS_OF_NAME = 24


@lru_cache(maxsize=1)  # asked for again by those who look for other movements
def read_themes(outline: Outline) -> tuple[Theme, ...]:
    """Read the slogans of this movement, those of other movements and of single rounds left out."""
    if not outline.is_launch_plan and outline.part.kind != "GIAO_UOC":
        return ()
    themes: list[Theme] = []
    for theme in (*_said(outline), *_named(outline)):
        same = next((at for at, other in enumerate(themes) if _same(theme.text, other.text)), None)
        if same is None:
            themes.append(theme)
        elif is_upper(themes[same].text) and not is_upper(theme.text):
            themes[same] = theme  # a title in capitals hides how the slogan is written
    return tuple(themes)


def _same(one: str, other: str) -> bool:
    first, second = (_NOT_LETTERS.sub(" ", fold(text)).strip() for text in (one, other))
    return first in second or second in first


def _said(outline: Outline) -> Iterator[Theme]:
    """Slogans that the text calls so: «với chủ đề “…”», «khẩu hiệu hành động: …»."""
    for clean in _opening(outline):
        quoted = list(_SAID.finditer(clean.text))
        bare = None if quoted else _SAID_BARE.search(clean.text)
        for match in [*quoted, *([bare] if bare else [])]:
            yield _theme(outline, clean, match)


def _named(outline: Outline) -> Iterator[Theme]:
    """Names of the movement in quotation marks: in the title, or where the first sentences launch it."""
    if not outline.is_launch_plan:
        return
    parts = title_parts(outline)
    if parts:
        title = joined(parts)
        for match in _NAMED.finditer(title.text):
            yield _theme(outline, title, match)
        if titled := _TITLED.match(title.text):
            yield _theme(outline, title, titled)
    launching = next((node for node in outline.nodes if node.marker and _OPENS_LAUNCH.match(node.text)), None)
    for node in (*outline.preamble, *([launching] if launching else [])):
        for match in _NAMED.finditer(node.clean.text):
            before = _clause_before(node.clean.text, match.start())
            launches = _LAUNCHES.search(before + match.group()[:_FIRST_WORDS_OF_NAME])
            if launches and not _OTHERS.search(before):
                yield _theme(outline, node.clean, match)
        yield from _in_spirit(outline, node)


def _in_spirit(outline: Outline, node: Node) -> Iterator[Theme]:
    if "với " not in node.low:
        return
    for match in _SPIRIT.finditer(node.clean.text):
        sentence = _SENTENCE_END.split(
            node.clean.text[max(0, match.start() - _LONGEST_CLAUSE) : match.start()]
        )[-1]
        calls = list(_CALLS.finditer(sentence))
        if calls and not _OTHERS.search(_clause_before(sentence, calls[-1].end())):
            yield _theme(outline, node.clean, match)


def _clause_before(text: str, place: int) -> str:
    """Return the words before ``place`` back to the last comma, semicolon or full stop."""
    return _CLAUSE_END.split(text[max(0, place - _LONGEST_CLAUSE) : place])[-1]


def _opening(outline: Outline) -> Iterator[Clean]:
    """Where the theme of the whole movement is said: title, preamble, a section of its own, a launching sentence."""
    if parts := title_parts(outline):
        yield joined(parts)
    for node in outline.preamble:
        yield node.clean
    yield from _on_next_line(outline)
    for node in outline.nodes:
        plain = outline.part.kind == "GIAO_UOC" and node.marker is None
        named = Role.THEME in node.own_roles  # «Đợt thi đua được phát động với chủ đề: …»
        if plain or named or (_launches(node) and not node.is_under(Role.PHASES, Role.RELATED_MOVEMENTS)):
            yield node.clean


def _launches(node: Node) -> bool:
    told = "chủ đề" in node.low or "khẩu hiệu" in node.low
    return (told and _LAUNCHES_WITH_THEME.search(node.text) is not None) or node.is_under(Role.THEME)


def _on_next_line(outline: Outline) -> Iterator[Clean]:
    """«… với khẩu hiệu hành động:» above a line that is nothing but the slogan."""
    for node, below in pairwise(outline.nodes):
        headed = node.is_heading and node.own_roles == (Role.THEME,)
        if _WHOLLY_QUOTED.fullmatch(below.text) and (headed or _ANNOUNCED.search(node.text)):
            yield joined([node.clean, below.clean])


def _theme(outline: Outline, clean: Clean, match: re.Match[str]) -> Theme:
    text = next(
        text for text in (match.groupdict().get(name) for name in ("quoted", "unclosed", "bare")) if text
    )
    return Theme(place=outline.cite(clean, match.start(), match.end()), text=text.strip(" .,;*"))
