"""Generated people: histories with gaps, revocations, disciplines, used initiatives and things not known."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random

from thidua.core.eligibility.case import (
    DisciplineTime,
    Honour,
    Initiative,
    Leave,
    ResearchWork,
    ServiceTime,
    Subject,
    Transferred,
    Use,
)
from thidua.core.law.words import (
    Attested,
    CommendationType,
    DisciplineLevel,
    LeaveKind,
    Pending,
    Post,
    Rating,
    Role,
    Scope,
    StaffKind,
    StudyResult,
    SubjectKind,
)

AWARDS = (
    "LDTT",
    "CSTDCS",
    "CSTDB",
    "CSTDTQ",
    "GIAY_KHEN",
    "BK_BO",
    "BK_TTG",
    "HCLD3",
    "HCLD2",
    "KNC",
    "HERO_LABOUR",
)
SECTORS = (None, "tư pháp", "giáo dục", "other", "BTP", "xây dựng", "thủy lợi")


def person(random: Random, last: date) -> Subject:
    """Return an individual whose history ends on ``last`` at the latest; each part is sometimes not known."""

    def known(chance: float, value):
        return value if random.random() < chance else None

    return Subject(
        kind=SubjectKind.INDIVIDUAL,
        sex=random.choice([None, "male", "female"]),
        staff_kind=known(0.9, random.choice(list(StaffKind))),
        contract_months=known(0.8, random.randrange(6, 30)),
        occupation=known(0.5, random.choice(["worker", "farmer", "lawyer", "dancer", "office"])),
        hired_on=known(0.85, day(random, date(1985, 1, 1), last)),
        working_months=known(0.3, {last.year: Fraction(random.randrange(13))}),
        ratings=known(0.9, ratings(random, last)),
        honours=known(0.92, honours(random, last)),
        initiatives=known(
            0.8, tuple(initiative(random, last) for _ in range(random.choice([0, 1, 1, 2, 4])))
        ),
        research=known(0.7, tuple(work(random, last) for _ in range(random.choice([0, 0, 1, 2])))),
        service=known(0.8, tuple(service(random, last) for _ in range(random.choice([0, 1, 2, 3])))),
        discipline=known(0.9, tuple(discipline(random, last) for _ in range(random.choice([0, 0, 0, 1, 2])))),
        leave=known(0.8, tuple(leave(random, last) for _ in range(random.choice([0, 0, 1, 2])))),
        transfers=known(0.6, tuple(transfer(random, last) for _ in range(random.choice([0, 0, 1])))),
        pending=known(0.95, tuple(random.sample(list(Pending), random.choice([0, 0, 0, 0, 1, 2])))),
        attested={what: random.random() < 0.8 for what in Attested if random.random() < 0.4},
        registered=random.choice([None, True, True, False]),
    )


def day(random: Random, first: date, last: date) -> date:
    return first + timedelta(days=random.randrange((last - first).days + 1))


def ratings(random: Random, last: date) -> dict[int, Rating]:
    usual = random.choice([Rating.EXCELLENT, Rating.EXCELLENT, Rating.GOOD])
    years = range(last.year - random.randrange(14), last.year + 1)
    return {
        year: usual if random.random() < 0.85 else random.choice(list(Rating))
        for year in years
        if random.random() < 0.96
    }


def honours(random: Random, last: date) -> tuple[Honour, ...]:
    often = {"LDTT": 0.8, "CSTDCS": 0.6, "CSTDB": 0.15}
    years = range(last.year - 12, last.year + 1)
    given = [(award, year) for award in AWARDS for year in years if random.random() < often.get(award, 0.06)]
    return tuple(honour(random, award, year, last) for award, year in given)


def honour(random: Random, award: str, year: int, last: date) -> Honour:
    first = year - random.choice([0, 0, 0, 1, 2])
    decided = day(random, date(year, 1, 1), last)
    return Honour(
        award=award,
        period=(first, year) if random.random() < 0.95 else None,
        type=random.choice(
            [CommendationType.MERIT] * 6 + [CommendationType.THEMATIC, CommendationType.AD_HOC]
        ),
        decided_on=decided,
        issuer=random.choice([None, "BTP", "BXD", "BGTVT", "BGDDT"]),
        revoked_on=day(random, decided, last) if random.random() < 0.05 else None,
    )


def initiative(random: Random, last: date) -> Initiative:
    start = date(last.year - 6, 1, 1)
    used = random.choice([(), (), (), (Use("CSTDCS"),), (Use("BK_BO"),), (Use("CSTDB"), Use("GIAY_KHEN"))])
    return Initiative(
        scope=random.choice(list(Scope)),
        recognised_on=day(random, start, last) if random.random() < 0.9 else None,
        applied_on=day(random, start, last) if random.random() < 0.8 else None,
        replicable=random.choice([True, True, True, False, None]),
        used_for=used,
    )


def work(random: Random, last: date) -> ResearchWork:
    accepted = day(random, date(last.year - 6, 1, 1), last) if random.random() < 0.9 else None
    return ResearchWork(random.choice(list(Scope)), accepted, random.choice([None, *Role]))


def service(random: Random, last: date) -> ServiceTime:
    first = day(random, date(1985, 1, 1), last)
    return ServiceTime(
        **{
            "from": first,
            "to": day(random, first, last) if random.random() < 0.7 else None,
            "sector": random.choice(SECTORS),
            "post": random.choice(list(Post)),
            "moved_in": random.random() < 0.3,
            "hardship": random.choice(
                [None, None, Fraction(0), Fraction(1, 10), Fraction(1, 2), Fraction(7, 10)]
            ),
        }
    )


def discipline(random: Random, last: date) -> DisciplineTime:
    first = day(random, date(last.year - 8, 1, 1), last)
    ended = random.choice([None, first + timedelta(days=random.randrange(800))])
    return DisciplineTime(**{"level": random.choice(list(DisciplineLevel)), "from": first, "to": ended})


def leave(random: Random, last: date) -> Leave:
    first = day(random, date(last.year - 1, 1, 1), last)
    ended = random.choice([None, first + timedelta(days=random.randrange(500))])
    result = random.choice([None, *StudyResult])
    return Leave(**{"kind": random.choice(list(LeaveKind)), "from": first, "to": ended, "result": result})


def transfer(random: Random, last: date) -> Transferred:
    moved = day(random, date(last.year - 1, 1, 1), last)
    comment = random.choice([None, True, False])
    return Transferred(on=moved, old_unit_comment=comment, secondment=random.random() < 0.2)
