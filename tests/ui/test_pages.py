import re

import pytest
from django.contrib.messages.storage.base import Message
from django.test import Client

from thidua.ui import components, errors

INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=|javascript:", re.IGNORECASE)


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.fixture
def kit(visitor):
    return visitor.get("/mau/").content.decode()


def test_the_style_guide_draws_every_component(env):
    shown = "".join(
        env.loader.get_source(env, name)[0]
        for name in env.list_templates()
        if name.startswith(("ui/kit", "ui/components")) or name in {"ui/base.html", "ui/bare.html"}
    )

    assert [name for name in components._HOME if f"ui.{name}(" not in shown] == []


def test_no_page_holds_inline_style_or_script(kit, visitor):
    pages = [
        kit,
        *(
            visitor.get(path).content.decode()
            for path in ("/cam/", "/lon/", "/nhieu/", "/khong-co/", "/hong/")
        ),
    ]

    assert [INLINE.findall(page) for page in pages] == [[]] * 6


def test_static_addresses_carry_a_stamp_of_their_content(kit):
    links = re.findall(r'(?:href|src)="(/static/[^"#]+\.(?:css|js|svg)[^"#]*)', kit)

    assert len(links) > 5
    assert [link for link in links if not re.search(r"\?v=[0-9a-f]{6}$", link)] == []


def test_the_page_says_its_language_and_the_chosen_theme(visitor):
    visitor.cookies["theme"] = "dark"
    visitor.cookies["rail"] = "<script>"

    page = visitor.get("/mau/", headers={"accept-language": "en"}).content.decode()

    assert '<html lang="en" data-theme="dark" data-rail="wide">' in page


@pytest.mark.parametrize(
    ("theme", "media"),
    [("dark", "screen"), ("light", "not all"), ("", "screen and (prefers-color-scheme: dark)")],
)
def test_the_dark_sheet_is_for_screens_where_it_is_asked_for(visitor, theme, media):
    visitor.cookies["theme"] = theme

    page = visitor.get("/mau/").content.decode()

    assert re.findall(r'<link rel="stylesheet" id="dark-sheet"[^>]* media="([^"]+)">', page) == [media]


def test_the_demo_is_marked_on_every_page_and_only_there(visitor, settings):
    settings.DEMO_MODE = True
    marked = [
        b"D\xe1\xbb\xae LI\xe1\xbb\x86U MINH H\xe1\xbb\x8cA" in visitor.get(path).content
        for path in ("/mau/", "/cam/")
    ]
    settings.DEMO_MODE = False
    unmarked = "DỮ LIỆU MINH HỌA".encode() in visitor.get("/mau/").content

    assert (marked, unmarked) == ([True, True], False)


def test_a_refusal_says_why_and_who_can_change_it(visitor):
    answer = visitor.get("/cam/")

    assert answer.status_code == 403
    assert "Chỉ người phụ trách được phát động." in answer.content.decode()
    assert "Trần Thu Hằng, Vụ trưởng" in answer.content.decode()


def test_a_breakdown_gives_a_reference_that_stands_in_the_log(visitor, caplog):
    answer = visitor.get("/hong/")

    (reference,) = re.findall(r"error-reference num\">([0-9A-F]{8})<", answer.content.decode())
    assert answer.status_code == 500
    assert [record.message for record in caplog.records if reference in record.message] == [
        f"reference {reference}: unanswered error at GET /hong/"
    ]


def test_too_large_says_what_to_do(visitor):
    answer = visitor.get("/lon/")

    assert answer.status_code == 413
    assert "nhiều nhất 25 MB" in answer.content.decode()


def test_an_unknown_address_does_not_repeat_it(visitor):
    answer = visitor.get("/khong-co/")

    assert answer.status_code == 404
    assert "Không có trang này" in answer.content.decode()


def test_searching_the_guide_answers_with_options_only(visitor):
    answer = visitor.get("/mau/tim/", {"q": "đắk"}).content.decode()

    assert re.findall(r'role="option"[^>]*href="([^"]+)"', answer) == ["#don-vi", "/mau/"]
    assert "<html" not in answer


def test_what_was_done_can_be_taken_back_from_the_next_page_and_is_said_once(visitor):
    visitor.post("/mau/")

    undo = re.compile(
        r'data-toast|Đã nhận; trang mẫu không lưu gì.|<form action="/mau/" method="post" data-toast'
    )
    said, again = (undo.findall(visitor.get("/mau/").content.decode()) for _ in range(2))

    assert said == ['<form action="/mau/" method="post" data-toast', "Đã nhận; trang mẫu không lưu gì."]
    assert "Đã nhận; trang mẫu không lưu gì." not in again


def test_messages_take_the_tone_of_their_level(draw):
    levels = [(25, "done"), (20, "in_work"), (30, "due_soon"), (40, "due_soon")]

    drawn = [draw("{{ ui.flashes([m], '') }}", m=Message(level, "Lời nhắn")) for level, _ in levels]

    assert [re.findall(r"notice state-(\w+)", text) for text in drawn] == [[state] for _, state in levels]


def test_a_form_that_stood_open_too_long_is_explained(rf):
    answer = errors.csrf_failure(rf.post("/mau/"), reason="no cookie")

    assert answer.status_code == 403
    assert "Biểu mẫu đã hết hạn" in answer.content.decode()
