"""News is kept as a kind with parameters; it has words when somebody reads it, in the reader's language."""

import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils.translation import override

from factories import make_account, make_unit, make_user, signed_in
from thidua.movements.news import Due, Wished
from thidua.notices.kinds import News, UnknownNewsError, kind, kinds, news_of, parameters_of
from thidua.notices.models import Mail, Notice
from thidua.notices.services import Recipient, tell
from thidua.organisations.news import ImportDone

VIETNAMESE = re.compile(r"[À-ỹĐđ]")
SOME_ID = UUID("018f0000-0000-7000-8000-000000000001")
SAMPLES = {str: "CSTDCS", int: 2026, date: date(2026, 3, 14), UUID: SOME_ID}


def sample(made):
    return made(**{field.name: SAMPLES[field.type] for field in fields(made)})


def due():
    return Due(SOME_ID, "Emulation 2026", "Nộp báo cáo", date(2026, 3, 14))


def page_in(client, language):
    client.cookies["django_language"] = language
    return client.get(reverse("notices:list")).content.decode()


def test_these_are_all_the_things_people_are_told():
    assert sorted(kinds()) == [
        "import.done",
        "import.undone",
        "movement.amended",
        "movement.approved",
        "movement.due",
        "movement.due_occurrence",
        "movement.read",
        "movement.received",
        "movement.reminder",
        "movement.reminder_of_steps",
        "movement.renumbered",
        "movement.returned",
        "movement.revised",
        "movement.submitted",
        "movement.writing",
        "registration.accepted",
        "registration.reminder",
        "registration.returned",
        "registration.sent",
        "registration.wish",
        "revision.approved",
        "revision.returned",
        "revision.submitted",
        "revision.writing",
    ]


@pytest.mark.parametrize("name", sorted(kinds()))
def test_every_kind_comes_back_from_json_and_leads_into_the_site(name):
    news = sample(kinds()[name])

    assert news_of(name, parameters_of(news)) == news
    assert news.url().startswith("/")


@pytest.mark.parametrize("name", sorted(kinds()))
def test_every_kind_speaks_both_languages(name):
    news = sample(kinds()[name])

    with override("vi"):
        vietnamese = news.words()
    with override("en"):
        english = news.words()

    assert (VIETNAMESE.search(vietnamese.title) is None, VIETNAMESE.search(" ".join(english))) == (
        False,
        None,
    )


def test_days_numbers_and_awards_are_written_as_the_language_writes_them():
    told = [
        due(),
        Wished(SOME_ID, 2026, "Lê An", "CSTDCS"),
        ImportDone(SOME_ID, "a.xlsx", 1, 0),
        ImportDone(SOME_ID, "a.xlsx", 1250, 2),
    ]

    with override("vi"):
        vietnamese = [news.title() for news in told]
    with override("en"):
        english = [news.title() for news in told]

    assert vietnamese == [
        "Hạn 14/3/2026: Nộp báo cáo",
        "Lê An đăng ký “Chiến sĩ thi đua cơ sở” năm 2026",
        "Đã nhập tệp “a.xlsx”: ghi 1 dòng, không nhận 0 dòng",
        "Đã nhập tệp “a.xlsx”: ghi 1.250 dòng, không nhận 2 dòng",
    ]
    assert english == [
        "Due 14 Mar 2026: Nộp báo cáo",
        "Lê An registers for “Grassroots emulation fighter” in 2026",
        "File “a.xlsx” imported: 1 row written, 0 refused",
        "File “a.xlsx” imported: 1,250 rows written, 2 refused",
    ]


def test_a_kind_takes_only_what_json_gives_back_and_no_name_twice():
    @dataclass(frozen=True, slots=True)
    class Odd(News):
        at: datetime

    with pytest.raises(TypeError, match="at"):
        kind("test.odd")(Odd)
    with pytest.raises(TypeError, match=r"movement\.due"):
        kind("movement.due")(Odd)
    assert "test.odd" not in kinds()


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("movement.lost", {}),
        ("movement.read", {"movement": str(SOME_ID)}),
        ("movement.read", {"movement": str(SOME_ID), "name": "A", "colour": "red"}),
        ("movement.read", {"movement": "7", "name": "A"}),
    ],
)
def test_no_news_is_made_of_an_unknown_kind_or_of_other_parameters(name, parameters):
    with pytest.raises(UnknownNewsError):
        news_of(name, parameters)


@pytest.mark.django_db
def test_one_line_is_read_in_the_language_of_the_page(client):
    reader = make_user(make_unit())
    signed_in(client, reader)
    tell([Recipient(reader.pk)], due())

    shown = [page_in(client, "vi"), page_in(client, "en")]

    assert ["Hạn 14/3/2026: Nộp báo cáo" in page for page in shown] == [True, False]
    assert ["Due 14 Mar 2026: Nộp báo cáo" in page for page in shown] == [False, True]


@pytest.mark.django_db
def test_lines_told_before_there_were_parameters_keep_their_words(client):
    reader = make_user(make_unit())
    signed_in(client, reader)
    Notice.objects.create(account=reader, kind="movement.due", title="Hạn 01/02/2026: Họp", body="Năm 2026")

    page = page_in(client, "en")

    assert ("Hạn 01/02/2026: Họp" in page, "Năm 2026" in page) == (True, True)


@pytest.mark.django_db
def test_a_line_no_kind_knows_any_more_still_leads_where_it_led(client, caplog):
    reader = make_user(make_unit())
    signed_in(client, reader)
    row = Notice.objects.create(account=reader, kind="movement.lost", parameters={"a": 1}, url="/phong-trao/")

    page = page_in(client, "en")

    assert f'<a href="{reverse("notices:open", args=[row.pk])}">Some news; open it to see</a>' in page
    assert [record.message for record in caplog.records] == [
        f"No news of the kind movement.lost takes the parameters of notice {row.pk}."
    ]


@pytest.mark.django_db
def test_each_letter_speaks_the_language_of_its_account_whatever_the_page_speaks():
    accounts = [
        make_account(email="an@thu.vn"),
        make_account(email="ben@thu.vn", language="en"),
        make_account(email="", language="en"),
    ]

    with override("en"):
        tell([Recipient(one.pk, one.email, one.language) for one in accounts], due())

    assert list(Mail.objects.order_by("to").values_list("to", "subject")) == [
        ("an@thu.vn", "Hạn 14/3/2026: Nộp báo cáo"),
        ("ben@thu.vn", "Due 14 Mar 2026: Nộp báo cáo"),
    ]
