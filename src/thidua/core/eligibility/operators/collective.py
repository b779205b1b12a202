"""Conditions on a collective: its members, its age, its place in the cluster."""

from fractions import Fraction

from thidua.core.eligibility.facts import Facts, Look, NotAskedError, share_reached
from thidua.core.eligibility.operators.wording import UNKNOWN
from thidua.core.eligibility.spans import months
from thidua.core.law import operators as ask
from thidua.core.law.messages import Message, Percent, say
from thidua.core.law.words import Attested

_MEMBERS = {
    "women": say("nữ"),
    "completed": say("người hoàn thành nhiệm vụ"),
    "good_or_better": say("người hoàn thành tốt nhiệm vụ trở lên"),
    "LDTT": say("người đạt LĐTT"),
    "CSTDCS": say("người đạt CSTĐCS"),
    "disciplined_from_CANH_CAO": say("người bị kỷ luật từ cảnh cáo trở lên"),
    "disciplined_from_KHIEN_TRACH": say("người bị kỷ luật từ khiển trách trở lên"),
}


_FIELDS = {
    "disciplined_from_CANH_CAO": "disciplined_from_warning",
    "disciplined_from_KHIEN_TRACH": "disciplined_from_reprimand",
}


def _members(of: str, facts: Facts) -> tuple[int | None, int | None]:
    counts = facts.subject.members
    if counts is None:
        return None, None
    found: int | None = getattr(counts, _FIELDS.get(of, of))
    if found is None and of == "disciplined_from_CANH_CAO" and counts.disciplined_from_reprimand == 0:
        found = 0
    return found, counts.total


def share(asks: ask.Share, facts: Facts) -> Look:
    strictly = asks.more_than is not None
    wanted, entry = facts.amount(
        asks.more_than if asks.more_than is not None else asks.at_least or Fraction(0)
    )
    found, total = _members(asks.of, facts)
    text = "Trên {share} thành viên là {members}" if strictly else "Từ {share} thành viên là {members}"
    asked = say(text, share=Percent(wanted), members=_MEMBERS[asks.of])
    if found is None or total is None:
        return Look(None, asked, UNKNOWN, entry)
    met = share_reached(found, wanted, total, strictly=strictly)
    return Look(met, asked, _share_seen(found, total), entry)


def _share_seen(found: int, total: int) -> Message:
    return say(
        "{found}/{total} người ({share})", found=found, total=total, share=Percent(Fraction(found, total))
    )


def members(asks: ask.Members, facts: Facts) -> Look:
    found, total = _members(asks.of, facts)
    kind = _MEMBERS[asks.of]
    limit, entry = facts.amount(asks.at_most if asks.at_most is not None else asks.at_least or Fraction(0))
    if asks.at_most is not None:
        asked = (
            say("Không có {members}", members=kind)
            if not limit
            else say("Không quá {n} {members}", n=limit, members=kind)
        )
        met = None if found is None else found <= limit
        if found is None and _at_least_one(asks.of, facts):
            met = False
    else:
        asked = say("Có ít nhất {n} {members}", n=limit, members=kind)
        met = None if found is None else found >= limit
    seen = UNKNOWN if found is None or total is None else say("{found} người", found=found)
    return Look(met, asked, seen, entry)


def _at_least_one(of: str, facts: Facts) -> bool:
    counts = facts.subject.members
    return (
        of == "disciplined_from_KHIEN_TRACH" and counts is not None and bool(counts.disciplined_from_warning)
    )


def existed(asks: ask.Existed, facts: Facts) -> Look:
    long, entry = facts.amount(asks.months)
    asked = say("Đã hoạt động từ đủ {months} tháng", months=long)
    founded = facts.subject.founded_on
    before = facts.subject.reorganised_from
    moved = bool(facts.subject.transfers)
    reorganised = before is not None or moved or facts.subject.attested.get(Attested.REORGANISED, False)
    if reorganised and asks.reorganised == "excepted":
        return Look(True, asked, say("tổ chức lại, không áp dụng"), entry)
    if reorganised and asks.reorganised == "inherits" and (before is None or before.founded_on is None):
        return Look(True, asked, say("kế thừa thời gian của đơn vị trước khi tổ chức lại"), entry)
    days = [day for day in (founded, before.founded_on if before else None) if day]
    if not days:
        return Look(None, asked, UNKNOWN, entry)
    first = min(days)
    long_seen = months(first, facts.case.received)
    seen = say("thành lập {day}, {months} tháng", day=first, months=int(long_seen))
    if long_seen < long and before and before.founded_on is None:
        return Look(None, asked, say("{seen}; đơn vị trước: chưa có dữ liệu", seen=seen), entry)
    return Look(long_seen >= long, asked, seen, entry)


def not_dissolved(_asks: ask.NotDissolved, facts: Facts) -> Look:
    """Asked only where a day of dissolution is named."""
    dissolved = facts.subject.dissolved_on
    if dissolved is None:
        raise NotAskedError
    asked = say("Tập thể chưa giải thể")
    return Look(dissolved > facts.case.on, asked, say("giải thể ngày {day}", day=dissolved))


def cluster(asks: ask.LeadsCluster, facts: Facts) -> Look:
    place = facts.subject.cluster
    asked = say("Được cụm, khối suy tôn") if asks.acclaimed else say("Dẫn đầu cụm, khối thi đua")
    if place is False:
        outside = say("không ở cụm, khối nào trong năm")
        return Look(False, asked, outside) if asks.of == "cluster" else Look(None, asked, UNKNOWN)
    if asks.acclaimed:
        known = place.acclaimed if place else None
        seen = {True: say("được suy tôn"), False: say("không được suy tôn"), None: UNKNOWN}[known]
        return Look(known, asked, seen)
    if place is None or place.rank is None:
        return Look(None, asked, UNKNOWN)
    return Look(place.rank == 1, asked, say("xếp thứ {rank}", rank=place.rank))


def flag_scheme(asks: ask.FlagScheme, facts: Facts) -> Look:
    inside = facts.subject.in_flag_scheme
    asked = say("Thuộc diện xét cờ thi đua") if asks.inside else say("Không thuộc diện xét cờ thi đua")
    seen = {True: say("thuộc diện"), False: say("không thuộc diện"), None: UNKNOWN}[inside]
    return Look(None if inside is None else inside is asks.inside, asked, seen)
