from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange.imports import file_given
from factories import make_account, make_person, make_unit, make_user, signed_in
from thidua.initiatives.models import Initiative, InitiativeCouncil
from thidua.initiatives.services.councils import NewCouncil, seat, set_up
from thidua.initiatives.services.steps import Ruling, assign, give_opinion, recognise, submit
from thidua.initiatives.services.writing import Author, Written, start
from thidua.organisations.models import Person, UnitRole

pytestmark = pytest.mark.django_db
DAY, TODAY = date(2026, 3, 1), date(2026, 3, 2)


@pytest.fixture(autouse=True)
def clock(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def unit():
    return make_unit("Cục Trợ giúp", make_unit("Bộ Thử nghiệm"))


@pytest.fixture
def author(unit):
    return make_person("Trần Thị Ánh", unit, staff_code="CB-1")


@pytest.fixture
def member(unit):
    return make_person("Lê Một", unit)


@pytest.fixture
def council(unit, member):
    made = set_up(None, NewCouncil(unit, "Hội đồng sáng kiến", "3/QĐ-C", DAY, date(2026, 1, 1)))
    seat(None, made, member, "chair", date(2026, 1, 1))
    return made


def make_draft(author, title="Biểu mẫu điền sẵn"):
    return start(None, author, Written(title, "Nội dung.", "Hiệu quả.", date(2026, 1, 5)))


def make_recognised(author, council, member, title="Biểu mẫu điền sẵn"):
    row = assign(None, submit(None, make_draft(author, title)), council)
    give_opinion(None, row, member, "recognise", "CO_SO", "Tốt.")
    return recognise(None, row, Ruling("15/QĐ-C", TODAY, "CO_SO"))


def text(response):
    return response.content.decode()


def page_of(row, name="initiative", *args):
    return reverse(f"initiatives:{name}", args=[row.pk, *args])


def test_an_author_writes_edits_attaches_and_submits(client, unit, author):
    other = make_person("Lê Bình", unit)
    signed_in(client, make_account(author))
    given = {
        "title": "Biểu mẫu điền sẵn",
        "description": "Nội dung.",
        "effect": "Nhanh hơn.",
        "applied_on": "5/1/2026",
        "authors": "CB-1 | 60%\nLê Bình | 40",
    }

    made = client.post(reverse("initiatives:create"), given)
    row = Initiative.objects.get()
    edited = client.post(page_of(row, "edit"), given | {"effect": "Nhanh gấp đôi.", "version": "1"})
    stale = client.post(page_of(row, "edit"), given | {"version": "1"})
    upload = {"file": SimpleUploadedFile("minh-chung.txt", "nội dung".encode())}
    client.post(page_of(row, "file_add"), upload)
    kept = row.files.get()
    opened = client.get(page_of(row, "file", kept.pk))
    row.refresh_from_db()
    sent = client.post(page_of(row, "step", "submit"), {"version": str(row.version)})

    assert [one.status_code for one in (made, edited, stale, sent)] == [302, 302, 200, 302]
    assert dict(row.authorships.values_list("person", "percent")) == {author.pk: 60, other.pk: 40}
    assert (b"".join(opened.streaming_content).decode(), opened["Content-Type"]) == (
        "nội dung",
        "application/octet-stream",
    )
    row.refresh_from_db()
    assert (row.state, row.effect) == ("submitted", "Nhanh gấp đôi.")
    assert client.post(page_of(row, "file_remove", kept.pk)).status_code == 403


def test_a_share_or_an_author_that_cannot_be_read_is_told(client, author, unit):
    signed_in(client, make_account(author))
    given = {"title": "Ý tưởng", "authors": ""}

    answers = [
        text(client.post(reverse("initiatives:create"), given | {"authors": line}))
        for line in ("CB-1", "Người Lạ | 100", "CB-1 | 90", "CB-1 | 0", "CB-1 | ²")
    ]

    assert [
        answers[0].count("Ghi số phần trăm sau dấu |, ví dụ: CB-1 | 50.") > 0,
        answers[1].count("Không tìm thấy “Người Lạ”") > 0,
        answers[2].count("cộng lại là 90%, cần đúng 100%") > 0,
        answers[3].count("“CB-1” chưa có tỷ lệ.") > 0,
        answers[4].count("“CB-1” chưa có tỷ lệ.") > 0,
    ] == [True] * 5
    assert Initiative.objects.count() == 0


def test_editing_names_authors_of_other_units_without_their_staff_codes(client, author, unit):
    elsewhere = make_unit("Cục Hai", unit.parent)
    other = make_person("Đỗ Xa", elsewhere, staff_code="CB-9")
    row = start(None, author, Written("Ý tưởng", "", authors=(Author(author, 60), Author(other, 40))))
    signed_in(client, make_account(author))

    shown = text(client.get(page_of(row, "edit")))
    lines = "CB-1 | 50\nĐỗ Xa — Chuyên viên, Cục Hai | 50"
    data = {"title": "Ý tưởng", "authors": lines, "version": str(row.version)}
    saved = client.post(page_of(row, "edit"), data)

    assert (shown.count("CB-9"), shown.count("Đỗ Xa — Chuyên viên, Cục Hai | 40")) == (0, 1)
    assert saved.status_code == 302
    assert dict(row.authorships.values_list("person", "percent")) == {author.pk: 50, other.pk: 50}


def test_an_author_of_another_unit_is_found_by_name_and_code_together_only(client, author, unit):
    make_person("Đỗ Xa", make_unit("Cục Hai", unit.parent), staff_code="CB-9")
    signed_in(client, make_account(author))
    data = {"title": "Ý tưởng"}

    answers = [
        client.post(reverse("initiatives:create"), data | {"authors": f"CB-1 | 50\n{told} | 50"})
        for told in ("CB-9", "Đỗ Xa", "Đỗ Gần (CB-9)", "Do Xa (CB-9)")
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 302]
    assert "Đỗ Xa — " not in "".join(text(answer) for answer in answers[:3])


def test_the_draft_says_what_is_missing(client, author):
    signed_in(client, make_account(author))
    row = start(None, author, Written("Ý tưởng", ""))

    shown = text(client.get(page_of(row)))

    assert [shown.count(words) for words in ("Chưa ghi nội dung sáng kiến.", "Chưa ghi ngày bắt đầu")] == [
        1,
        1,
    ]


def test_an_account_of_nobody_cannot_submit(client):
    signed_in(client, make_account())

    assert client.get(reverse("initiatives:create")).status_code == 403


def test_it_passes_from_officer_to_council_to_head_and_is_used(client, unit, author, member, council):
    row = submit(None, make_draft(author))
    officer, head = make_user(unit), make_user(unit, UnitRole.Role.HEAD, full_name="Lê Thủ")

    def post(account, name, *args, **given):
        row.refresh_from_db()
        signed_in(client, account)
        return client.post(page_of(row, name, *args), {"version": str(row.version), **given}).status_code

    ruling = {"scope": "CO_SO", "number": "15/QĐ-C", "decided_on": "2/3/2026"}
    use = {"person": str(author.pk), "award": "CSTDCS", "year": "2025"}
    statuses = [
        post(head, "step", "assign", council=str(council.pk)),
        post(officer, "step", "assign", council=str(council.pk)),
        post(officer, "opinion", verdict="recognise", scope="BO", reasons="Tốt."),
        post(make_account(member), "opinion", verdict="recognise", scope="BO", reasons="Tốt."),
        post(officer, "step", "recognise", **ruling),
        post(head, "step", "recognise", **ruling),
        post(officer, "use", **use),
        post(officer, "use", **(use | {"year": "2026"})),
        post(officer, "use", **(use | {"year": "2026", "although_used": "on"})),
    ]

    row.refresh_from_db()
    assert statuses == [403, 302, 403, 302, 403, 302, 302, 200, 302]
    assert (row.state, row.scope, row.uses.count()) == ("recognised", "CO_SO", 2)
    assert text(client.get(page_of(row))).count("Chiến sĩ thi đua cơ sở") == 2


def test_the_page_of_recognition_tells_the_votes_and_refuses_what_cannot_be(
    client, unit, author, member, council
):
    row = assign(None, submit(None, make_draft(author)), council)
    give_opinion(None, row, member, "refuse", "", "Không mới.")
    signed_in(client, make_user(unit, UnitRole.Role.HEAD, full_name="Lê Thủ"))
    address = page_of(row, "step", "recognise")
    given = {"scope": "TOAN_QUOC", "number": "55/QĐ-C", "decided_on": "1/1/2020", "version": str(row.version)}

    asked = text(client.get(address))
    refused = text(client.post(address, given))
    reasoned = {**given, "scope": "CO_SO", "decided_on": "2/3/2026", "note": "Số liệu đã được xác nhận."}
    done = client.post(address, reasoned)

    assert asked.count("1 trên 1 ý kiến của Hội đồng là “Không công nhận”.") == 1
    assert asked.count("Lý do công nhận khác với đa số") == 1
    assert [refused.count(words) for words in REFUSALS] == [1, 1, 1]
    assert done.status_code == 302


REFUSALS = (
    "Ngày quyết định 1/1/2020 trước ngày áp dụng sáng kiến 5/1/2026.",
    "Cục Trợ giúp không công nhận được phạm vi “Toàn quốc”",
    "Ghi lý do vì sao vẫn công nhận.",
)


def test_authors_do_not_read_the_councils_opinions(client, unit, author, member, council):
    row = make_recognised(author, council, member)
    signed_in(client, make_account(author))
    own = text(client.get(page_of(row)))
    signed_in(client, make_user(unit))

    assert (own.count("Ý kiến của Hội đồng"), text(client.get(page_of(row))).count("Lê Một")) == (0, 1)


def test_a_draft_is_hidden_from_everybody_else(client, unit, author):
    row = make_draft(author)
    signed_in(client, make_user(unit))

    assert [client.get(page_of(row, name)).status_code for name in ("initiative", "edit", "use")] == [404] * 3
    assert client.get(page_of(row, "step", "submit")).status_code == 404


@pytest.mark.parametrize("number", [1, 25])
def test_the_list_costs_the_same_at_any_length(
    client, unit, author, member, council, number, django_assert_max_num_queries
):
    for place in range(number):
        submit(None, make_draft(author, f"Sáng kiến số {place}"))
    signed_in(client, make_user(unit))

    with django_assert_max_num_queries(12):
        shown = client.get(reverse("initiatives:list") + "?part=waiting&state=submitted")

    assert text(shown).count("<td><a href=") == number
    assert file_given(client.get(reverse("initiatives:list") + "?format=xlsx")).startswith(b"PK")


@pytest.fixture(params=["officer", "head", "member"])
def reader(request, unit, member):
    if request.param == "member":
        return make_account(member)
    return make_user(unit, UnitRole.Role(request.param))


@pytest.mark.parametrize("seats", [1, 8])
@pytest.mark.parametrize("is_over", [False, True])
def test_a_page_of_an_initiative_asks_at_most_twelve_times(client, reader, author, council, seats, is_over):
    row = assign(None, submit(None, make_draft(author)), council)
    for place in range(seats):
        other = make_person(f"Lê Thị {place}", author.unit)
        seat(None, council, other, "member", date(2026, 1, 1))
        give_opinion(None, row, other, "recognise", "CO_SO", "Tốt.")
    if is_over:
        give_opinion(None, row, Person.objects.get(full_name="Lê Một"), "recognise", "CO_SO", "Tốt.")
        recognise(None, row, Ruling("15/QĐ-C", TODAY, "CO_SO"))
    signed_in(client, reader)

    with CaptureQueriesContext(connection) as asked:
        page = text(client.get(page_of(row)))

    assert page.count("Lê Thị ") >= seats
    assert len(asked) <= 12


def test_an_officer_sets_up_a_council_and_seats_members(client, unit, member):
    signed_in(client, make_user(unit))
    given = {
        "unit": unit.code,
        "name": "Hội đồng sáng kiến Cục",
        "number": "3/QĐ-C",
        "decided_on": "1/3/2026",
        "valid_from": "1/3/2026",
    }

    made = client.post(reverse("initiatives:council_create"), given)
    council = InitiativeCouncil.objects.get()
    address = reverse("initiatives:council", args=[council.pk])
    seated = client.post(address, {"person": "Lê Một", "role": "chair", "on": "1/3/2026"})
    twice = client.post(address, {"person": "Lê Một", "role": "chair", "on": "1/3/2026"})
    row = council.members.get()
    ended = client.post(reverse("initiatives:member_end", args=[council.pk, row.pk]))

    assert [one.status_code for one in (made, seated, twice, ended)] == [302, 302, 200, 302]
    row.refresh_from_db()
    assert row.last_day == DAY
    assert client.get(reverse("initiatives:councils")).status_code == 200


def test_councils_are_hidden_from_who_has_no_part_in_them(client, council, unit):
    signed_in(client, make_account(make_person("Ngô Bạn", unit)))

    assert client.get(reverse("initiatives:council", args=[council.pk])).status_code == 404
    assert client.get(reverse("initiatives:council_create")).status_code == 404


def test_a_member_who_has_spoken_is_asked_no_more_and_may_change_it(client, unit, author, member, council):
    row = assign(None, submit(None, make_draft(author)), council)
    signed_in(client, make_account(member))
    button = f'href="{page_of(row, "opinion")}"'

    before = text(client.get(page_of(row)))
    give_opinion(None, row, member, "recognise", "CO_SO", "Tốt.")
    after = text(client.get(page_of(row)))

    def kind(shown):
        return shown.partition(button)[0].rpartition("<a ")[2]

    assert [kind(shown).count("button-primary") for shown in (before, after)] == [1, 0]
    assert [shown.count("Sửa ý kiến") for shown in (before, after)] == [0, 1]
    assert [
        shown.count(words) for shown, words in ((before, "Đã có 0 trên 1"), (after, "Đã có 1 trên 1"))
    ] == [1, 1]
