"""A session that ends under one's hands leads to the sign-in page and back, never into a piece of a page."""

import pytest
from django.urls import reverse

from factories import make_unit, make_user, signed_in

pytestmark = pytest.mark.django_db
PIECE = {"HX-Request": "true", "HX-Current-URL": "http://testserver/phong-trao/tu-van-ban/?nhap=1"}


def test_a_piece_of_a_page_leads_the_whole_page_to_sign_in_and_back(client):
    answer = client.post(reverse("movements:intake"), headers=PIECE)

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["HX-Redirect"] == "/dang-nhap/?next=/phong-trao/tu-van-ban/%3Fnhap%3D1"


def test_the_sign_in_page_says_that_what_was_sent_was_not_written(client):
    client.post(reverse("movements:intake"), headers=PIECE)

    page = client.get("/dang-nhap/").content.decode()

    assert page.count("Phiên làm việc đã hết; việc vừa gửi chưa được ghi.") == 1


def test_an_address_of_another_site_is_not_led_back_to(client):
    headers = {**PIECE, "HX-Current-URL": "https://example.com//evil.example/phong-trao/"}

    answer = client.get(reverse("movements:intake"), headers=headers)

    assert answer["HX-Redirect"] == "/dang-nhap/?next=/evil.example/phong-trao/"


def test_an_address_that_is_none_leads_back_to_the_first_page(client):
    answer = client.get(reverse("movements:intake"), headers={**PIECE, "HX-Current-URL": "http://[x"})

    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/dang-nhap/?next=/")


def test_a_page_that_is_only_opened_leads_to_sign_in_without_a_word(client):
    answer = client.get(reverse("movements:intake"))

    assert (answer.status_code, answer.url) == (302, "/dang-nhap/?next=/phong-trao/tu-van-ban/")
    assert "Phiên làm việc" not in client.get("/dang-nhap/").content.decode()


def test_an_unknown_address_keeps_the_way_to_everything_else_for_those_signed_in(client):
    stranger = client.get("/khong-co/").content.decode()
    signed_in(client, make_user(make_unit("Vụ Pháp luật")))

    known = client.get("/khong-co/")

    assert (stranger.count('id="rail"'), known.content.decode().count("Không có trang này")) == (0, 2)
    assert 'class="railed' in known.content.decode()
