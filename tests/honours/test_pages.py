from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange.imports import file_given
from factories import make_account, make_honour, make_person, make_unit, make_user, signed_in
from thidua.audit.models import Entry
from thidua.documents.workbook_reader import read_rows
from thidua.honours.models import Honour, HonourEvent
from thidua.honours.services.changing import Grounds, change_state
from thidua.organisations.models import UnitRole

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 1)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def unit():
    return make_unit("Cục Trợ giúp", make_unit("Bộ Thử nghiệm"))


@pytest.fixture
def person(unit):
    return make_person("Trần Thị Ánh", unit)


@pytest.fixture
def officer(client, unit):
    account = make_user(unit)
    signed_in(client, account)
    return account


def revoke(row):
    return change_state(
        None, row, HonourEvent.Kind.REVOKED, Grounds(DAY, "Bị kỷ luật cảnh cáo", "9/QĐ-BTN", DAY)
    )


def text(response):
    return response.content.decode()


def entry(names, **changes):
    return {
        "number": "88/QĐ-BTN",
        "decided_on": "20/12/2025",
        "issuer": "Bộ Thử nghiệm",
        "award": "LDTT",
        "type": "MERIT",
        "period_to": "2025",
        "kind": "individual",
        "names": names,
        **changes,
    }


@pytest.mark.parametrize("number", [1, 30])
def test_the_register_costs_the_same_at_any_length(
    client, officer, unit, number, django_assert_max_num_queries
):
    for place in range(number):
        make_honour(make_person(f"Người Số {place}", unit), number=f"{place}/QĐ-X")

    with django_assert_max_num_queries(12):
        shown = client.get(reverse("honours:register"))

    assert text(shown).count('<td class="wide-only">Chiến sĩ thi đua cơ sở</td>') == number


def test_the_register_says_which_filters_hold_and_offers_the_day(client, officer, person):
    revoke(make_honour(person))

    shown = text(client.get(reverse("honours:register") + "?award=CSTDCS&state=revoked"))
    before = text(client.get(reverse("honours:register") + "?as_of=2026-01-01&state=revoked"))
    fragment = client.get(reverse("honours:register"), headers={"HX-Request": "true"})

    assert (shown.count("Trần Thị Ánh"), before.count("Trần Thị Ánh")) == (1, 0)
    assert (fragment.status_code, "<html" in text(fragment)) == (200, False)


def test_the_workbook_holds_what_is_filtered(client, officer, person, tmp_path):
    make_honour(person)
    make_honour(person, "LDTT", number="2/QĐ-X")

    answer = client.get(reverse("honours:register") + "?award=LDTT&format=xlsx")
    path = tmp_path / "so.xlsx"
    path.write_bytes(file_given(answer))
    rows = [row.cells for row in read_rows(path)]

    assert [(row[0], row[4], row[9]) for row in rows] == [
        ("Tên", "Mã", "Số quyết định"),
        ("Trần Thị Ánh", "LDTT", "2/QĐ-X"),
    ]


def test_a_decision_is_checked_then_written_from_a_pasted_list(client, officer, unit, person):
    twin = make_person("Trần Thị Ánh", unit, position="Kế toán")
    address = reverse("honours:enter")

    checked = client.post(address, entry("Trần Thị Ánh | 15") | {"step": "check"})
    unsure = client.post(address, entry("Trần Thị Ánh | 15") | {"step": "save"})
    label = "Trần Thị Ánh — Kế toán, Cục Trợ giúp"
    saved = client.post(address, entry(f"{label} | 15") | {"step": "save"})

    assert (text(checked).count('<option value="' + str(twin.pk)), unsure.status_code) == (1, 200)
    row = Honour.objects.get()
    assert (row.person, row.certificate_number, row.source) == (twin, "15", "entered")
    assert saved["Location"] == reverse("honours:decision", args=[row.decision_id])


def test_saving_looks_at_the_list_once(client, officer, person):
    with CaptureQueriesContext(connection) as asked:
        saved = client.post(reverse("honours:enter"), entry("Trần Thị Ánh", step="save"))

    looked = [one["sql"] for one in asked if one["sql"].startswith("SELECT") and "period_to" in one["sql"]]
    assert (saved.status_code, len(looked)) == (302, 2)  # what is there, what is alike


def test_a_likely_duplicate_waits_for_a_tick(client, officer, person):
    make_honour(person, "LDTT", 2025)
    address, given = reverse("honours:enter"), entry("Trần Thị Ánh", step="save")

    asked = client.post(address, given)
    saved = client.post(address, given | {"although_alike": "on"})

    assert text(asked).count("Dòng 1: Trần Thị Ánh đã có “Lao động tiên tiến” năm 2025") == 1
    assert (asked.status_code, saved.status_code, Honour.objects.count()) == (200, 302, 2)


def test_the_check_tells_everything_that_writing_would_refuse(client, officer, person):
    address = reverse("honours:enter")
    given = entry(
        "Người Lạ\nTrần Thị Ánh", award="CO_BO", issuer="Bộ Tư pháp", decided_on="1/1/2030", period_to="2031"
    )

    checked = text(client.post(address, given | {"step": "check"}))

    assert [checked.count(words) for words in OBJECTIONS] == [1, 1, 1]
    assert (checked.count('value="save"'), Honour.objects.count()) == (0, 0)


OBJECTIONS = (
    "Ngày quyết định 1/1/2030 chưa đến.",
    "Thành tích đến năm 2031 nhưng quyết định ký năm 2030.",
    "Dòng 2: “Cờ thi đua của bộ, ban, ngành, tỉnh” không dành cho cá nhân.",
)


def test_the_check_tells_a_likely_duplicate_and_offers_the_tick(client, officer, person):
    make_honour(person, "LDTT", 2025)

    checked = text(client.post(reverse("honours:enter"), entry("Trần Thị Ánh", step="check")))

    assert checked.count("Dòng 1: Trần Thị Ánh đã có “Lao động tiên tiến” năm 2025") == 1
    assert (checked.count('name="although_alike"'), checked.count('value="save"')) == (1, 1)


def test_a_check_of_an_empty_list_says_that_it_is_empty(client, officer):
    checked = text(client.post(reverse("honours:enter"), entry("", step="check")))

    assert checked.count("Chưa có ai trong danh sách.") == 1


def test_an_award_beyond_the_powers_of_its_issuer_is_written_with_a_warning(client, officer, person):
    address, words = reverse("honours:enter"), "Thẩm quyền tặng “Huân chương Lao động hạng Ba”: cấp nhà nước"
    given = entry("Trần Thị Ánh", award="HCLD3", issuer="Bộ trưởng Bộ Tư pháp")

    checked = text(client.post(address, given | {"step": "check"}))
    fitting = text(client.post(address, given | {"step": "check", "issuer": "Chủ tịch nước"}))
    saved = client.post(address, given | {"step": "save"}, follow=True)

    assert (checked.count(words), checked.count('value="save"'), fitting.count(words)) == (1, 1, 0)
    assert (text(saved).count(words), Honour.objects.get().issuer) == (1, "Bộ trưởng Bộ Tư pháp")


def test_names_are_taken_from_a_unit_into_the_list(client, officer, unit, person):
    given = entry("", step="add", source_unit=unit.code)

    shown = text(client.post(reverse("honours:enter"), given))

    assert shown.count("Trần Thị Ánh — Chuyên viên, Cục Trợ giúp") >= 1
    assert Honour.objects.count() == 0


def test_households_and_collectives_are_entered_too(client, officer, unit):
    address = reverse("honours:enter")

    family = entry("Gia đình ông Bảy", step="save", award="GDVH", kind="household")
    refused = client.post(address, family)
    saved = client.post(address, family | {"keeper": unit.code})
    unit_saved = client.post(
        address, entry("Cục Trợ giúp", step="save", award="TTLDTT", kind="collective", number="9/QĐ")
    )

    assert [one.status_code for one in (refused, saved, unit_saved)] == [200, 302, 302]
    assert set(Honour.objects.values_list("kind", flat=True)) == {"household", "collective"}


def test_nobody_enters_for_a_unit_that_is_not_theirs(client, officer):
    make_person("Người Ngoài", make_unit("Bộ khác"))

    answer = client.post(reverse("honours:enter"), entry("Người Ngoài", step="save"))

    assert (answer.status_code, Honour.objects.count()) == (200, 0)


def test_who_may_not_write_is_told_who_can_grant_it(client, unit):
    signed_in(client, make_user(unit, UnitRole.Role.AUDITOR))

    assert client.get(reverse("honours:enter")).status_code == 403


def test_the_page_of_a_decision_shows_only_what_the_reader_may_read(client, officer, person):
    make_honour(person)
    outsider = make_honour(make_person("Người Ngoài", make_unit("Bộ khác")))
    address = reverse("honours:decision", args=[outsider.decision_id])

    shown = text(client.get(address))
    signed_in(client, make_user(make_unit("Bộ thứ ba")))

    assert (shown.count("Trần Thị Ánh"), shown.count("Người Ngoài")) == (1, 0)
    assert client.get(address).status_code == 404
    assert client.get(reverse("honours:honour", args=[outsider.pk])).status_code == 404


def test_an_honour_is_corrected_revoked_and_restored_by_page(client, officer, person):
    row = make_honour(person)
    facts = {
        "name": "Trần Thị Ánh",
        "award": "CSTDCS",
        "type": "MERIT",
        "period_from": "2025",
        "period_to": "2025",
        "number": "140/QĐ-BTN",
        "decided_on": "20/12/2025",
        "issuer": "Bộ Thử nghiệm",
        "signer": "Lê Văn Bộ",
        "reason": "Thiếu người ký",
        "version": "1",
    }
    grounds = {"number": "9/QĐ", "decided_on": "1/2/2026", "reason": "Khai không đúng", "version": "2"}

    def post(page, *args, **given):
        return client.post(reverse(f"honours:{page}", args=[row.pk, *args]), given).status_code

    statuses = [
        post("correct", **facts),
        post("change", "huy-bo", **grounds),
        post("change", "huy-bo", **grounds),
        post("change", "khoi-phuc", **(grounds | {"version": "3"})),
        post("change", "la-gi", **grounds),
    ]

    row.refresh_from_db()
    assert statuses == [302, 302, 200, 302, 404]
    assert (row.signer, row.state, row.events.count()) == ("Lê Văn Bộ", "held", 3)
    assert client.get(reverse("honours:correct", args=[row.pk])).status_code == 200
    assert client.get(reverse("honours:change", args=[row.pk, "rut"])).status_code == 200


def test_stripping_is_offered_for_an_honorary_title_of_the_state_only(client, officer, person):
    rows = [make_honour(person, award, number=f"{award}/QĐ-X") for award in ("CSTDCS", "HERO_LABOUR")]

    shown = [text(client.get(reverse("honours:honour", args=[row.pk]))) for row in rows]
    opened = [client.get(reverse("honours:change", args=[row.pk, "tuoc"])).status_code for row in rows]

    assert [one.count("/tuoc/") for one in shown] == [0, 1]
    assert [one.count("/huy-bo/") for one in shown] == [1, 1]
    assert opened == [404, 200]


def test_the_reason_of_a_revocation_is_not_for_everybody(client, unit, person):
    row = make_honour(person)
    revoke(row)
    address = reverse("honours:honour", args=[row.pk])

    shown = {
        role: text(signed_in(client, make_user(unit, role, full_name=f"Lê {role}")).get(address)).count(
            "cảnh cáo"
        )
        for role in (UnitRole.Role.AUDITOR, UnitRole.Role.HEAD, UnitRole.Role.OFFICER)
    }

    assert shown == {"auditor": 0, "head": 1, "officer": 1}


def test_what_rested_on_a_fallen_honour_is_looked_at_again_by_page(client, officer, person):
    fallen = make_honour(person, "CSTDCS", 2023)
    later = make_honour(person, "CSTDB", 2025, number="2/QĐ-X")
    revoke(fallen)
    address = reverse("honours:honour", args=[fallen.pk])

    before = text(client.get(address))
    given = {"reason": "Vẫn đủ điều kiện", "fallen": str(fallen.pk)}
    answer = client.post(reverse("honours:reexamine", args=[later.pk]), given)
    after = text(client.get(address))

    assert (before.count("dựa trực tiếp</"), answer["Location"]) == (1, address)
    assert (before.count("Vẫn đủ điều kiện"), after.count("Vẫn đủ điều kiện")) == (0, 1)


@pytest.mark.parametrize("number", [1, 20])
def test_a_persons_record_is_a_line_of_years(client, person, number, django_assert_max_num_queries):
    for place in range(number):
        make_honour(person, "LDTT", 2025 - place, number=f"{place}/QĐ-X")
    make_honour(person, "BK_TTG", 2025, number="1/QĐ-TTg")
    signed_in(client, make_account(person))

    with django_assert_max_num_queries(12):
        shown = text(client.get(reverse("honours:person", args=[person.pk])))

    assert shown.count('class="honour-year num"') == number
    assert shown.count("of-state") == 1
    assert client.get(reverse("honours:mine"))["Location"] == reverse("honours:person", args=[person.pk])


def test_a_record_of_a_stranger_is_hidden(client, person):
    signed_in(client, make_user(make_unit("Bộ khác")))

    assert client.get(reverse("honours:person", args=[person.pk])).status_code == 404
    assert client.get(reverse("honours:unit", args=[person.unit_id])).status_code == 404


@pytest.mark.parametrize("number", [1, 20])
def test_a_units_record_shows_its_own_and_counts_its_peoples(
    client, officer, unit, person, number, django_assert_max_num_queries
):
    for place in range(number):
        make_honour(unit, "TTLDTT", 2025 - place, number=f"{place}/QĐ-X")
    make_honour(person)
    address = reverse("honours:unit", args=[unit.pk])

    with django_assert_max_num_queries(12):
        shown = text(client.get(address))

    assert shown.count('class="honour-year num"') == number
    record = reverse("honours:person", args=[person.pk]) + "?format=xlsx&as_of=2026-01-01"
    for asked in (address + "?format=xlsx", record):
        assert file_given(client.get(asked)).startswith(b"PK")


def test_a_page_beyond_the_end_of_a_decision_is_not_there(client, officer, person):
    row = make_honour(person)
    address = reverse("honours:decision", args=[row.decision_id])

    answers = {asked: client.get(address, {"page": asked}).status_code for asked in ("1", "2", "²", "9" * 30)}

    assert answers == {"1": 200, "2": 404, "²": 200, "9" * 30: 200}


def test_who_takes_honours_out_is_logged(client, officer, person, unit):
    row = make_honour(person)
    addresses = [
        reverse("honours:register"),
        reverse("honours:person", args=[person.pk]),
        reverse("honours:unit", args=[unit.pk]),
        reverse("honours:decision", args=[row.decision_id]),
    ]

    for address in addresses:
        assert file_given(client.get(address, {"format": "xlsx"})).startswith(b"PK")

    taken = Entry.objects.filter(action="export.honours", actor_id=str(officer.pk))
    assert sorted([*entry.details] for entry in taken) == [["decision"], ["filter"], ["person"], ["unit"]]


def test_who_has_no_right_to_take_out_is_offered_no_workbook_and_given_none(client, unit, person):
    row = make_honour(person)
    signed_in(client, make_user(unit, None))
    addresses = [
        reverse("honours:register"),
        reverse("honours:unit", args=[unit.pk]),
        reverse("honours:decision", args=[row.decision_id]),
    ]

    pages = {client.get(address).status_code: text(client.get(address)) for address in addresses[:2]}

    assert [client.get(address, {"format": "xlsx"}).status_code for address in addresses] == [403, 403, 404]
    assert (list(pages), "Xuất Excel" in "".join(pages.values())) == ([200], False)


def test_ones_own_record_may_always_be_taken_out(client, unit):
    user = make_user(unit, None)
    make_honour(user.person)
    signed_in(client, user)

    answer = client.get(reverse("honours:person", args=[user.person.pk]), {"format": "xlsx"})

    assert file_given(answer).startswith(b"PK")
