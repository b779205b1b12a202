import pytest

from factories import make_account, signed_in
from thidua.audit.models import Entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_in", [False, True])
def test_the_language_is_kept_before_and_after_signing_in(client, is_in):
    if is_in:
        signed_in(client, make_account())

    answer = client.post("/ngon-ngu/", {"language": "en", "next": "/dang-nhap/"})

    assert (answer.status_code, answer.url) == (302, "/dang-nhap/")
    assert client.cookies["django_language"].value == "en"


@pytest.mark.parametrize(("chosen", "kept"), [("en", "en"), ("vi", "vi"), ("xx", "en")])
def test_letters_follow_the_language_an_account_chose_last(client, chosen, kept):
    account = make_account(language="en")
    signed_in(client, account)

    client.post("/ngon-ngu/", {"language": chosen, "next": "/"})

    account.refresh_from_db()
    assert account.language == kept
    assert Entry.objects.filter(action="account.language").count() == (chosen == "vi")
