"""Ten past years of ratings, honours, discipline and initiatives of the invented sector.

Chains and gaps, transfers on the way, titles revoked with others resting on them: everything the law asks
about occurs. The same people and units give the same history on every machine.
"""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from thidua.demo.chance import Chance
from thidua.demo.history import (
    Decision,
    GivenChange,
    GivenHonour,
    GivenInitiative,
    GivenMeasure,
    GivenRating,
    History,
)
from thidua.demo.people import Person
from thidua.demo.posts import Post
from thidua.demo.units import Sector, Unit

YEARS = 10
NATIONAL = {"BK_TTG": "TTg", "CO_CP": "TTg", "HCLD3": "CTN"}
ISSUERS = {"TTg": "Thủ tướng Chính phủ", "CTN": "Chủ tịch nước"}
OF_AUTHORITY = frozenset({"CSTDB", "TTLDXS", "CO_BO", "BK_BO", "KNC"})
LEVELS = {**dict.fromkeys(NATIONAL, "state"), **dict.fromkeys(OF_AUTHORITY, "ministry")}
HIRED_SHORT = frozenset({"probation", "contract_fixed"})
MEASURES = (("KHIEN_TRACH", 6), ("CANH_CAO", 3), ("HA_BAC_LUONG", 1), ("CACH_CHUC", 1))
FALSE_SHARE, OFFENCE_SHARE = 0.006, 0.002
REST, RUN, MOST_OF_RUN = 2, 4, 3
"""Years between two diplomas; years a long run looks back; how many of them must be fighter's years."""
SUBJECTS_OF_INITIATIVES = (
    "Rút ngắn thời gian trả kết quả",
    "Sổ theo dõi điện tử",
    "Bộ câu hỏi tình huống",
    "Quy trình phối hợp liên ngành",
    "Biểu mẫu điền sẵn",
    "Cẩm nang hỏi đáp",
    "Bảng kiểm hồ sơ",
    "Tổ hỗ trợ lưu động",
)
FIELDS_OF_INITIATIVES = (
    "đăng ký hộ tịch",
    "trợ giúp pháp lý cho người nghèo",
    "phổ biến pháp luật ở thôn, bản",
    "kiểm tra văn bản quy phạm",
    "công chứng, chứng thực",
    "thi hành án dân sự",
    "cấp phiếu lý lịch tư pháp",
    "lưu trữ hồ sơ của đơn vị",
)


@dataclass(slots=True)
class Papers:
    """Numbers the decisions of each body; no two papers of one day share a number, whoever signs."""

    sector: Sector
    known: dict[tuple[str, str, int], Decision] = field(default_factory=dict)
    taken: set[tuple[str, date]] = field(default_factory=set)

    def of(self, award: str, kind: str, place: str, year: int) -> Decision:
        """Return the decision that gives ``award`` for ``year`` to those of ``place``."""
        symbol, issuer, day = self.signer(award, place, year)
        key = (issuer, f"{award}/{kind}", year)
        if key not in self.known:
            number = 20 + zlib.crc32(f"{issuer}{award}{kind}{year}".encode()) % 1900
            while (f"{number}/QĐ-{symbol}", day) in self.taken:
                number += 1
            self.known[key] = Decision(f"{number}/QĐ-{symbol}", day, issuer)
            self.taken.add((f"{number}/QĐ-{symbol}", day))
        return self.known[key]

    def signer(self, award: str, place: str, year: int) -> tuple[str, str, date]:
        if symbol := NATIONAL.get(award):
            return symbol, ISSUERS[symbol], date(year + 1, 8, 20)
        day = date(year + 1, 3, 12) if award in OF_AUTHORITY else date(year, 12, 24)
        body = self.body(place, day, top=award in OF_AUTHORITY)
        return body.symbol, body.name_on(max(day, body.founded_on)).name, day

    def body(self, place: str, day: date, *, top: bool) -> Unit:
        """Return the nearest body with a letterhead above ``place`` on ``day``; with ``top`` the highest."""
        unit = self.sector.by_code[place]
        found = unit
        while True:
            if unit.symbol:
                found = unit
                if not top:
                    return found
            above = unit.parent_on(day) if unit.founded_on <= day else unit.parent
            if above is None:
                return found
            unit = self.sector.by_code[above]


def generate_history(seed: int, sector: Sector, people: Iterable[Person], today: date) -> History:
    """Invent the ten years before ``today``'s for everybody who served in them and every unit that was there."""
    history, papers = History(), Papers(sector)
    years = range(today.year - YEARS, today.year)
    for person in people:
        chance = Chance(seed ^ zlib.crc32(person.staff_code.encode()))
        Life(person, chance, papers, history, today).live(years)
    for unit in sector.units:
        chance = Chance(seed ^ zlib.crc32(unit.code.encode()))
        live_as_unit(unit, chance, papers, history, years, today)
    return history


@dataclass(slots=True)
class Life:
    """One person's years: how good they are, and the titles won so far by year."""

    person: Person
    chance: Chance
    papers: Papers
    history: History
    today: date
    won: dict[str, list[int]] = field(default_factory=dict)

    def live(self, years: Iterable[int]) -> None:
        gift = self.chance.between(0.35, 1.0)
        for year in years:
            post = post_on(self.person, date(year, 12, 24))
            if post and post_on(self.person, date(year, 2, 1)):
                self.spend(year, post, gift)

    def spend(self, year: int, post: Post, gift: float) -> None:
        disciplined = self.chance.happens(0.005) and self.disciplined(year, post)
        rating = self.rate(gift, disciplined=bool(disciplined))
        if self.chance.happens(0.985):  # a paper is missing here and there
            decision = self.papers.of("XL", "individual", post.unit, year)
            self.history.ratings.append(
                GivenRating(self.person.staff_code, "individual", year, rating, decision)
            )
        if rating in {"EXCELLENT", "GOOD"} and not disciplined and self.counts(year, post):
            self.titles(year, post, rating, gift)

    def rate(self, gift: float, *, disciplined: bool) -> str:
        if disciplined:
            return "COMPLETED"
        if self.chance.happens(gift * 0.42):
            return "EXCELLENT"
        return self.chance.weighted((("GOOD", 950), ("COMPLETED", 45), ("FAILED", 5)))

    def counts(self, year: int, post: Post) -> bool:
        """Say whether the year was worked long enough, in a post that counts."""
        away = any(
            leave.kind != "maternity" and leave.valid_from.year <= year <= leave.valid_until.year
            for leave in self.person.leaves
        )
        return not away and post.staff_kind not in HIRED_SHORT and self.chance.happens(0.96)

    def disciplined(self, year: int, post: Post) -> GivenMeasure:
        start = date(year, self.chance.whole(2, 11), self.chance.whole(1, 28))
        decision = self.papers.of(f"KL{start:%m%d}", self.person.staff_code, post.unit, year)
        decision = Decision(decision.number, start, decision.issuer)
        level = self.chance.weighted(MEASURES)
        measure = GivenMeasure(self.person.staff_code, level, start, start.replace(year=year + 1), decision)
        self.history.measures.append(measure)
        return measure

    def titles(self, year: int, post: Post, rating: str, gift: float) -> None:
        self.win("LDTT", year, post)
        initiative = rating == "EXCELLENT" and self.chance.happens(0.35)
        scope = "BO" if initiative and self.chance.happens(0.3) else "CO_SO"
        fighter = rating == "EXCELLENT" and self.chance.happens(0.25 + gift * 0.45)
        if fighter:
            self.win("CSTDCS", year, post)
        if initiative:
            self.invent(year, post, scope, used=fighter)
        if fighter:
            self.climb(year, post, scope if initiative else "")
        if self.chance.happens(0.05):
            self.win("GIAY_KHEN", year, post, kind="THEMATIC", first=year)

    def climb(self, year: int, post: Post, scope: str) -> None:
        """Win what stands on years of being a fighter: forms and the title above."""
        fighter = set(self.won.get("CSTDCS", ()))
        if {year, year - 1, year - 2} <= fighter and (scope == "BO" or self.chance.happens(0.35)):
            self.win("CSTDB", year, post)
        if {year, year - 1} <= fighter and self.rested("BK_BO", year, REST) and self.chance.happens(0.7):
            self.win("BK_BO", year, post, first=year - 1)
        long_run = sum(one in fighter for one in range(year - RUN, year + 1)) >= MOST_OF_RUN
        if long_run and self.won.get("BK_BO") and self.rested("BK_TTG", year, 5) and self.chance.happens(0.4):
            self.win("BK_TTG", year, post, first=year - RUN)
        honoured = self.won.get("BK_TTG")
        if honoured and year - honoured[0] >= RUN and not self.won.get("HCLD3") and self.chance.happens(0.5):
            self.win("HCLD3", year, post, first=year - RUN)

    def rested(self, award: str, year: int, years: int) -> bool:
        return all(year - one >= years for one in self.won.get(award, ()))

    def win(
        self, award: str, year: int, post: Post, *, kind: str = "MERIT", first: int | None = None
    ) -> None:
        decision = self.papers.of(award, "individual", post.unit, year)
        if decision.day > self.today:
            return
        self.won.setdefault(award, []).append(year)
        place = post_on(self.person, decision.day) or post
        honour = GivenHonour(
            self.person.staff_code,
            "individual",
            place.unit,
            award,
            kind,
            LEVELS.get(award, "unit"),
            year if first is None else first,
            year,
            decision,
        )
        self.history.honours.append(honour)
        if award == "CSTDCS" and self.chance.happens(FALSE_SHARE + OFFENCE_SHARE):
            fall(self.history, honour, self.chance, self.today)

    def invent(self, year: int, post: Post, scope: str, *, used: bool) -> None:
        decision = self.papers.of(f"SK{scope}", "individual", post.unit, year)
        decision = Decision(decision.number, date(year, 12, 2), decision.issuer)
        uses = (("CSTDCS", year),) if used else ()
        if used and self.chance.happens(0.03):
            uses = (*uses, ("CSTDB", year + 1))
        title = f"{self.chance.one(SUBJECTS_OF_INITIATIVES)} trong {self.chance.one(FIELDS_OF_INITIATIVES)}"
        self.history.initiatives.append(
            GivenInitiative(
                ((self.person.staff_code, 100),),
                post.unit,
                year,
                title,
                scope,
                date(year, self.chance.whole(1, 6), self.chance.whole(1, 28)),
                decision,
                replicable=self.chance.happens(0.6),
                used_for=uses,
            )
        )


def post_on(person: Person, day: date) -> Post | None:
    """Return the main post held on ``day``."""
    held = (
        post
        for post in person.posts
        if post.kind == "main"
        and post.valid_from <= day
        and (post.valid_until is None or day < post.valid_until)
    )
    return next(held, None)


def fall(history: History, honour: GivenHonour, chance: Chance, today: date) -> None:
    """Let the honour just given be revoked some months later; one in four is restored."""
    on = honour.decision.day + timedelta(days=chance.whole(120, 700))
    if on >= today - timedelta(days=90):
        return
    place = len(history.honours) - 1
    offended = chance.happens(OFFENCE_SHARE / (FALSE_SHARE + OFFENCE_SHARE))
    number, _, symbol = honour.decision.number.partition("/")
    paper = Decision(f"{int(number) + 3}/{symbol}", on, honour.decision.issuer)
    reason = (
        "Phát hiện vi phạm trong năm được xét tặng danh hiệu."
        if offended
        else "Khai báo thành tích không đúng trong hồ sơ đề nghị."
    )
    history.changes.append(GivenChange(place, "revoked", on, paper, reason))
    if chance.happens(0.25):
        back = on + timedelta(days=60)
        again = Decision(f"{int(number) + 5}/{symbol}", back, honour.decision.issuer)
        history.changes.append(
            GivenChange(
                place, "restored", back, again, "Kết luận giải quyết khiếu nại: thành tích khai đúng."
            )
        )


def live_as_unit(
    unit: Unit, chance: Chance, papers: Papers, history: History, years: Iterable[int], today: date
) -> None:
    """Rate and honour a collective for each year it lasted to the end of."""
    if unit.parent is None or unit.body_role == "coordinating":
        return
    gift = chance.between(0.3, 1.0)
    won: dict[str, list[int]] = {}
    for year in years:
        if not unit.exists(date(year, 12, 24)) or unit.founded_on.year == year:
            continue
        for award, first in awards_of_unit(chance, gift, year, won, has_seal=bool(unit.symbol)):
            decision = papers.of(award, "collective", unit.code, year)
            if decision.day > today:
                continue
            won.setdefault(award, []).append(year)
            level = LEVELS.get(award, "unit")
            history.honours.append(
                GivenHonour(unit.code, "collective", unit.code, award, "MERIT", level, first, year, decision)
            )
        rating = (
            "EXCELLENT" if year in won.get("TTLDXS", ()) else "GOOD" if chance.happens(0.96) else "COMPLETED"
        )
        history.ratings.append(
            GivenRating(unit.code, "collective", year, rating, papers.of("XL", "collective", unit.code, year))
        )


def awards_of_unit(
    chance: Chance, gift: float, year: int, won: dict[str, list[int]], *, has_seal: bool
) -> Iterator[tuple[str, int]]:
    """Yield the awards of one year of a collective, each with the first year of its period."""
    if not chance.happens(0.9):
        return
    yield "TTLDTT", year
    excellent = chance.happens(gift * 0.5)
    if excellent:
        yield "TTLDXS", year
    row = set(won.get("TTLDXS", ())) | ({year} if excellent else set())
    if (
        {year, year - 1} <= row
        and all(year - one >= REST for one in won.get("BK_BO", ()))
        and chance.happens(0.6)
    ):
        yield "BK_BO", year - 1
    if has_seal and excellent and chance.happens(0.12):
        yield "CO_BO", year
        if chance.happens(0.2):
            yield "CO_CP", year
    if won.get("BK_BO") and len(row) >= RUN and not won.get("BK_TTG") and chance.happens(0.4):
        yield "BK_TTG", year - RUN
