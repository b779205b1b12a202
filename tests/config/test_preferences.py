import pytest

from factories import make_account, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_in", [False, True])
def test_the_language_is_kept_before_and_after_signing_in(client, is_in):
    if is_in:
        signed_in(client, make_account())

    answer = client.post("/ngon-ngu/", {"language": "en", "next": "/dang-nhap/"})

    assert (answer.status_code, answer.url) == (302, "/dang-nhap/")
    assert client.cookies["django_language"].value == "en"
