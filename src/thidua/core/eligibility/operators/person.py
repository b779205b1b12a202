"""Conditions on one person's year: rating, time at work, discipline, open matters, what is vouched for."""

from datetime import date, timedelta
from fractions import Fraction

from thidua.core.eligibility.case import DisciplineTime, Leave, Transferred
from thidua.core.eligibility.facts import Facts, Look, NotAskedError, Truth
from thidua.core.eligibility.operators.wording import (
    DISCIPLINES,
    LEAVES,
    NONE_SEEN,
    PENDING,
    RATINGS,
    STAFF,
    STUDY_RESULTS,
    UNKNOWN,
    occupation_in_words,
)
from thidua.core.eligibility.spans import MONTHS, months, within, year_span
from thidua.core.law import operators as ask
from thidua.core.law.messages import Message, Rough, later, made, say
from thidua.core.law.words import Attested, LeaveKind, Rating, StaffKind

ATTESTED = {
    Attested.FOLLOWS_RULES: say("chấp hành tốt chủ trương, pháp luật và nội quy"),
    Attested.EXCEEDED_TARGETS: say("hoàn thành vượt mức các chỉ tiêu, nhiệm vụ"),
    Attested.NEW_MODEL: say("có mô hình mới, là điển hình để học tập"),
    Attested.SOLIDARITY: say("đoàn kết, giúp đỡ nhau"),
    Attested.TAKES_PART: say("tích cực tham gia phong trào thi đua"),
    Attested.DEMOCRACY: say("thực hiện tốt dân chủ cơ sở, chăm lo đời sống"),
    Attested.THRIFT: say("thực hành tiết kiệm, phòng chống tham nhũng, lãng phí"),
    Attested.PARTY_BODIES_GOOD: say("tổ chức đảng, đoàn thể được xếp loại hoàn thành tốt trở lên"),
    Attested.MOVEMENT_EXCELLENT: say("có thành tích xuất sắc trong phong trào thi đua"),
    Attested.OUTSTANDING_DEED: say("lập được nhiều thành tích hoặc thành tích đột xuất"),
    Attested.CONTRIBUTION: say("có đóng góp được ghi nhận"),
    Attested.INVENTION: say("có phát minh, sáng chế, cải tiến có giá trị"),
    Attested.WIDE_EFFECT: say("thành tích có phạm vi ảnh hưởng trong bộ, ngành, tỉnh"),
    Attested.PLAN_SENT: say("kế hoạch phát động đã gửi cơ quan thi đua trung ương"),
    Attested.ANNIVERSARY: say("nhân dịp kỷ niệm năm tròn"),
    Attested.RETIRING: say("trước khi nghỉ hưu"),
    Attested.ASSIGNED_TASK: say("thực hiện nhiệm vụ được cấp trên giao trong nhiều năm"),
    Attested.CONTEST_PRIZE: say("đạt giải theo thể lệ cuộc thi"),
    Attested.NO_COMPLAINT: say("không có đơn thư khiếu nại, tố cáo"),
    Attested.PRIOR_APPROVAL: say("đã được cấp có thẩm quyền đồng ý chủ trương"),
    Attested.TITLE_AT_ONCE: say("thuộc diện được tặng ngay, không tính thời gian"),
    Attested.REORGANISED: say("là tập thể được tổ chức lại"),
}


def rating(asks: ask.RatingAtLeast, facts: Facts) -> Look:
    ratings = facts.subject.ratings or {}
    seen = {year: ratings.get(year) for year in range(facts.first_year, facts.last_year + 1)}
    least = asks.at_least
    met: Truth = True
    for found in seen.values():
        if found is None:
            met = None
        elif found.rank < least.rank:
            met = False
            break
    return made(Look, (met, _RATING_ASKED[least], later(_ratings_in_words, seen), None))


_RATING_ASKED = {
    rating: say("Xếp loại từ “{rating}” trở lên", rating=words) for rating, words in RATINGS.items()
}


def _ratings_in_words(seen: dict[int, Rating | None]) -> Message:
    words = tuple(
        say("năm {year}: {rating}", year=year, rating=RATINGS[found] if found is not None else UNKNOWN)
        for year, found in seen.items()
    )
    return say("{all}", all=words)


def employed(asks: ask.Employed, facts: Facts) -> Look:
    wanted, entry = facts.amount(asks.months)
    asked = say("Được tuyển dụng từ đủ {months} tháng", months=wanted)
    hired = facts.subject.hired_on
    if hired is None:
        met, seen = _employed_by_work(wanted, facts)
        return Look(met, asked, seen, entry)
    until = min(facts.case.on, year_span(facts.last_year, facts.last_year)[1])
    served = months(hired, until)
    seen = say(
        "tuyển dụng ngày {day}, {months} tháng đến {until}", day=hired, months=Rough(served), until=until
    )
    return Look(served >= wanted, asked, seen, entry)


def _employed_by_work(wanted: Fraction, facts: Facts) -> tuple[Truth, Message]:
    """Judge by the months worked in the year: who was neither at work nor on leave was not there yet."""
    worked = (facts.subject.working_months or {}).get(facts.last_year)
    if worked is None:
        return None, UNKNOWN
    seen = say("làm việc {months} tháng trong năm", months=worked)
    if worked >= wanted:
        return True, seen
    if facts.subject.leave is None:
        return None, seen
    start, end = year_span(facts.last_year, facts.last_year)
    there = worked + sum(_leave_by_kind(facts, start, end).values(), Fraction(0))
    return (False if there < min(wanted, months(start, min(facts.case.on, end))) else None), seen


def absence(asks: ask.Absence, facts: Facts) -> Look:
    below, entry = facts.amount(asks.below)
    asked = say("Không nghỉ từ {months} tháng trở lên trong năm ({kinds} không tính là nghỉ)",
                months=below, kinds=tuple(LEAVES[kind] for kind in asks.excused))  # fmt: skip
    sure, possible, seen = _months_off(asks, facts)
    if asks.up_to is not None and sure >= facts.amount(asks.up_to)[0]:
        return Look(
            True, asked, say("{seen}; quy định không nói đến thời gian nghỉ dài như vậy", seen=seen), entry
        )
    met = False if sure >= below else True if possible is not None and possible < below else None
    return Look(met, asked, seen, entry)


def _months_off(asks: ask.Absence, facts: Facts) -> tuple[Fraction, Fraction | None, Message]:
    """Return the months surely off, the most they can be (None: not known), and what was seen."""
    if facts.subject.leave is None:
        return _months_off_by_work(facts)
    by_kind = _leave_by_kind(facts, *year_span(facts.first_year, facts.last_year))
    sure = sum((by_kind.get(kind, Fraction(0)) for kind in asks.counted), Fraction(0))
    possible = sum((long for kind, long in by_kind.items() if kind not in asks.excused), Fraction(0))
    words = tuple(
        say("{kind}: {months} tháng", kind=LEAVES[kind], months=Rough(long)) for kind, long in by_kind.items()
    )
    return sure, possible, say("{all}", all=words) if words else NONE_SEEN


def _leave_by_kind(facts: Facts, start: date, end: date) -> dict[LeaveKind, Fraction]:
    """Return the months on leave from ``start`` to ``end``, by kind; kinds nobody took are left out."""
    by_kind: dict[LeaveKind, Fraction] = {}
    for leave in facts.subject.leave or ():
        part = within(leave.from_day, leave.to_day or facts.case.on, start, end)
        if part:
            by_kind[leave.kind] = by_kind.get(leave.kind, Fraction(0)) + months(*part)
    return by_kind


def _months_off_by_work(facts: Facts) -> tuple[Fraction, Fraction | None, Message]:
    worked = (facts.subject.working_months or {}).get(facts.last_year)
    if worked is None:
        return Fraction(0), None, UNKNOWN
    start, end = year_span(facts.last_year, facts.last_year)
    span = within(facts.subject.hired_on or start, min(facts.case.on, end), start, end)
    employed_for = months(*span) if span else Fraction(0)
    seen = say("làm việc {months} tháng trong năm", months=worked)
    return Fraction(0), max(Fraction(0), employed_for - worked), seen


def study(asks: ask.Study, facts: Facts) -> Look:
    """Asked only of those who attended so long a course in the year; others have nothing to show."""
    long, entry = facts.amount(asks.months)
    courses = [leave for leave in facts.subject.leave or () if _long_course(leave, facts, long)]
    if not courses:
        raise NotAskedError
    asked = say("Đi học từ {months} tháng trở lên phải có kết quả từ loại khá trở lên", months=long)
    results = [course.result for course in courses]
    if any(result is not None and result.rank < asks.result.rank for result in results):
        met: Truth = False
    else:
        met = None if None in results else True
    seen = tuple(STUDY_RESULTS[result] if result else UNKNOWN for result in results)
    return Look(met, asked, say("{all}", all=seen), entry)


def _long_course(leave: Leave, facts: Facts, long: Fraction) -> bool:
    if leave.kind is not LeaveKind.STUDY or facts.in_years(leave.from_day, leave.to_day) is None:
        return False
    return months(leave.from_day, leave.to_day or facts.case.on) >= long


def transfer(asks: ask.Transfer, facts: Facts) -> Look:
    """Asked only of those who moved in the year after so long in the old unit."""
    long, entry = facts.amount(asks.months)
    start, _ = year_span(facts.last_year, facts.last_year)
    moves = [
        move
        for move in facts.subject.transfers or ()
        if not move.secondment
        and move.on_day.year == facts.last_year
        and _months_before(start, move, facts) >= long
    ]
    if not moves:
        raise NotAskedError
    asked = say("Chuyển công tác sau {months} tháng ở đơn vị cũ phải có nhận xét của đơn vị cũ", months=long)
    comments = [move.old_unit_comment for move in moves]
    met = False if False in comments else None if None in comments else True
    words = {True: say("có nhận xét"), False: say("không có nhận xét"), None: UNKNOWN}
    return Look(met, asked, say("{all}", all=tuple(words[comment] for comment in comments)), entry)


def _months_before(start: date, move: Transferred, facts: Facts) -> Fraction:
    return months(max(start, facts.subject.hired_on or start), move.on_day - timedelta(days=1))


def staff(asks: ask.Staff, facts: Facts) -> Look:
    asked = say("Thuộc diện: {kinds}", kinds=tuple(STAFF[kind] for kind in asks.one_of))
    kind = facts.subject.staff_kind
    if kind is None:
        return Look(None, asked, UNKNOWN)
    if kind not in asks.one_of:
        return Look(False, asked, STAFF[kind])
    if asks.contract_months is None or kind is not StaffKind.CONTRACT_FIXED:
        return Look(True, asked, STAFF[kind])
    long, entry = facts.amount(asks.contract_months)
    asked = say("Hợp đồng lao động từ {months} tháng trở lên", months=long)
    length = facts.subject.contract_months
    seen = UNKNOWN if length is None else say("hợp đồng {months} tháng", months=length)
    return Look(None if length is None else length >= long, asked, seen, entry)


def occupation(asks: ask.Occupation, facts: Facts) -> Look:
    asked = say("Là một trong: {kinds}", kinds=tuple(map(occupation_in_words, asks.one_of)))
    own = facts.subject.occupation
    return Look(
        None if own is None else own in asks.one_of,
        asked,
        UNKNOWN if own is None else occupation_in_words(own),
    )


def discipline(asks: ask.Discipline, facts: Facts) -> Look:
    clear, entry = facts.amount(asks.years_clear)
    asked = _discipline_asked(asks, clear)
    times = facts.subject.discipline
    if times is None:
        return Look(None, asked, UNKNOWN, entry)
    standing = [
        time for time in times if time.level.rank >= asks.level.rank and _in_the_way(time, asks, clear, facts)
    ]
    seen = tuple(
        say(
            "{level} từ {first} đến {last}",
            level=DISCIPLINES[time.level], first=time.from_day, last=time.to_day or say("nay"),
        )
        for time in standing
    )  # fmt: skip
    return Look(not standing, asked, say("{all}", all=seen) if seen else NONE_SEEN, entry)


def _in_the_way(time: DisciplineTime, asks: ask.Discipline, clear: Fraction, facts: Facts) -> bool:
    if asks.during == "ever":
        return True
    if asks.during == "year":
        return facts.in_years(time.from_day, time.to_day) is not None
    ended = time.to_day
    if ended is None or ended >= facts.case.on:
        return True
    return clear > 0 and months(ended, facts.case.on) - Fraction(1, 30) < clear * MONTHS


def _discipline_asked(asks: ask.Discipline, clear: Fraction) -> Message:
    level = DISCIPLINES[asks.level]
    if asks.during == "ever":
        return say("Chưa từng bị {level} trở lên", level=level)
    if asks.during == "year":
        return say("Không bị kỷ luật từ {level} trở lên trong năm", level=level)
    if clear:
        return say("Hết thời hạn kỷ luật (từ {level}) được ít nhất {years} năm", level=level, years=clear)
    return say("Không trong thời gian thi hành kỷ luật từ {level} trở lên", level=level)


def pending(asks: ask.NothingPending, facts: Facts) -> Look:
    asked = say(
        "Không có việc đang chờ kết luận: {kinds}", kinds=tuple(PENDING[kind] for kind in asks.none_of)
    )
    matters = facts.subject.pending
    if matters is None:
        return Look(None, asked, UNKNOWN)
    standing = [kind for kind in matters if kind in asks.none_of]
    return Look(
        not standing,
        asked,
        say("{all}", all=tuple(PENDING[kind] for kind in standing)) if standing else NONE_SEEN,
    )


def registered(_asks: ask.Registered, facts: Facts) -> Look:
    known = facts.subject.registered
    seen = {True: say("đã đăng ký"), False: say("không đăng ký"), None: UNKNOWN}[known]
    return Look(known, say("Đã đăng ký thi đua cho danh hiệu này trong năm"), seen)


def attested(asks: ask.Vouched, facts: Facts) -> Look:
    known = facts.subject.attested.get(asks.what)
    seen = {True: say("đã xác nhận"), False: say("không được xác nhận"), None: say("chưa có người xác nhận")}[
        known
    ]
    asked = ATTESTED[asks.what]
    return Look(known, asked, seen)
