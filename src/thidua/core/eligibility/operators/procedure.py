"""Conditions on the procedure: who awards, the vote, publication, papers, other proposals, the movement, lists."""

from datetime import timedelta
from fractions import Fraction

from thidua.core.eligibility.case import Honour, Proposal, VoteCount
from thidua.core.eligibility.facts import Facts, Look, NotAskedError, Truth, share_reached
from thidua.core.eligibility.operators.wording import NONE_SEEN, UNKNOWN, awards_in_words
from thidua.core.eligibility.spans import MONTHS, months
from thidua.core.law import operators as ask
from thidua.core.law.figures import NotInForceError
from thidua.core.law.messages import Message, Percent, Rough, say
from thidua.core.law.words import FOR_ONE_DEED, CommendationType, Level, StageOfMovement
from thidua.core.text.folding import fold

_LEVELS = {
    Level.COMMUNE: say("cấp xã"),
    Level.UNIT: say("cơ quan, đơn vị"),
    Level.MINISTRY: say("bộ, ban, ngành"),
    Level.PROVINCE: say("tỉnh"),
    Level.STATE: say("Nhà nước"),
}
TYPES = {
    CommendationType.MERIT: say("công trạng"),
    CommendationType.MOVEMENT: say("phong trào thi đua"),
    CommendationType.THEMATIC: say("chuyên đề"),
    CommendationType.AD_HOC: say("đột xuất"),
    CommendationType.CONTRIBUTION: say("quá trình cống hiến"),
    CommendationType.SENIORITY: say("niên hạn"),
    CommendationType.EXTERNAL: say("đối ngoại"),
}
_STAGES = {StageOfMovement.INTERIM: say("sơ kết"), StageOfMovement.FINAL: say("tổng kết")}
_ONE_DAY = timedelta(days=1)
NO_LAW = say("chưa có dữ liệu luật")


def awarded_by(asks: ask.AwardedBy, facts: Facts) -> Look:
    level = facts.case.level
    if level is None:
        raise NotAskedError
    asked = say("Thẩm quyền tặng: {levels}", levels=tuple(_LEVELS[found] for found in asks.one_of))
    if level in asks.one_of:
        return Look(True, asked, _LEVELS[level])
    for overlay in facts.overlays:
        for power in overlay.powers.get(facts.case.award, ()):
            if power.level is level:
                seen = _LEVELS[level] if power.allowed is not None else say("quy định của cơ quan chưa rõ")
                return Look(
                    power.allowed, asked, say("{seen} ({source})", seen=seen, source=str(power.rule.source))
                )
    return Look(False, asked, _LEVELS[level])


# -- the sitting -----------------------------------------------------------------------------------


def _vote_in(facts: Facts, meeting: str) -> VoteCount:
    vote = facts.case.vote
    if vote is None:
        raise NotAskedError
    by_writing = _by_writing(vote)
    if (meeting == "by-writing" and not by_writing) or (meeting == "held" and by_writing):
        raise NotAskedError
    return vote


def _by_writing(count: VoteCount) -> bool:
    return count.present == 0 and count.written > 0


def _base_of_answers(facts: Facts) -> bool:
    """Return whether the authority's council, deciding without a meeting, counts the answers only."""
    entry = facts.law.figure("vote_base_by_writing", facts.authority).entry_on(facts.day)
    return entry is not None and entry.value == "answers"


def vote(asks: ask.Vote, facts: Facts) -> Look:
    count = _vote_in(facts, asks.meeting)
    strictly = asks.more_than is not None
    wanted, entry = facts.amount(
        asks.more_than if asks.more_than is not None else asks.reaches or Fraction(0)
    )
    of_all = asks.base == "all-members" and not (_by_writing(count) and _base_of_answers(facts))
    text = (
        "Trên {share} phiếu đồng ý tính trên {base}"
        if strictly
        else "Từ {share} phiếu đồng ý tính trên {base}"
    )
    base_words = say("tổng số thành viên Hội đồng") if of_all else say("số ý kiến trả lời")
    asked = say(text, share=Percent(wanted), base=base_words)
    base = count.seats if of_all else (count.present or 0) + count.written
    if count.in_favour is None or not base:
        return Look(None, asked, UNKNOWN, entry)
    met = share_reached(count.in_favour, wanted, base, strictly=strictly)
    share = Percent(Fraction(count.in_favour, base))
    seen = say("{yes}/{base} phiếu ({share})", yes=count.in_favour, base=base, share=share)
    return Look(met, asked, seen, entry)


def quorum(asks: ask.Quorum, facts: Facts) -> Look:
    count = _vote_in(facts, asks.meeting)
    wanted, entry = facts.amount(asks.reaches)
    share = Percent(wanted)
    if asks.counting == "answers":
        asked = say("Ít nhất {share} thành viên trả lời bằng văn bản", share=share)
    else:
        asked = say("Ít nhất {share} thành viên dự họp", share=share)
    if count.present is None or count.seats is None:
        return Look(None, asked, UNKNOWN, entry)
    there = count.present if asks.counting == "present" else count.present + count.written
    seen = say("{there}/{seats} thành viên", there=there, seats=count.seats)
    return Look(share_reached(there, wanted, count.seats), asked, seen, entry)


def secret_ballot(_asks: ask.SecretBallot, facts: Facts) -> Look:
    count = _vote_in(facts, "any")
    seen = {True: say("bỏ phiếu kín"), False: say("không bỏ phiếu kín"), None: UNKNOWN}[count.secret]
    return Look(count.secret, say("Bỏ phiếu kín"), seen)


def written_opinions(_asks: ask.WrittenOpinions, facts: Facts) -> Look:
    count = _vote_in(facts, "any")
    asked = say("Thành viên vắng mặt được lấy ý kiến bằng văn bản")
    if count.present is None or count.seats is None:
        return Look(None, asked, UNKNOWN)
    silent = count.seats - count.present - count.written - count.recused
    seen = say("{silent} thành viên vắng không có ý kiến", silent=silent) if silent > 0 else NONE_SEEN
    return Look(silent <= 0, asked, say("đủ ý kiến") if silent <= 0 else seen)


def published(asks: ask.Published, facts: Facts) -> Look:
    """Working days from the first day of publication to its last, before the sitting; both counted."""
    span = facts.case.published
    if span is None:
        raise NotAskedError
    wanted, entry = facts.amount(asks.working_days)
    asked = say("Công khai danh sách ít nhất {days} ngày làm việc trước khi họp Hội đồng", days=wanted)
    if not wanted:
        asked = say("Công khai danh sách trước khi họp Hội đồng")
    last = span.to_day or facts.case.on
    if facts.case.sitting_on:
        last = min(last, facts.case.sitting_on - _ONE_DAY)
    days = facts.ground.working_days(span.from_day, last) if last >= span.from_day else 0
    seen = say("từ {first} đến {last}: {days} ngày làm việc", first=span.from_day, last=last, days=days)
    return Look(days >= wanted if wanted else last >= span.from_day, asked, seen, entry)


# -- papers ----------------------------------------------------------------------------------------


def paper(asks: ask.Paper, facts: Facts) -> Look:
    papers = facts.case.papers
    if papers is None:
        raise NotAskedError
    names = {
        "party_opinion": say("Có ý kiến bằng văn bản của cấp ủy đảng"),
        "tax_confirmation": say("Có xác nhận của cơ quan thuế"),
    }
    asked = names[asks.paper]
    there: Truth = getattr(papers, asks.paper)
    if asks.asked_of == "tax-payers" and not facts.subject.pays_budget:
        # Nothing says that the subject pays to the budget: the paper is not asked for.
        raise NotAskedError
    if asks.asked_of == "party-managed" and there is not False:
        raise NotAskedError
    seen = {True: say("có"), False: say("không có"), None: UNKNOWN}[there]
    return Look(there, asked, seen)


def report_age(asks: ask.ReportAge, facts: Facts) -> Look:
    papers = facts.case.papers
    if papers is None:
        raise NotAskedError
    long, entry = facts.amount(asks.months)
    asked = say("Báo cáo thành tích lập không quá {months} tháng khi nộp", months=long)
    dated = papers.report_dated_on
    if dated is None:
        return Look(None, asked, UNKNOWN, entry)
    old = months(dated, facts.case.received) - Fraction(1, 30)
    return Look(old <= long, asked, say("lập ngày {day}", day=dated), entry)


# -- other proposals and honours -----------------------------------------------------------------


def once_a_year(asks: ask.OnceAYear, facts: Facts) -> Look:
    """Proposals left out: only honours already decided in the year are looked at."""
    if facts.case.type in asks.except_types:
        raise NotAskedError
    asked = say("Trong một năm không đề nghị hai hình thức khen cấp Nhà nước")
    year = facts.case.received.year
    others = [p for p in facts.case.proposals or () if _same_year(p, facts, year) and _among(p, asks)]
    given = [
        honour
        for honour in facts.honours(asks.among) or ()
        if honour.decided_on and honour.decided_on.year == year and honour.type not in asks.except_types
    ]
    if not others and not given and facts.case.proposals is None:
        raise NotAskedError
    seen = (
        awards_in_words([*(p.award for p in others), *(h.award for h in given)])
        if others or given
        else NONE_SEEN
    )
    return Look(not others and not given, asked, seen)


def _among(proposal: Proposal, asks: ask.OnceAYear) -> bool:
    return proposal.award in asks.among and proposal.type not in asks.except_types


def _same_year(proposal: Proposal, facts: Facts, year: int) -> bool:
    return proposal.year is None or proposal.year[1] in {year, facts.last_year}


def not_proposed_for(asks: ask.NotProposedFor, facts: Facts) -> Look:
    if facts.case.proposals is None:
        raise NotAskedError
    asked = say("Không đồng thời được đề nghị {awards}", awards=awards_in_words(asks.award))
    others = [
        p for p in facts.case.proposals if p.award in asks.award and _same_year(p, facts, facts.last_year)
    ]
    return Look(not others, asked, awards_in_words(p.award for p in others) if others else NONE_SEEN)


def one_form(asks: ask.OneFormForOneAchievement, facts: Facts) -> Look:
    """Find another form for the same time and type.

    Regular merit of the same years is one achievement: of two forms proposed for it one must give way.
    What was already given may have been for another; a person must tell.
    """
    case = facts.case
    asked = say("Một thành tích không tặng nhiều hình thức khen thưởng")
    same_time = [honour for honour in facts.honours(asks.among) or () if _same_achievement(honour, facts)]
    proposed = [
        p.award
        for p in case.proposals or ()
        if p.award in asks.among and p.type == case.type and p.year == (facts.first_year, facts.last_year)
    ]
    if any(honour.award == case.award for honour in same_time):
        return Look(False, asked, awards_in_words([case.award]))
    beside = [award for award in proposed if award != case.award]
    if beside and case.type is CommendationType.MERIT:
        return Look(False, asked, say("cũng đang đề nghị {awards}", awards=awards_in_words(beside)))
    others = [*(honour.award for honour in same_time), *beside]
    if not others:
        raise NotAskedError
    return Look(
        None,
        asked,
        say("{awards} cho cùng thời gian: cần xác nhận khác thành tích", awards=awards_in_words(others)),
    )


def _same_achievement(honour: Honour, facts: Facts) -> bool:
    wanted = (facts.first_year, facts.last_year)
    lasting = facts.case.type not in FOR_ONE_DEED
    return lasting and honour.type == facts.case.type and honour.period == wanted


# -- the movement and the list -------------------------------------------------------------------


def movement(asks: ask.Movement, facts: Facts) -> Look:
    asked = _movement_asked(asks, facts)
    found = facts.case.movement
    if found is None:
        return Look(None, asked, UNKNOWN)
    parts: list[Truth] = []
    seen: list[Message] = []
    if asks.launched_by != "any":
        by = found.launched_by
        parts.append(None if by is None else _launched(by) == asks.launched_by)
        seen.append(UNKNOWN if by is None else _BY.get(by) or say("do {by} phát động", by=by))
    if asks.years:
        known = found.from_day is not None and found.to_day is not None
        long = (
            months(found.from_day, found.to_day) / MONTHS if found.from_day and found.to_day else Fraction(0)
        )
        parts.append(long >= facts.amount(asks.years)[0] if known else None)
        seen.append(say("{years} năm", years=Rough(long)) if known else UNKNOWN)
    if asks.stages:
        parts.append(None if found.stage is None else found.stage in asks.stages)
        seen.append(UNKNOWN if found.stage is None else _STAGES[found.stage])
    met = False if False in parts else None if None in parts else True
    return Look(met, asked, say("{all}", all=tuple(seen)))


def _launched(by: str) -> str:
    """Return at which level a movement was launched: the Prime Minister, a unit, else a ministry or province."""
    word = fold(by).strip()
    return "PM" if word in _PRIME_MINISTER else "unit" if word in {"unit", "commune"} else "ministry"


_BY = {
    "PM": say("do Thủ tướng phát động"),
    "ministry": say("do bộ, ban, ngành, tỉnh phát động"),
    "unit": say("do cơ quan, đơn vị phát động"),
    "commune": say("do cấp xã phát động"),
}
_PRIME_MINISTER = {"pm", "prime minister", "ttg", "ttcp", "thu tuong", "thu tuong chinh phu"}


def _movement_asked(asks: ask.Movement, facts: Facts) -> Message:
    stages = say(", khi {stages}", stages=tuple(_STAGES[stage] for stage in asks.stages))
    nothing = say("")
    return say(
        "Phong trào thi đua {by}{years}{stages}",
        by=_BY.get(asks.launched_by, nothing), years=_lasting(asks, facts), stages=stages if asks.stages else nothing,
    )  # fmt: skip


def _lasting(asks: ask.Movement, facts: Facts) -> Message:
    """Return how long the movement must last; nothing where no law of the day says it."""
    try:
        return say(", từ {years} năm trở lên", years=facts.amount(asks.years)[0]) if asks.years else say("")
    except NotInForceError:
        return say("")


def share_of(asks: ask.ShareOf, facts: Facts) -> Look:
    batch = facts.case.batch
    if batch is None:
        raise NotAskedError
    limit, entry = facts.amount(asks.at_most)
    of = awards_in_words(asks.award)
    asked = say("Không quá {share} số {of}", share=Percent(limit), of=of)
    own = batch.get(facts.case.award)
    others = [batch[award] for award in asks.award if award in batch]
    if own is None or not others:
        return Look(None, asked, UNKNOWN, entry)
    return Look(
        own * limit.denominator <= limit.numerator * sum(others),
        asked,
        say("{own}/{of}", own=own, of=sum(others)),
        entry,
    )


def of_type(asks: ask.OfType, facts: Facts) -> Look:
    asked = say("Loại hình khen thưởng có trong luật lúc đó")
    return Look(facts.case.type in asks.one_of, asked, TYPES[facts.case.type])


def unstated(_asks: ask.Unstated, _facts: Facts) -> Look:
    return Look(None, say("Tiêu chuẩn của luật"), NO_LAW)
