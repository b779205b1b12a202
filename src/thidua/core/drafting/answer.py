"""What the plan of a unit may begin with when it answers a movement: sentences such plans have, for the unit to change.

They are made from what the unit received and from its own divisions. No figure and no day is added, and no duty
beyond those every plan gives: to spread it, to do one's part, to follow it up and report.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from thidua.core.drafting.plan import capital
from thidua.core.text.folding import fold

_KINDS = (
    "Học viện", "Trung tâm", "Tổng cục", "Nhà xuất bản", "Tạp chí", "Thanh tra", "Văn phòng", "Ủy ban",
    "Bộ", "Sở", "Cục", "Vụ", "Viện", "Trường", "Hội", "Báo", "Ban", "Phòng", "Chi cục", "Khoa",
)  # fmt: skip
# Who follows emulation up, the surest name first; a division for «hành chính tư pháp» is a professional one.
_FOCAL = (
    re.compile(r"thi dua"),
    re.compile(r"^van phong\b"),
    re.compile(r"to chuc"),
    re.compile(r"tong hop|hanh chinh(?! tu phap)"),
)
_BY_HEAD = re.compile(
    r"^(?:thu truong|lanh dao|nguoi dung dau|giam doc|chanh|truong|vu truong|cuc truong|vien truong|chu tich)\b"
)
_KIND_WORDS = re.compile(
    r"^(?:phong|trung tam|khoa|ban|to|vu|cuc|chi cuc|van phong)\s+|\s+(?:nha nuoc|so \d+)$"
)
_WORD = re.compile(r"[a-z0-9]+")
_TELLING_WORDS = 3
_CLAUSE = re.compile(r"[;.](?=\s)|[;.]$|\n")
_LEAST_SHARED = 0.7


class Side(StrEnum):
    """Who of the unit a received duty falls to."""

    HEAD = "head"
    FOCAL = "focal"


@dataclass(frozen=True, slots=True)
class ReceivedDuty:
    """A duty of the plan above, and the body it names there."""

    body: str
    text: str

    @property
    def side(self) -> Side:
        """The head's own where the plan above names heads, else the division's that follows emulation up."""
        return Side.HEAD if _BY_HEAD.match(fold(self.body)) else Side.FOCAL


@dataclass(frozen=True, slots=True)
class Answering:
    """What is known when a unit begins its plan.

    ``source`` is the plan above as papers cite it, ``divisions`` the unit's own in their order, ``contents`` the
    titles taken up, ``above`` who is reported to.
    """

    body: str
    above: str
    source: str
    theme: str
    divisions: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    duties: tuple[ReceivedDuty, ...] = ()

    @property
    def short(self) -> str:
        """What the unit calls itself in its own papers: «Sở», «Cục»; the whole name where that is not told."""
        return next((kind for kind in _KINDS if self.body.startswith(f"{kind} ")), self.body)

    @property
    def focal(self) -> str:
        """The division that follows emulation up."""
        for form in _FOCAL:
            if found := next((name for name in self.divisions if form.search(fold(name))), None):
                return found
        return f"Bộ phận phụ trách thi đua, khen thưởng của {self.short}"

    @property
    def everybody(self) -> str:
        """The divisions together, or the people of a unit that has none."""
        if self.divisions:
            return f"Các phòng, đơn vị thuộc {self.short}"
        return f"{capital(self.people)} của {self.short}"

    @property
    def people(self) -> str:
        """Who works in the unit: an association has members, a State body its staff."""
        return "cán bộ, hội viên" if self.short == "Hội" else "công chức, viên chức, người lao động"


def purposes(given: Answering) -> tuple[str, ...]:
    return (
        (
            f"Tổ chức thực hiện đầy đủ, kịp thời {given.source} tại {given.body}; đưa phong trào thi đua "
            f"“{given.theme}” thành việc làm cụ thể của từng tập thể, cá nhân."
        ),
        (
            f"Động viên {given.people} của {given.short} hoàn thành nhiệm vụ được giao; "
            "phát hiện, khen thưởng kịp thời và nhân rộng điển hình."
        ),
    )


def requirements(given: Answering) -> tuple[str, ...]:
    return (
        (
            f"{given.everybody} bám sát nội dung, chỉ tiêu của Kế hoạch; phân công rõ người, rõ việc, rõ thời hạn, "
            "rõ kết quả."
        ),
        "Việc phát động, theo dõi, sơ kết, tổng kết và bình xét bảo đảm thực chất, công khai, dân chủ, đúng thời hạn.",
    )


def funding(given: Answering) -> str:
    return (
        "Kinh phí thực hiện bố trí từ nguồn kinh phí hoạt động được giao và quỹ thi đua, khen thưởng của "
        f"{given.short} theo quy định."
    )


def recipients(given: Answering) -> tuple[tuple[str, str], ...]:
    """Return who the paper goes to and what for."""
    return (
        (given.above, "để báo cáo"),
        (f"Lãnh đạo {given.short}", "để chỉ đạo"),
        (given.everybody, "để thực hiện"),
    )


def assignments(given: Answering) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each body of the unit with its duties: head, focal division, those with contents of their own, all."""
    own = [(name, contents_of(name, given.contents)) for name in given.divisions]
    parts = [
        (f"Lãnh đạo {given.short}", _received(given, Side.HEAD)),
        (given.focal, (*_received(given, Side.FOCAL), *_following_up(given))),
        *((name, (_leading(titles),)) for name, titles in own if titles and name != given.focal),
        (given.everybody, _common(given)),
    ]
    return tuple((body, texts) for body, texts in parts if texts)


def contents_of(division: str, contents: Sequence[str]) -> tuple[str, ...]:
    """Return the contents whose words name the division's field: «Trợ giúp pháp lý» for that centre."""
    name = _KIND_WORDS.sub("", _KIND_WORDS.sub("", fold(division)))
    words = _WORD.findall(name)
    told = [words[n : n + _TELLING_WORDS] for n in range(max(len(words) - _TELLING_WORDS, 0) + 1)]
    return tuple(title for title in contents if any(_stands(some, title) for some in told if len(some) > 1))


def _stands(some: Sequence[str], title: str) -> bool:
    return f" {' '.join(some)} " in f" {' '.join(_WORD.findall(fold(title)))} "


def _received(given: Answering, side: Side) -> tuple[str, ...]:
    return tuple(f"{capital(duty.text.rstrip(' .;'))}." for duty in given.duties if duty.side is side)


def _following_up(given: Answering) -> tuple[str, ...]:
    return (
        (
            "Theo dõi, đôn đốc, tổng hợp kết quả thực hiện Kế hoạch; tham mưu sơ kết, tổng kết, bình xét, đề nghị khen "
            f"thưởng và báo cáo {given.above} theo quy định."
        ),
    )


def _leading(titles: Sequence[str]) -> str:
    quoted = [f"“{title.partition(':')[0].rstrip(' .;')}”" for title in titles]
    return f"Tham mưu, tổ chức thực hiện nội dung {'; '.join(quoted)}."


def _common(given: Answering) -> tuple[str, ...]:
    return (
        (
            f"Phổ biến Kế hoạch đến từng {given.people}; đăng ký thi đua và giao chỉ tiêu "
            "thành việc của từng người."
        ),
        (
            f"Thực hiện nội dung, chỉ tiêu thi đua trong phạm vi nhiệm vụ được giao; gửi kết quả về {given.focal} theo "
            "các mốc thời gian của Kế hoạch."
        ),
    )


# ---- The work of a deadline ----

# How a reading leaves the work: its verb behind it.
_BEHIND = re.compile(
    r"^(?P<thing>.+?)\s+(?:được\s+)?(?P<verb>gửi|tổ chức|thực hiện|hoàn thành)(?P<where>\s+(?:về|cho|đến|tới|qua) .+)?$"
)
_SENT = re.compile(
    r"^(?P<thing>(?:báo cáo|hồ sơ|bản|bảng|biên bản|danh sách|kết quả|kế hoạch|văn bản)\b.*?)\s+(?:được\s+)?"
    r"(?P<verb>gửi)(?P<where>\s.+)$",
    re.IGNORECASE,
)
_UPWARD = re.compile(
    r"\b(?:gui|bao cao|ho so|tong hop|so ket|tong ket|dang ky|danh sach|bien ban|bang tu cham)\b"
)
_BEGINS_WITH_VERB = re.compile(
    r"^(?:gui|to chuc|thuc hien|hoan thanh|ban hanh|xay dung|trinh|phan cong|giao|lap|dua|tra loi)\b"
)


def work_words(what: str, who: str = "") -> str:
    """Return the work with its verb first and without its subject: «Gửi báo cáo sơ kết Đợt I»."""
    words = " ".join(what.split()).rstrip(" .;,")
    if who and words.startswith(who) and not who.startswith(words):
        words = words[len(who) :].lstrip(" ,")
    found = None if _BEGINS_WITH_VERB.match(fold(words)) else (_SENT.match(words) or _BEHIND.match(words))
    if found:
        where = found["where"] or ""
        to = " về" if where.strip()[:1].isupper() else ""
        words = f"{found['verb']} {_small(found['thing'])}{to}{where}"
    return capital(words)


def _small(text: str) -> str:
    """Return the text with its first letter small, unless its word is written in capitals."""
    first = text.split(maxsplit=1)[0] if text else ""
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]


def goes_upward(what: str) -> bool:
    """Say whether the work is something to be gathered and sent up, which the focal division does."""
    return bool(_UPWARD.search(fold(what)))


# ---- The unit's own figure ----


def with_figure(text: str, old: str, new: str) -> str:
    """Return the target's words with the unit's own figure, where the old one stands in them just once.

    A figure written «02» as papers do stays written so.
    """
    form = re.compile(rf"(?<![\d.,])(0*){re.escape(old)}(?![\d]|[.,]\d)")
    padding = form.findall(text)
    if len(padding) != 1:
        return text
    written = new.zfill(len(padding[0]) + len(old)) if padding[0] and new.isdigit() else new
    return form.sub(written, text)


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """A target to which the unit set its own figure: its words in the plan above, both figures as they are written."""

    text: str
    old: str
    new: str

    def told_in(self, line: str) -> str:
        """Return the clause of the line that speaks of the target with the figure above; empty where none does."""
        return next((clause for clause in _clauses(line) if self._speaks(clause)), "")

    def in_line(self, line: str) -> str:
        """Return the line with the unit's figure where it speaks of the target."""
        if clause := self.told_in(line):
            told = next((one for one in (self.text, clause) if one in clause), clause)
            return line.replace(told, with_figure(told, self.old, self.new), 1)
        return line

    def _speaks(self, clause: str) -> bool:
        asked, told = _telling(self.text), _telling(clause)
        if not re.search(rf"(?<![\d.,])0*{re.escape(self.old)}(?![\d]|[.,]\d)", clause):
            return False
        return bool(asked) and len(asked & told) >= _LEAST_SHARED * len(asked)


def _clauses(line: str) -> list[str]:
    return [clause for clause in (part.strip() for part in _CLAUSE.split(line)) if clause]


def _telling(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{2,}", fold(text)))
