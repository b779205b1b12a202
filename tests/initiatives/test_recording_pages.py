"""The pages on which an officer writes down what a decision recognised already."""

from datetime import date

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from factories import make_account, make_honour, make_person, make_unit, make_user, signed_in
from thidua.initiatives.models import Initiative
from thidua.initiatives.services.recording import Acceptance, Past, record_past
from thidua.initiatives.services.steps import Use, note_use
from thidua.initiatives.services.writing import Author
from thidua.library.models import StoredFile
from thidua.organisations.models import Rating, UnitRole

pytestmark = pytest.mark.django_db


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
def officer(client, unit):
    user = make_user(unit)
    signed_in(client, user)
    return user


INITIATIVE = {
    "title": "Biểu mẫu điền sẵn",
    "authors": "CB-1 | 60\nLê Bình | 40%",
    "number": "140/QĐ-C",
    "decided_on": "1/12/2023",
    "issuer": "Cục Trợ giúp",
    "scope": "CO_SO",
    "applied_on": "1/1/2023",
    "replicable": "on",
}
RESEARCH = {
    "kind": "topic",
    "title": "Hòa giải ở cơ sở",
    "authors": "CB-1 | chủ nhiệm",
    "accepted_on": "20/5/2025",
    "accepted_level": "BO",
    "accepted_as": "excellent",
    "number": "12/QĐ-C",
    "decided_on": "1/6/2025",
    "issuer": "Cục Trợ giúp",
    "scope": "CO_SO",
}


def address(what="sang-kien"):
    return reverse("initiatives:record", args=[what])


def page_of(row, name="initiative"):
    return reverse(f"initiatives:{name}", args=[row.pk])


def text(response):
    return response.content.decode()


def recorded(author, **changes):
    facts = {
        "title": "Biểu mẫu điền sẵn",
        "scope": "CO_SO",
        "number": "140/QĐ-C",
        "decided_on": date(2023, 12, 1),
        "issuer": "Bộ khác",
    }
    return record_past(None, Past(authors=(Author(author, None),), **facts | changes))


def test_an_officer_writes_an_initiative_down_with_its_decision(client, officer, unit, author):
    make_person("Lê Bình", unit)
    paper = SimpleUploadedFile("quyet-dinh.pdf", b"scan")

    form = text(client.get(address()))
    done = client.post(address(), INITIATIVE | {"paper": paper})
    row = Initiative.objects.get()
    shown = text(client.get(page_of(row)))

    assert (form.count("Ghi nhận sáng kiến đã có quyết định"), form.count("Ngày nghiệm thu")) == (3, 0)
    assert (done["Location"], row.year, row.replicable) == (page_of(row), 2023, True)
    assert [(one.person.full_name, one.percent) for one in row.authorships.order_by("-percent")] == [
        ("Trần Thị Ánh", 60),
        ("Lê Bình", 40),
    ]
    assert [
        shown.count(words)
        for words in ("Ghi nhận theo quyết định đã có", "quyet-dinh.pdf", "1/12/2023, Cục Trợ giúp", "60%")
    ] == [2, 1, 2, 1]


def test_research_entered_on_a_page_decides_a_verdict(client, officer, unit, author):
    Rating.objects.create(person=author, year=2025, level="GOOD")
    make_honour(author, "LDTT", 2025)
    verdict = reverse("commendations:verdict_of_person", args=[author.pk]) + "?award=CSTDCS&year=2025"
    before = text(client.get(verdict))

    client.post(address("nghien-cuu"), RESEARCH)
    after = text(client.get(verdict))
    row = Initiative.objects.get()
    shown = text(client.get(page_of(row)))

    assert (row.kind, row.accepted_on, row.get_accepted_as_display()) == (
        "topic",
        date(2025, 5, 20),
        "Xuất sắc",
    )
    assert (before.count(page_of(row)), after.count(page_of(row))) == (0, 1)
    assert [shown.count(words) for words in ("Đã nghiệm thu", "Chủ nhiệm", "Ghi làm căn cứ khen")] == [
        1,
        1,
        0,
    ]


def test_what_cannot_be_is_told_beside_the_form_and_leaves_no_file(client, officer, unit, author):
    given = {
        "nobody": INITIATIVE | {"authors": "Người Lạ"},
        "words": INITIATIVE | {"authors": "CB-1 | nhiều"},
        "order": INITIATIVE | {"authors": "CB-1", "decided_on": "1/12/2022"},
    }

    told = {
        name: text(client.post(address(), one | {"paper": SimpleUploadedFile("a.pdf", b"x")}))
        for name, one in given.items()
    }

    assert [
        told["nobody"].count("Không tìm thấy “Người Lạ”"),
        told["words"].count("Không hiểu “nhiều” ở dòng của CB-1."),
        told["order"].count("Ngày quyết định 1/12/2022 trước ngày áp dụng sáng kiến 1/1/2023"),
    ] == [2, 2, 1]
    assert (Initiative.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_who_leads_must_be_of_the_officers_unit(client, officer, unit, author):
    other = make_person("Ngô Xa", make_unit("Cục Hai", unit.parent), staff_code="XA-1")
    lines = {"authors": "Ngô Xa (XA-1)\nCB-1"}

    refused = text(client.post(address(), INITIATIVE | lines))
    done = client.post(address(), INITIATIVE | {"authors": "CB-1\nNgô Xa (XA-1)"})

    assert refused.count("Bạn chưa được giao tiếp nhận sáng kiến của Ngô Xa") == 2
    assert done.status_code == 302
    assert set(Initiative.objects.get().authorships.values_list("person", flat=True)) == {author.pk, other.pk}


def test_a_stranger_reads_no_form_and_posts_nothing(client, unit, author):
    row = recorded(author)
    users = {
        "author": make_account(author),
        "head": make_user(unit, UnitRole.Role.HEAD, full_name="Lê Thủ"),
        "outsider": make_user(make_unit("Bộ khác"), full_name="Ngô Xa"),
    }

    statuses = {}
    for name, user in users.items():
        signed_in(client, user)
        statuses[name] = [
            client.get(address()).status_code,
            client.post(address(), INITIATIVE | {"authors": "CB-1"}).status_code,
            client.get(page_of(row, "amend")).status_code,
            client.post(page_of(row, "remove")).status_code,
        ]

    assert statuses == {
        "author": [403, 403, 403, 403],
        "head": [403, 403, 403, 403],
        "outsider": [200, 200, 404, 404],
    }
    assert Initiative.objects.count() == 1


def test_a_record_is_written_anew_and_a_stale_form_is_told(client, officer, author):
    row = recorded(author)
    given = INITIATIVE | {"authors": "CB-1", "issuer": "Bộ khác", "version": "1"}

    form = text(client.get(page_of(row, "amend")))
    done = client.post(page_of(row, "amend"), given | {"decided_on": "1/2/2024"})
    stale = text(client.post(page_of(row, "amend"), given))

    row.refresh_from_db()
    assert (form.count('value="140/QĐ-C"'), done.status_code, row.recognised_on, row.year) == (
        1,
        302,
        date(2024, 2, 1),
        2024,
    )
    assert stale.count("error-summary") > 0


def test_what_the_form_does_not_ask_stays_as_a_file_told_it(client, officer, author):
    initiative = recorded(author, effect="Bớt 2 giờ mỗi hồ sơ")
    study = recorded(
        author, title="Hòa giải ở cơ sở", kind="topic", acceptance=Acceptance(date(2023, 5, 20)),
        applied_on=date(2023, 6, 1), replicable=True, effect="Bớt khiếu nại",
    )  # fmt: skip

    client.post(page_of(initiative, "amend"), INITIATIVE | {"authors": "CB-1", "issuer": "Bộ khác"})
    client.post(page_of(study, "amend"), RESEARCH | {"issuer": "Bộ khác"})

    initiative.refresh_from_db()
    study.refresh_from_db()
    assert (initiative.replicable, initiative.effect) == (True, "Bớt 2 giờ mỗi hồ sơ")
    assert (study.accepted_on, study.effect, study.applied_on, study.replicable) == (
        date(2025, 5, 20),
        "Bớt khiếu nại",
        date(2023, 6, 1),
        True,
    )


def test_a_mistaken_record_is_taken_out_and_one_that_served_stays(client, officer, author):
    mistaken = recorded(author)
    served = recorded(author, title="Sổ tay")
    note_use(None, served, Use(author, "CSTDCS", 2023))

    gone = client.post(page_of(mistaken, "remove"))
    kept = client.post(page_of(served, "remove"))

    assert gone["Location"] == reverse("initiatives:list")
    told = [
        (one.level_tag, one.message.count("đã làm căn cứ khen")) for one in get_messages(kept.wsgi_request)
    ]
    assert told[-1:] == [("warning", 1)]
    assert list(Initiative.objects.values_list("title", flat=True)) == ["Sổ tay"]


def test_the_list_is_narrowed_by_kind_and_offers_the_forms_to_officers(client, officer, unit, author):
    recorded(author)
    client.post(address("nghien-cuu"), RESEARCH)
    listed = reverse("initiatives:list")

    both, studies = text(client.get(listed)), text(client.get(listed + "?kind=topic"))
    signed_in(client, make_account(author))
    own = text(client.get(listed))

    assert [one.count("Hòa giải ở cơ sở") for one in (both, studies)] == [1, 1]
    assert [one.count("Biểu mẫu điền sẵn") for one in (both, studies)] == [1, 0]
    assert (both.count(address("nghien-cuu")), own.count(address("nghien-cuu"))) == (1, 0)
    assert own.count("Đề tài khoa học · Trần Thị Ánh") == 1
