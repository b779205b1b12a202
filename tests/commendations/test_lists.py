"""A list of awards: the money it is due, its quotas and shares; of a decision, a year, or as pasted."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from factories import (
    make_administrator,
    make_award,
    make_honour,
    make_kind,
    make_person,
    make_unit,
    make_user,
    signed_in,
)
from movements.plans import make_movement
from thidua.audit.models import Entry
from thidua.commendations.selectors.award_lists import of_honours, of_year
from thidua.commendations.selectors.fairness import Among, fairness_of, in_hand
from thidua.commendations.selectors.honour_lists import lines_of
from thidua.commendations.selectors.law_in_force import Binding
from thidua.commendations.selectors.limits import OfEachUnit
from thidua.commendations.selectors.money_due import money_of
from thidua.commendations.selectors.plan_quotas import PlanQuota, quotas_of_plan
from thidua.commendations.selectors.typed_lists import Decided, TypedListError, read_list, table_of
from thidua.commendations.views.list_workbooks import rule_rows
from thidua.core.eligibility.lists import Quota
from thidua.core.law.law import shipped_law
from thidua.core.law.words import SubjectKind
from thidua.documents.workbook import ColumnSpec, SheetSpec, write_xlsx
from thidua.documents.workbook_reader import read_rows
from thidua.honours.models import Honour
from thidua.honours.services.entering import Recipient, enter_decision
from thidua.organisations.models import UnitKind

pytestmark = pytest.mark.django_db
DECIDED = Decided(date(2025, 12, 20), 2025)
BASE = 2_340_000


def money(text):
    return money_of(read_list(table_of(text), DECIDED), shipped_law(), Binding(None))


def fairness(text, **more):
    return fairness_of(lines(read_list(table_of(text), DECIDED)), shipped_law(), None, on=DECIDED.on, **more)


def lines(listed, user=None):
    return in_hand(user or AnonymousUser(), listed, shipped_law(), DECIDED.on)


def honour_lines(user):
    return lines_of(user, Honour.objects.order_by("pk"), shipped_law(), DECIDED.on)


def honours_counted(user, **more):
    return fairness_of(honour_lines(user), shipped_law(), None, on=DECIDED.on, **more)


def refusal(text):
    with pytest.raises(TypedListError) as refused:
        read_list(table_of(text), DECIDED)
    return refused.value.problems


# -- money ---------------------------------------------------------------------------------------------


def test_of_two_titles_for_one_year_only_the_higher_is_paid_and_the_other_says_why():
    due = money("Trần Thị Ánh|LĐTT\nTrần Thị Ánh|CSTĐCS")

    low, high = due.lines

    assert (low.paid, low.due.amount, high.paid, due.total) == (0, 710_000, BASE, BASE)
    assert low.reason == "Cùng thời điểm, cùng thành tích chỉ trả mức cao nhất của các danh hiệu."
    assert str(low.rule.source) == "152/2025/NĐ-CP, Điều 49"


def test_a_title_and_a_form_are_both_paid():
    due = money("Trần Thị Ánh|CSTĐCS\nTrần Thị Ánh|BK_BO|cá nhân")

    assert [line.paid for line in due.lines] == [BASE, 3_510_000]


def test_what_no_rule_sets_is_open_and_never_nothing():
    due = money("Trần Thị Ánh|LĐTT\nLê Văn Bốn|GDVH|cá nhân")

    assert [(line.paid, line.is_open) for line in due.lines] == [(710_000, False), (None, True)]
    assert (due.total, due.open) == (710_000, 1)


def test_sums_stand_by_kind_and_by_subject():
    due = money("Phòng Một|TTLĐXS\nTrần Thị Ánh|LĐTT||2024\nTrần Thị Ánh|LĐTT||2025")

    assert [(one.name, len(one.lines), one.total) for one in due.subjects] == [
        ("Trần Thị Ánh", 2, 1_420_000),
        ("Phòng Một", 1, due.of_kind("collective")[1]),
    ]
    assert due.of_kind("individual") == (1, 1_420_000, 0)


def test_a_total_says_how_much_of_it_rests_on_what_nobody_verified():
    due = money("Trần Thị Ánh|LĐTT||2024\nTrần Thị Ánh|HCDL3|cá nhân\nLê Văn Bốn|LĐTT")

    unsure = 24_570_000
    assert [(line.paid, line.unsure) for line in due.lines] == [(710_000, 0), (unsure, unsure), (710_000, 0)]
    assert [subject.unsure for subject in due.subjects] == [unsure, 0]
    assert (due.unsure, due.of_kind("individual")) == (unsure, (2, unsure + 1_420_000, unsure))


def test_the_page_and_the_workbook_mark_a_total_that_is_unsure(client, root, tmp_path):
    signed_in(client, make_user(root))
    typed = {"names": "Trần Thị Ánh|LĐTT||2024\nTrần Thị Ánh|HCDL3|cá nhân", "decided_on": "20/12/2025"}

    page = client.post(reverse("commendations:typed_list"), typed).content.decode()
    book = sheets(client.post(reverse("commendations:typed_list"), {**typed, "format": "xlsx"}), tmp_path)

    assert page.count("trong đó 24.570.000 đ theo quy định chưa kiểm chứng") == 3
    assert page.count('<div class="fact state-unsure">') == 2
    assert book["Tiền thưởng"][-1][9] == "Trong đó 24.570.000 đ theo quy định chưa kiểm chứng."


def decision_of(honour):
    return Honour.objects.get(pk=honour.pk).decision_id


def test_a_higher_title_of_another_decision_is_weighed_in(client, root, unit):
    signed_in(client, make_user(root))
    person = make_person("Trần Thị Ánh", unit)
    first = make_honour(person, "LDTT", 2025, number="7/QĐ-BTN", decided_on=date(2025, 12, 1))
    make_honour(person, "CSTDCS", 2025, number="9/QĐ-BTN", decided_on=date(2025, 12, 20))

    page = client.get(reverse("commendations:money_of_decision", args=[decision_of(first)])).content.decode()

    assert page.count("Chiến sĩ thi đua cơ sở theo quyết định 9/QĐ-BTN ngày 20/12/2025</a>") == 1
    assert page.count(">không chi<") == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("9/QĐ-BTN", date(2025, 12, 20)), ("7/QĐ-BTN", date(2025, 12, 30))),
        (("9/QĐ-BTN", date(2025, 12, 20)), ("10/QĐ-BTN", date(2025, 12, 20))),
    ],
)
@pytest.mark.parametrize("is_turned", [False, True])
def test_a_title_of_one_year_by_two_decisions_is_paid_by_the_earlier_alone(
    client, root, unit, tmp_path, first, second, is_turned
):
    signed_in(client, make_user(root))
    person = make_person("Trần Thị Ánh", unit)
    made = {}
    for number, day in (second, first) if is_turned else (first, second):
        made[number] = make_honour(person, "CSTDCS", 2025, number=number, decided_on=day)
    paying, other = (
        reverse("commendations:money_of_decision", args=[decision_of(made[number])])
        for number in (first[0], second[0])
    )

    pages = [client.get(address).content.decode() for address in (paying, other)]
    books = [
        sheets(client.get(f"{address}?format=xlsx"), tmp_path)["Tiền thưởng"] for address in (paying, other)
    ]

    named = [
        f"Chiến sĩ thi đua cơ sở theo quyết định {number} ngày {day:%d/%m/%Y}"
        for number, day in (first, second)
    ]
    assert [page.count(">không chi<") for page in pages] == [0, 1]
    assert f'Không chi theo <a href="{other}">{named[1]}</a>' in pages[0]
    assert f'Chi theo <a href="{paying}">{named[0]}</a>' in pages[1]
    once = "Cùng danh hiệu, cùng thời gian chỉ chi một lần, theo quyết định trước."
    assert [(book[1][8], book[1][9], book[-1][8]) for book in books] == [
        (BASE, f"Không chi theo {named[1]}.", BASE),
        (0, f"{once} Chi theo {named[0]}.", 0),
    ]


@pytest.mark.parametrize("number", [1, 12])
def test_a_long_decision_costs_as_many_queries_as_a_short_one(
    client, root, unit, number, django_assert_max_num_queries
):
    signed_in(client, make_user(root))
    for place in range(number):
        honour = make_honour(make_person(f"Người Số {place}", unit), "LDTT", 2025, number="7/QĐ-BTN")
    address = decision_of(honour)

    with django_assert_max_num_queries(16):
        pages = client.get(reverse("commendations:money_of_decision", args=[address]))
    with django_assert_max_num_queries(16):
        client.get(reverse("commendations:fairness_of_decision", args=[address]))

    assert pages.content.decode().count("0,3 × 2.340.000") == 2 * number  # wide and on a phone


def test_the_workbook_says_what_is_open_instead_of_nothing(client, root, tmp_path):
    signed_in(client, make_user(root))
    sent = {
        "decided_on": "20/12/2025",
        "names": "A|LĐTT\nB|GDVH|cá nhân",
        "format": "xlsx",
        "root": str(root.pk),
    }

    answer = client.post(reverse("commendations:typed_list"), sent)

    file = tmp_path / "a.xlsx"
    file.write_bytes(answer.getvalue())  # read to its end it closes without closing the database
    rows = [row.cells for row in read_rows(file) if row.sheet == "Tiền thưởng"][1:]
    assert [(row[0], row[8]) for row in rows] == [("A", 710_000), ("B", None), ("Cộng", 710_000)]
    assert rows[1][9].startswith("Chưa đủ dữ liệu.")
    assert rows[2][9] == "Chưa kể 1 dòng chưa đủ dữ liệu."


def test_each_line_says_how_it_is_counted_and_by_which_article(client, root):
    signed_in(client, make_user(root))
    typed = {"names": "Trần Thị Ánh|LĐTT\nTrần Thị Ánh|CSTĐCS||2024", "decided_on": "20/11/2026"}

    page = client.post(reverse("commendations:typed_list"), typed).content.decode()

    assert page.count("0,3 × 2.530.000 = 759.000 đồng, làm tròn lên 760.000 đồng") == 2  # wide and on a phone
    assert page.count("1 × 2.530.000 = 2.530.000 đồng") == 2
    assert page.count('<span class="source" lang="vi">152/2025/NĐ-CP, Điều 50') == 4


@pytest.mark.parametrize(("day", "is_ahead"), [("20/12/2030", True), ("20/12/2025", False)])
def test_money_of_a_day_to_come_says_that_the_law_may_change(client, root, tmp_path, day, is_ahead):
    signed_in(client, make_user(root))
    typed = {"names": "Trần Thị Ánh|LĐTT||2025", "decided_on": day}

    page = client.post(reverse("commendations:typed_list"), typed).content.decode()
    book = sheets(client.post(reverse("commendations:typed_list"), {**typed, "format": "xlsx"}), tmp_path)

    said = (
        f"Ngày quyết định {day} chưa đến: tính theo lương cơ sở và quy định biết đến hôm nay, có thể còn đổi."
    )
    assert page.count(said) == is_ahead
    assert (book["Tiền thưởng"][-1][9] == said) is is_ahead


# -- quotas and shares ---------------------------------------------------------------------------------


def test_one_collective_and_two_persons_stop_an_excess():
    quotas = [Quota(1, kind=SubjectKind.COLLECTIVE), Quota(2, kind=SubjectKind.INDIVIDUAL)]

    found = fairness(
        "P|GIAY_KHEN|tập thể\nA|GIAY_KHEN|cá nhân\nB|GIAY_KHEN|cá nhân\nC|GIAY_KHEN|cá nhân", quotas=quotas
    )

    assert [(finding.met, finding.effect, str(finding.said)) for finding in found.quotas] == [
        (True, "block", "1 trên tối đa 1"),
        (False, "block", "3 trên tối đa 2"),
    ]


@pytest.mark.parametrize("place", ["memory", "database"])
def test_a_person_with_two_awards_fills_one_place_of_a_quota(unit, place):
    user = make_user(unit)
    for name in ("Trần Thị Ánh", "Lê Văn Bốn"):
        person = make_person(name, unit)
        make_honour(person, "LDTT", 2025, number="7/QĐ-BTN")
        make_honour(person, "GIAY_KHEN", 2025, number="7/QĐ-BTN")
    quotas = [Quota(2, kind=SubjectKind.INDIVIDUAL)]
    held = honour_lines(user) if place == "database" else lines(of_honours(Honour.objects.all()), user)

    found = fairness_of(held, shipped_law(), None, on=DECIDED.on, quotas=quotas, each_unit=OfEachUnit(quotas))

    assert ([finding.number for finding in found.quotas], found.per_unit) == ([2], ())


def test_the_page_says_that_a_quota_counts_each_person_once(client, root):
    signed_in(client, make_user(root))
    typed = {"names": "Trần Thị Ánh|LĐTT\nTrần Thị Ánh|GIAY_KHEN|cá nhân", "decided_on": "20/12/2025"}

    pages = [
        client.post(reverse("commendations:typed_list"), {**typed, **more}).content.decode()
        for more in ({}, {"persons": "1"})
    ]

    said = "ai có nhiều danh hiệu, hình thức trong danh sách cũng tính một lần."
    assert [(page.count(said), page.count("1 trên tối đa 1")) for page in pages] == [(0, 0), (1, 1)]


def test_a_plan_s_quotas_keep_their_award_and_for_each_of_what_they_are(root):
    items = (
        ("quotas", {"text": "02 cá nhân", "max": 2, "for": ["individual"], "award": "Giấy khen"}),
        ("quotas", {"text": "05 tập thể", "max": 5, "for": ["collective"], "award": "Thư khen"}),
        ("quotas", {"text": "mỗi sở 01 tập thể", "max": 1, "for": ["collective"], "per": "sở"}),
    )
    movement = make_movement(root, items=items)

    found = quotas_of_plan(movement.pk)

    assert found == [
        PlanQuota(
            Quota(2, award="GIAY_KHEN", kind=SubjectKind.INDIVIDUAL), "02 cá nhân", plan="Phong trào thử"
        ),
        PlanQuota(Quota(5, kind=SubjectKind.COLLECTIVE), "05 tập thể", plan="Phong trào thử"),
        PlanQuota(Quota(1, kind=SubjectKind.COLLECTIVE), "mỗi sở 01 tập thể", "sở", "Phong trào thử"),
    ]


def listed_in(year, ldtt, cstdcs):
    lines = [f"Người {place}|LĐTT" for place in range(ldtt)] + [
        f"Người {place}|CSTĐCS" for place in range(cstdcs)
    ]
    return read_list(table_of("\n".join(lines)), Decided(date(year, 12, 20), year))


@pytest.mark.parametrize(
    ("year", "cstdcs", "expected"),
    [(2023, 3, (True, True)), (2023, 4, (True, False)), (2024, 9, (False, True))],
)
def test_fifteen_per_cent_of_the_advanced_holds_until_the_end_of_2023(year, cstdcs, expected):
    listed = listed_in(year, 20, cstdcs)

    (ratio,) = fairness_of(lines(listed), shipped_law(), None, on=date(year, 12, 31)).ratios

    assert (ratio.holds, ratio.met) == expected


def test_shares_come_from_the_registers_and_each_opens_its_people(client, root, unit):
    user = make_user(root)
    signed_in(client, user)
    woman = make_person("Trần Thị Ánh", unit, sex="female", is_manager=True)
    man = make_person("Lê Văn Bốn", unit, sex="male")
    for person in (woman, man):
        honour = make_honour(person, "LDTT", 2025, number="7/QĐ-BTN")
    address = reverse("commendations:fairness_of_decision", args=[decision_of(honour)])

    found = honours_counted(user)
    page = client.get(f"{address}?group=women").content.decode()

    counted = {part.group: (part.counted, part.asked, part.unknown) for part in found.shares}
    assert counted["women"] == counted["leaders"] == counted["direct_workers"] == (1, 2, 0)
    assert (page.count(">Trần Thị Ánh</a>"), page.count(">Lê Văn Bốn</a>")) == (1, 0)


@pytest.mark.parametrize("place", ["memory", "database"])
def test_every_share_opens_as_many_lines_as_it_counts(root, unit, place):
    user = make_user(root)
    for number, facts in enumerate(({"sex": "female"}, {"sex": "male", "is_manager": True}, {})):
        make_honour(make_person(f"Người Số {number}", unit, **facts), "LDTT", 2025, number="7/QĐ-BTN")
    make_honour(unit, "TTLDTT", 2025, number="8/QĐ-BTN")

    held = honour_lines(user) if place == "database" else lines(of_honours(Honour.objects.all()), user)
    found = fairness_of(held, shipped_law(), None, on=DECIDED.on)

    assert {part.group: (part.counted, part.counted) for part in found.shares} == {
        part.group: (held.count(Among(part.group)), len(held.shown(Among(part.group), 0, 50)))
        for part in found.shares
    }


def test_a_quota_of_each_unit_names_the_unit_that_goes_beyond(unit):
    for place in range(3):
        make_honour(make_person(f"Người Số {place}", unit), "LDTT", 2025, number="7/QĐ-BTN")
    quotas = [Quota(2, kind=SubjectKind.INDIVIDUAL)]

    found = honours_counted(make_user(unit), each_unit=OfEachUnit(quotas))

    assert [(one.name, finding.number) for one, finding in found.per_unit] == [("Cục Trợ giúp", 3)]


@pytest.mark.parametrize("name", ["money_of_decision", "fairness_of_decision"])
def test_a_decision_out_of_sight_is_not_found(client, unit, name):
    honour = make_honour(make_person("Trần Thị Ánh", unit), "LDTT", 2025)
    signed_in(client, make_user(make_unit("Bộ Khác")))

    answer = client.get(reverse(f"commendations:{name}", args=[decision_of(honour)]))

    assert answer.status_code == 404


def test_the_year_of_a_unit_is_for_who_may_see_the_unit(client, root, unit):
    make_honour(make_person("Trần Thị Ánh", unit), "LDTT", 2025)
    address = reverse("commendations:fairness_of_year", args=[unit.pk]) + "?year=2025"

    answers = [
        signed_in(client, make_user(place)).get(address).status_code for place in (root, make_unit("Bộ Khác"))
    ]

    assert answers == [200, 404]


def test_the_year_counts_a_title_given_twice_once(client, root, unit):
    signed_in(client, make_user(root))
    person = make_person("Trần Thị Ánh", unit, sex="female")
    for number in ("7/QĐ-BTN", "9/QĐ-BTN"):
        make_honour(person, "CSTDCS", 2025, number=number)
        make_honour(unit, "TTLDTT", 2025, number=number)
        make_honour(person, "GIAY_KHEN", 2025, number=number)
    make_honour(person, "CSTDB", 2025, number="1/QĐ-UBND", issuer="UBND tỉnh")
    make_honour(person, "CSTDB", 2025, number="2/QĐ-BTN")

    page = client.get(
        reverse("commendations:fairness_of_year", args=[unit.pk]) + "?year=2025"
    ).content.decode()
    counted = of_year(unit, 2025).values_list("award", flat=True)

    assert sorted(counted) == ["CSTDB", "CSTDB", "CSTDCS", "GIAY_KHEN", "GIAY_KHEN", "TTLDTT"]
    assert page.count(">Trần Thị Ánh</a>") == 5


# -- what the reader may not see -----------------------------------------------------------------------


@pytest.fixture
def spread(root, unit):
    """Return a decision of two people, one of whom the officer of ``unit`` does not see."""
    for name, place in (("Trần Thị Ánh", unit), ("Lê Văn Bốn", make_unit("Cục Khác", root))):
        honour = make_honour(make_person(name, place), "LDTT", 2025, number="7/QĐ-BTN")
    return decision_of(honour)


PARTIAL = (
    "Quyết định có 2 lần khen; ở đây chỉ có 1 lần trong phạm vi của bạn. "
    "Tổng tiền, tỷ lệ và hạn mức chưa phải của cả quyết định."
)


@pytest.mark.parametrize("name", ["money_of_decision", "fairness_of_decision"])
def test_a_part_of_a_decision_is_called_a_part(client, root, unit, spread, name):
    address = reverse(f"commendations:{name}", args=[spread])

    part = signed_in(client, make_user(unit)).get(address).content.decode()
    whole = signed_in(client, make_user(root)).get(address).content.decode()
    everything = signed_in(client, make_administrator()).get(address).content.decode()

    assert [page.count(PARTIAL) for page in (part, whole, everything)] == [1, 0, 0]


def test_the_workbook_of_a_part_says_so(client, unit, spread, tmp_path):
    signed_in(client, make_user(unit))

    money = sheets(client.get(reverse("commendations:money_of_decision", args=[spread]) + XLSX), tmp_path)
    shares = sheets(client.get(reverse("commendations:fairness_of_decision", args=[spread]) + XLSX), tmp_path)

    assert [row[9] for row in money["Tiền thưởng"][1:]] == [None, PARTIAL]
    assert shares["Tỷ lệ"][-1][0] == PARTIAL


XLSX = "?format=xlsx"


def sheets(answer, folder):
    file = folder / "a.xlsx"
    file.write_bytes(answer.getvalue())  # read to its end it closes without closing the database
    found = {}
    for row in read_rows(file):
        found.setdefault(row.sheet, []).append(row.cells)
    return found


def test_a_ratio_over_a_part_decides_nothing():
    listed = listed_in(2023, 20, 4)

    (ratio,) = fairness_of(lines(listed), shipped_law(), None, on=date(2023, 12, 31), is_whole=False).ratios

    assert (ratio.holds, ratio.met) == (True, None)


def test_a_title_beside_one_out_of_sight_stays_open(client, root, unit):
    person = make_person("Trần Thị Ánh", make_unit("Cục Khác", root))
    first = make_honour(person, "LDTT", 2025, number="7/QĐ-BTN", decided_on=date(2025, 12, 1))
    make_honour(person, "CSTDCS", 2025, number="9/QĐ-BTN", decided_on=date(2025, 12, 20))
    Honour.objects.filter(pk=first.pk).update(place=unit)
    signed_in(client, make_user(unit))

    page = client.get(reverse("commendations:money_of_decision", args=[decision_of(first)])).content.decode()

    reason = "Cùng kỳ còn danh hiệu của quyết định khác mà bạn không được xem."
    assert (page.count(reason), page.count("9/QĐ-BTN"), page.count("710.000 đ<")) == (1, 0, 0)


@pytest.mark.parametrize("name", ["money_of_decision", "fairness_of_decision"])
def test_who_may_not_take_data_out_gets_no_workbook_of_a_decision(client, unit, name):
    user = make_user(unit, role=None)
    honour = make_honour(user.person, "LDTT", 2025)
    address = reverse(f"commendations:{name}", args=[decision_of(honour)])
    signed_in(client, user)

    page, workbook = client.get(address), client.get(address + XLSX)

    assert (page.status_code, page.content.decode().count("Xuất Excel")) == (200, 0)
    assert (workbook.status_code, Entry.objects.filter(action__startswith="export").count()) == (403, 0)


def test_a_workbook_holds_what_the_reader_may_take_out_and_the_log_names_the_decision(
    client, unit, spread, tmp_path
):
    signed_in(client, make_user(unit))

    found = sheets(client.get(reverse("commendations:money_of_decision", args=[spread]) + XLSX), tmp_path)

    entry = Entry.objects.get(action="export.money")
    assert [row[0] for row in found["Tiền thưởng"][1:]] == ["Trần Thị Ánh", "Cộng"]
    assert (entry.subject_type, entry.subject_id) == ("library.document", str(spread))


def test_the_log_names_the_unit_whose_year_was_taken_out(client, root, unit):
    make_honour(make_person("Trần Thị Ánh", unit), "LDTT", 2025)
    signed_in(client, make_user(root))

    client.get(reverse("commendations:fairness_of_year", args=[unit.pk]) + f"{XLSX}&year=2025").getvalue()

    assert Entry.objects.get(action="export.fairness").subject_id == str(unit.pk)


@pytest.fixture
def women_and_men(unit):
    """Return a decision of three women and three men."""
    for number in range(6):
        person = make_person(f"Người Số {number}", unit, sex="female" if number < 3 else "male")
        honour = make_honour(person, "LDTT", 2025, number="7/QĐ-BTN")
    return decision_of(honour)


@pytest.mark.parametrize(("role", "shown"), [("officer", (3, 1)), ("auditor", (0, 0))])
def test_sex_is_named_only_where_the_record_of_the_person_tells_it(
    client, root, women_and_men, tmp_path, role, shown
):
    signed_in(client, make_user(root, role))
    address = reverse("commendations:fairness_of_decision", args=[women_and_men])

    listed = client.get(f"{address}?group=women").content.decode().partition('id="list"')[2]
    whole = client.get(address).content.decode().partition('id="list"')[2]
    rows = sheets(client.get(address + XLSX), tmp_path)["Danh sách"][1:]

    assert (listed.count(">Người Số "), whole.count(">Nữ<")) == shown
    assert {row[3] for row in rows} == ({"có", "không"} if role == "officer" else {None})


@pytest.mark.parametrize(("number", "known"), [(4, (0, 4)), (5, (5, 0))])
def test_the_share_of_women_is_told_of_many_but_not_of_few(root, unit, number, known):
    for place in range(number):
        make_honour(make_person(f"Người Số {place}", unit, sex="female"), "LDTT", 2025, number="7/QĐ-BTN")

    women, *_ = honours_counted(make_user(root, "auditor")).shares

    assert (women.counted, women.unknown) == known


def test_each_award_of_one_person_stands_in_a_row_of_its_own(client, root):
    signed_in(client, make_user(root))
    sent = {"decided_on": "20/12/2025", "names": "Trần Thị Ánh|LĐTT\nTrần Thị Ánh|CSTĐCS"}

    page = client.post(reverse("commendations:typed_list"), sent).content.decode()

    table = page.partition("<h2>Tiền thưởng</h2>")[2].partition("</tbody>")[0].partition("<tbody>")[2]
    rows = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in table.split("</tr>")[:-1]]
    assert [row.startswith(name) for row, name in zip(
        rows, ("Trần Thị Ánh cá nhân", "Lao động tiên tiến", "Chiến sĩ thi đua cơ sở"), strict=True
    )] == [True] * 3  # fmt: skip
    assert ["không chi" in rows[1], "2.340.000 đ" in rows[2], "2.340.000 đ" in rows[0]] == [True] * 3


def test_every_sum_of_a_typed_list_leads_to_its_rows(client, root):
    signed_in(client, make_user(root))
    sent = {
        "decided_on": "20/12/2025",
        "names": "Trần Thị Ánh|LĐTT\nTrần Thị Ánh|CSTĐCS\nPhòng A|TTLĐTT",
    }

    page = client.post(reverse("commendations:typed_list"), sent).content.decode()

    led = re.findall(r'href="#(money[a-z-]*)"', page)
    assert led == ["money", "money-individual", "money-collective", "money-unpaid"]
    assert [page.count(f'id="{place}"') for place in led] == [1] * 4


def test_the_whole_of_a_group_opens_to_whom_it_is_asked_of(client, root):
    signed_in(client, make_user(root))
    sent = {"decided_on": "20/12/2025", "names": "Trần Thị Ánh|LĐTT\nPhòng A|TTLĐTT\nPhòng B|TTLĐTT"}

    page = client.post(reverse("commendations:typed_list"), sent).content.decode()

    asked = re.findall(r'<td class="num wide-only"><button[^>]* value="([^"]*)">(\d+)<', page)
    assert asked[-1] == ("kind=collective", "2")
    for among, number in asked:
        opened = client.post(reverse("commendations:typed_list"), {**sent, "among": among}).content.decode()
        listed = opened.partition('id="list"')[2].partition("</tbody>")[0].partition("<tbody>")[2]
        assert listed.count("<tr>") == int(number)


def test_a_name_of_several_is_told_apart_from_an_unknown_one(client, root, unit):
    for code in ("CB-1", "CB-2"):
        make_person("Nguyễn Thị Ánh", unit, staff_code=code)
    signed_in(client, make_user(root))
    said = "2 người cùng tên: ghi số hiệu cán bộ thay cho tên"

    def asked(name):
        sent = {"decided_on": "20/12/2025", "names": f"{name}|LĐTT"}
        return client.post(reverse("commendations:typed_list"), sent).content.decode()

    assert [said in asked(name) for name in ("Nguyễn Thị Ánh", "Người Lạ", "CB-1")] == [True, False, False]


def test_every_fault_of_a_typed_list_is_counted(client, root):
    signed_in(client, make_user(root))
    sent = {"decided_on": "20/12/2025", "names": "A|LĐTT\nB|LĐXX\nC|LĐYY"}

    page = client.post(reverse("commendations:typed_list"), sent).content.decode()

    assert "Còn 2 chỗ cần sửa" in page


def test_the_list_itself_is_not_called_optional(client, root):
    signed_in(client, make_user(root))

    page = client.get(reverse("commendations:typed_list")).content.decode()

    label = page.partition('for="id_names"')[2].partition("</label>")[0]
    assert "không bắt buộc" not in label


@pytest.mark.parametrize("name", ["money_of_year", "fairness_of_year"])
def test_a_day_that_is_none_is_told_where_a_year_is_looked_at(client, root, name):
    signed_in(client, make_user(root))

    page = client.get(reverse(f"commendations:{name}", args=[root.pk]) + "?as_of=31/2/2026").content.decode()

    assert "“31/2/2026” không phải ngày có thật" in page


def without_buttons(markup):
    return re.sub(r"</?button[^>]*>", "", markup)


def test_a_typed_name_does_not_tell_the_sex_of_a_person(client, root, unit):
    make_person("Trần Thị Ánh", unit, sex="female")
    signed_in(client, make_user(root, "auditor"))
    sent = {"decided_on": "20/12/2025", "root": str(root.pk), "names": "Trần Thị Ánh|LĐTT"}

    page = client.post(reverse("commendations:typed_list"), sent).content.decode()

    shares = without_buttons(page.partition(">Nữ<")[2][:800]).replace("num wide-only", "num")
    assert [cell.partition("</td>")[0] for cell in shares.split('<td class="num">')[1:4]] == ["0", "1", "1"]


def test_offices_of_one_name_are_told_apart_by_the_unit_above(client, root, unit):
    signed_in(client, make_user(root))
    for place in (unit, make_unit("Cục Khác", root)):
        honour = make_honour(make_unit("Văn phòng", place), "TTLDTT", 2025, number="7/QĐ-BTN")

    page = client.get(reverse("commendations:money_of_decision", args=[decision_of(honour)])).content.decode()

    assert [page.count(f"tập thể · {name}<") for name in ("Cục Trợ giúp", "Cục Khác")] == [1, 1]


def test_who_is_of_the_base_is_not_known_in_a_tree_that_marks_no_such_units(root, unit):
    UnitKind.objects.update(level="central")
    make_honour(make_person("Trần Thị Ánh", unit), "LDTT", 2025, number="7/QĐ-BTN")

    grassroots = honours_counted(make_user(root)).shares[3]

    assert (grassroots.group, grassroots.counted, grassroots.unknown) == ("grassroots", 0, 1)


@pytest.mark.parametrize("level", ["grassroots", "commune"])
def test_communes_and_units_marked_so_are_of_the_base(root, unit, level):
    UnitKind.objects.update(level="central")
    kind = make_kind(code=f"moc-{level}", level=level)
    for name, place in (
        ("Trần Thị Ánh", unit),
        ("Lê Văn Bốn", make_unit("Phòng khu vực 1", unit, kind=kind)),
    ):
        make_honour(make_person(name, place), "LDTT", 2025, number="7/QĐ-BTN")
    lists = honour_lines(make_user(root))

    grassroots = fairness_of(lists, shipped_law(), None, on=DECIDED.on).shares[3]

    named = [one.listed.name for one in lists.shown(Among("grassroots"), 0, 50)]
    assert (grassroots.counted, grassroots.unknown, named) == (1, 0, ["Lê Văn Bốn"])


@pytest.mark.parametrize(("typed", "fold"), [({}, "<details"), ({"persons": "2"}, "<details open")])
def test_the_quotas_of_a_typed_list_are_folded_until_one_is_typed(client, root, typed, fold):
    signed_in(client, make_user(root))
    sent = {"decided_on": "20/12/2025", "names": "", **typed}

    page = client.post(reverse("commendations:typed_list"), sent).content.decode()

    opened = page.partition('class="quota-fold"')[2].partition(">")[0]
    assert (opened.strip(), page.count("data-drop>")) == (fold.removeprefix("<details").strip(), 1)


# -- long lists ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page_asked", "seen"), [("1", (50, "1–50")), ("2", (2, "51–52")), ("99", (2, "51–52"))]
)
@pytest.mark.parametrize("name", ["money_of_decision", "fairness_of_decision"])
def test_a_long_decision_is_paged_and_never_beyond_its_end(client, root, unit, name, page_asked, seen):
    award, office = make_award("LDTT", 2025, number="7/QĐ-BTN"), make_user(root)
    people = [Recipient(person=make_person(f"Người Số {place}", unit)) for place in range(52)]
    honour = enter_decision(None, award, people, although_alike=True)[0]
    signed_in(client, office)

    page = client.get(
        reverse(f"commendations:{name}", args=[decision_of(honour)]) + f"?page={page_asked}"
    ).content.decode()

    shown = page.count("<b>Người Số ") if name == "money_of_decision" else page.count(">Người Số ")
    assert (shown, page.count(seen[1])) == (seen[0], 1)


def test_a_decision_and_its_lines_in_hand_are_counted_alike(root, unit):
    user = make_user(root)
    for number in range(4):
        person = make_person(
            f"Người Số {number}", unit, sex="female" if number else "", is_manager=not number
        )
        make_honour(person, "LDTT" if number else "CSTDCS", 2025, number="7/QĐ-BTN")
    make_honour(unit, "TTLDTT", 2025, number="8/QĐ-BTN")
    quotas = [Quota(2, kind=SubjectKind.INDIVIDUAL)]

    counted = honours_counted(user, quotas=quotas, each_unit=OfEachUnit(quotas))

    in_memory = lines(of_honours(Honour.objects.order_by("pk")), user)
    assert counted == fairness_of(
        in_memory, shipped_law(), None, on=DECIDED.on, quotas=quotas, each_unit=OfEachUnit(quotas)
    )


# -- a list typed --------------------------------------------------------------------------------------


def test_headings_in_any_order_tell_the_columns():
    rows = table_of("Năm\tDanh hiệu, hình thức\tHọ và tên\n2021-2025\tBằng khen cấp bộ\tA\n")

    problems = refusal("Năm\tDanh hiệu, hình thức\tHọ và tên\n2021-2025\tBằng khen cấp bộ\tA\n")
    with_kind = read_list([(1, [*rows[0][1], "Đối tượng"]), (2, [*rows[1][1], "Tập thể"])], DECIDED)

    assert problems == ["Dòng 2: thiếu đối tượng. Ghi: cá nhân, tập thể hoặc hộ gia đình."]
    assert [(one.name, one.kind, one.award, one.period) for one in with_kind] == [
        ("A", "collective", "BK_BO", (2021, 2025))
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Danh sách chưa có dòng nào. Dán tên và danh hiệu, mỗi dòng một lần khen."),
        (
            "A|Huy chương",
            (
                "Dòng 1: “Huy chương” không có trong danh mục danh hiệu, hình thức. "
                "Ghi như: LĐTT, CSTĐCS, Bằng khen cấp bộ."
            ),
        ),
        ("|LĐTT", "Dòng 1: thiếu tên. Ghi tên cá nhân hoặc tập thể."),
        (
            "A|LĐTT||2099",
            "Dòng 1: năm “2099” không đọc được. Ghi 2025 hoặc 2021-2025, không sau năm quyết định.",
        ),
        ("A|Bằng khen", "Dòng 1: “Bằng khen” có ở nhiều cấp. Thêm cột Cấp, hoặc ghi như: Bằng khen cấp bộ."),
        ("A|LĐTT|xe đạp", "Dòng 1: không rõ đối tượng “xe đạp”. Ghi: cá nhân, tập thể, hộ gia đình."),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text, problem):
    assert refusal(text) == [problem]


@pytest.mark.parametrize(
    ("award", "level", "meant"),
    [
        ("Bằng khen", "cấp bộ", ("BK_BO", "ministry")),
        ("Bằng khen", "tỉnh", ("BK_BO", "province")),
        ("Bằng khen", "Thủ tướng", ("BK_TTG", "state")),
        ("Bằng khen cấp tỉnh", "", ("BK_BO", "province")),
        ("Chiến sĩ thi đua", "Cơ sở", ("CSTDCS", "unit")),
        ("Cờ thi đua của Chính phủ", "", ("CO_CP", "state")),
        ("Giấy khen", "xã", ("GIAY_KHEN", "commune")),
        ("Giấy khen", "UBND xã", ("GIAY_KHEN", "commune")),
        ("Giấy khen", "Ủy ban nhân dân xã", ("GIAY_KHEN", "commune")),
        ("Giấy khen", "", ("GIAY_KHEN", "unit")),
    ],
)
def test_an_award_and_its_level_are_read_as_clerks_write_them(award, level, meant):
    kind = "cá nhân" if award.startswith("Chiến sĩ") else "tập thể"

    (one,) = read_list(table_of(f"Tên|Danh hiệu|Đối tượng|Cấp\nA|{award}|{kind}|{level}"), DECIDED)

    assert (one.award, one.level) == meant


@pytest.mark.parametrize(
    ("award", "level", "problem"),
    [
        (
            "Giấy khen",
            "cấp huyện",
            "không rõ cấp “cấp huyện”. Ghi: cấp xã, cấp cơ sở, cấp bộ, cấp tỉnh hoặc cấp nhà nước.",
        ),
        ("Bằng khen TTg", "tỉnh", "“Bằng khen TTg” không phải của cấp ghi ở cột Cấp. Sửa một trong hai."),
    ],
)
def test_a_level_that_is_unknown_or_of_another_award_is_a_fault_of_its_line(award, level, problem):
    assert refusal(f"Tên|Danh hiệu|Đối tượng|Cấp\nA|{award}|tập thể|{level}") == [f"Dòng 2: {problem}"]


def test_an_uploaded_workbook_is_read_and_known_people_bring_their_facts(client, root, unit):
    signed_in(client, make_user(root))
    make_person("Trần Thị Ánh", unit, sex="female")
    out = BytesIO()
    columns = (ColumnSpec("Họ và tên"), ColumnSpec("Danh hiệu"))
    write_xlsx(out, [SheetSpec("Danh sách", columns, [["Trần Thị Ánh", "LĐTT"], ["Người Lạ", "LĐTT"]])])
    sent = {
        "decided_on": "20/12/2025",
        "root": str(root.pk),
        "file": SimpleUploadedFile("a.xlsx", out.getvalue()),
    }

    page = client.post(reverse("commendations:typed_list"), sent).content.decode()

    shares = without_buttons(page.partition(">Nữ<")[2][:800]).replace("num wide-only", "num")
    assert [cell.partition("</td>")[0] for cell in shares.split('<td class="num">')[2:4]] == ["2", "1"]


def test_a_file_that_is_no_table_is_refused_with_a_sentence(client, root):
    signed_in(client, make_user(root))
    sent = {"decided_on": "20/12/2025", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 not a table")}

    answer = client.post(reverse("commendations:typed_list"), sent)

    assert (answer.status_code, answer.content.decode().count("là tệp PDF") > 0) == (422, True)


def test_who_sees_no_unit_has_no_list_to_type(client, unit):
    signed_in(client, make_user(unit, role=None))

    assert client.get(reverse("commendations:typed_list")).status_code == 404


def test_a_file_of_another_kind_is_told_line_by_line(client, root):
    signed_in(client, make_user(root))
    wrong = SimpleUploadedFile("luat.yaml", b"label: {vi: a}\nkind: b\nfor: c\n")

    answer = client.post(reverse("commendations:typed_list"), {"decided_on": "1/10/2026", "file": wrong})

    lines = set(re.findall(r"Dòng (\d+)", answer.content.decode()))
    assert (answer.status_code, lines) == (422, {"1", "2", "3"})


@pytest.mark.parametrize(
    ("quota", "word"),
    [
        (Quota(between=(10, 15)), "ngoài dự kiến"),
        (Quota(between=(1, 15)), "trong mức"),
        (Quota(at_most=1), "vượt, phải bớt"),
    ],
)
def test_the_workbook_tells_quotas_in_the_words_of_the_page(quota, word):
    listed = read_list(table_of("Trần Thị Ánh | LDTT | cá nhân\nLê Văn Bốn | LDTT | cá nhân"), DECIDED)

    found = fairness_of(lines(listed), shipped_law(), None, on=DECIDED.on, quotas=[quota])

    (row,) = [row for row in rule_rows(found) if row[0] == "Hạn mức của danh sách"]
    assert row[2] == word


@pytest.mark.parametrize(
    ("names", "said"),
    [("Trần Thị Ánh|LĐTT", "1 person"), ("Trần Thị Ánh|LĐTT\nLê Văn Bốn|LĐTT", "2 people")],
)
def test_english_counts_one_person_as_one(client, root, names, said):
    signed_in(client, make_user(root))
    sent = {"names": names, "decided_on": "20/12/2025"}

    page = client.post(reverse("commendations:typed_list"), sent, headers={"accept-language": "en"})

    assert page.content.decode().count(f'<span class="fact-note">{said}</span>') == 1


def test_a_group_nobody_of_the_list_can_be_in_lacks_no_data(client, root, unit):
    signed_in(client, make_user(root))
    honour = make_honour(unit, "TTLDTT", 2025, number="8/QĐ-BTN")
    address = reverse("commendations:fairness_of_decision", args=[decision_of(honour)])

    page = client.get(address).content.decode()

    shares = page.partition('id="shares"')[2].partition("</table>")[0]
    lines = {row.partition("<td>")[2].partition("<small")[0]: row for row in shares.split("<tr")}
    assert [lines[name].count(">–</td>") for name in ("Nữ", "Lãnh đạo, quản lý")] == [1, 1]
    assert shares.count(">–</td>") == 3  # leaders, direct workers, women
