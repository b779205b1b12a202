"""The style guide in a real browser: axe, keyboard, script, phone, paper."""

import re
import shutil
import threading

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from playwright.sync_api import expect, sync_playwright

from browser.axe import violations

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")]


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


@pytest.fixture
def address():
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.set_app(StaticFilesHandler(WSGIHandler()))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/mau/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def open_page(browser, address):
    """Open the style guide; every complaint of the browser fails the test."""
    contexts, complaints = [], []

    def opened(size=DESK, path="", **options):
        context = browser.new_context(viewport=size, locale="vi-VN", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.goto(address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing(open_page, size, scheme):
    page = open_page(size, color_scheme=scheme)

    assert violations(page) == []


def test_axe_finds_nothing_in_what_opens(open_page):
    page = open_page()
    found = []
    page.get_by_text("Tính đến 30/11/2025").last.click()
    found += violations(page)
    page.keyboard.press("Control+k")
    page.keyboard.type("sở")
    page.get_by_role("option").first.wait_for()
    found += violations(page)
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Mở hộp thoại").click()
    found += violations(page)

    assert found == []


def test_nothing_is_wider_than_the_phone(open_page):
    page = open_page(PHONE)

    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    expect(page.locator(".rail")).to_be_hidden()
    expect(page.locator(".bottom-bar")).to_be_visible()


def test_targets_on_a_phone_are_large_enough(open_page):
    page = open_page(PHONE)

    small = page.evaluate(
        """[...document.querySelectorAll("button, a.button, .place")]
            .map((e) => [e.textContent.trim(), e.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
            .map(([words]) => words)"""
    )

    assert small == []


def test_ctrl_k_and_slash_bring_the_search_and_arrows_choose(open_page):
    page = open_page()

    page.keyboard.press("/")
    page.keyboard.type("Đắk")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    chosen = page.get_by_role("combobox", name="Tìm kiếm").get_attribute("aria-activedescendant")
    page.keyboard.press("Enter")

    assert chosen == "hit-1"
    expect(page).to_have_url(re.compile("#don-vi$"))


def test_single_letter_keys_can_be_switched_off(open_page):
    page = open_page()

    page.keyboard.press("?")
    page.get_by_label("Dùng phím tắt một chữ").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    focused_off = page.evaluate("document.activeElement.type")
    page.keyboard.press("Control+k")
    focused_chord = page.evaluate("document.activeElement.type")

    assert (focused_off, focused_chord) != ("search", "search")
    assert focused_chord == "search"


def test_rows_are_walked_ticked_and_named_from_the_keyboard(open_page):
    page = open_page()
    bar = page.locator(".selection-bar")
    expect(bar).to_be_hidden()

    for key in "jjx":
        page.keyboard.press(key)
    for key in "jxjxjx":
        page.keyboard.press(key)

    expect(bar.locator(".selection-words")).to_have_text(
        "Đã chọn 4: Sở Tư pháp thành phố Hồ Chí Minh; Sở Tư pháp tỉnh Đắk Lắk; Cục Bổ trợ tư pháp và 1 dòng khác"
    )
    assert page.evaluate("new FormData(document.querySelector('#remind')).getAll('selected')") == [
        "2",
        "3",
        "4",
        "5",
    ]
    bar.get_by_role("button", name="Bỏ chọn").click()
    expect(bar).to_be_hidden()


def test_ticking_the_head_ticks_every_row(open_page):
    page = open_page()

    page.get_by_label("Chọn tất cả các dòng đang hiện").check()

    assert page.locator("tr.picked").count() == 7


def test_filtering_swaps_the_list_and_keeps_the_cursor(open_page):
    page = open_page()
    page.evaluate("document.querySelector('main').dataset.stays = 'yes'")
    box = page.get_by_role("searchbox", name="Tìm đơn vị, có dấu hay không")

    with page.expect_response(re.compile(r"q=lak")):
        box.press_sequentially("lak")
    expect(page).to_have_url(re.compile(r"[?&]q=lak"))

    expect(box).to_be_focused()
    assert page.evaluate("document.querySelector('main').dataset.stays") == "yes"


def test_sorting_swaps_the_list_without_leaving_the_page(open_page):
    page = open_page()
    page.evaluate("document.querySelector('main').dataset.stays = 'yes'")

    page.get_by_role("link", name="Số người").click()

    expect(page.get_by_role("columnheader", name="Số người")).to_have_attribute("aria-sort", "ascending")
    assert page.evaluate("document.querySelector('main').dataset.stays") == "yes"
    assert page.locator("header.top").count() == 1


def test_a_branch_brings_its_children_when_opened(open_page):
    page = open_page()

    page.get_by_title("Dưới Hội Luật gia").click()

    expect(page.get_by_role("link", name="Hội Luật gia tỉnh Lâm Đồng")).to_be_visible()


def test_item_and_sentence_light_each_other_up(open_page):
    page = open_page()

    page.locator("[data-item=d1]").focus()
    from_item = page.locator("[data-mark].lit").all_inner_texts()
    page.locator("[data-mark=c3]").click()
    from_sentence = page.locator("[data-item].lit").evaluate_all("all => all.map((e) => e.dataset.item)")

    assert from_item == ["Các đơn vị gửi kế hoạch riêng trước ngày 06/12/2025."]
    assert from_sentence == ["c3"]


def test_a_draft_is_kept_and_given_back_without_secrets(open_page):
    page = open_page()
    form = page.locator("form[data-draft]")
    form.get_by_label("Chủ đề").fill("Dân vận khéo")
    form.get_by_label("Theo chuyên đề").check()
    expect(form.locator("[data-draft-words]")).to_contain_text("Đã giữ nháp lúc")

    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()

    expect(form.get_by_label("Chủ đề")).to_have_value("Dân vận khéo")
    expect(form.get_by_label("Theo chuyên đề")).to_be_checked()
    expect(form.locator("[data-draft-words]")).to_contain_text("Đã lấy lại nháp")
    assert "csrf" not in page.evaluate("localStorage.getItem('draft::kit')")


def test_a_draft_that_was_sent_comes_back_only_when_asked_for(open_page):
    page = open_page()
    theme = page.locator("form[data-draft]").get_by_label("Chủ đề")
    theme.fill("Dân vận khéo")
    page.locator("form[data-draft]").evaluate("(form) => { form.noValidate = true; }")

    page.get_by_role("button", name="Lưu kế hoạch").click()
    expect(page.get_by_text("Đã nhận; trang mẫu không lưu gì.")).to_be_visible()
    before = theme.input_value()
    page.get_by_role("button", name="Lấy lại nháp").click()

    assert before == ""
    expect(theme).to_have_value("Dân vận khéo")


def test_leaving_unsaved_work_is_asked_about(open_page):
    page = open_page()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.reload()
    page.locator("form[data-guard]").get_by_label("Chủ đề").press_sequentially("x")
    page.reload()

    assert asked == ["beforeunload"]


def test_the_calendar_writes_the_day_as_on_paper(open_page):
    page = open_page()
    field = page.locator("form[data-draft]").get_by_label("Ngày phát động")

    page.locator("form[data-draft] .day-pick input[type=date]").evaluate(
        "(calendar) => { calendar.value = '2026-06-03'; calendar.dispatchEvent(new Event('change')); }"
    )

    expect(field).to_have_value("3/6/2026")


def test_a_chosen_file_is_named_with_its_size(open_page):
    page = open_page()

    page.locator("[data-drop] input").set_input_files(
        {"name": "ke-hoach.txt", "mimeType": "text/plain", "buffer": b"a" * 2560}
    )

    expect(page.locator("[data-drop-words]")).to_have_text("ke-hoach.txt, 2,5 KB")


def test_a_dialog_takes_and_gives_back_the_focus(open_page):
    page = open_page()
    opener = page.get_by_role("link", name="Mở hộp thoại")

    opener.click()
    inside = page.evaluate("document.querySelector('#hoi').contains(document.activeElement)")
    page.keyboard.press("Escape")

    assert inside
    expect(opener).to_be_focused()


def test_the_rail_stays_narrow_on_the_next_page(open_page):
    page = open_page()

    page.get_by_role("button", name="Thu gọn").click()
    page.reload()

    assert page.evaluate("document.documentElement.dataset.rail") == "narrow"
    assert page.locator(".rail").bounding_box()["width"] == 60


def test_without_scripts_everything_is_still_within_reach(open_page):
    page = open_page(java_script_enabled=False)

    expect(page.get_by_role("button", name="Nhắc các đơn vị này")).to_be_visible()
    expect(page.get_by_role("button", name="Lọc")).to_be_visible()
    page.get_by_role("link", name="Mở hộp thoại").click()
    expect(page.get_by_role("button", name="Gửi lời nhắc")).to_be_visible()


def test_paper_shows_the_list_and_its_day_but_no_controls(open_page):
    page = open_page()
    page.emulate_media(media="print")

    expect(page.locator("p.print-only", has_text="Tính đến 30/11/2025")).to_be_visible()
    expect(page.get_by_role("cell", name="Nhà xuất bản Tư pháp")).to_be_visible()
    hidden = [
        page.locator(part).first.is_visible()
        for part in (".rail", ".search", ".button", ".toast", ".pick", ".tabs")
    ]
    assert hidden == [False] * 6


def test_still_pages_stay_still(open_page):
    page = open_page(reduced_motion="reduce")

    assert page.evaluate("document.getAnimations().length") == 0


BEGIN = """(button) => document.dispatchEvent(new CustomEvent("htmx:beforeRequest", {
    detail: { requestConfig: { triggeringEvent: { submitter: button } }, xhr: new XMLHttpRequest() },
}))"""


def test_a_busy_button_keeps_its_width_and_holds_the_link_beside_it(open_page):
    page = open_page()
    row = page.locator(".form-actions").first
    button = row.locator("button[type=submit]").first
    button.evaluate("(button) => { button.dataset.busy = '…'; }")
    row.evaluate("(row) => row.append(Object.assign(document.createElement('a'), { text: 'Thôi' }))")
    width = button.bounding_box()["width"]

    button.evaluate(BEGIN)

    expect(button).to_be_disabled()
    assert (button.bounding_box()["width"], row.locator("a").last.evaluate("(a) => a.inert")) == (width, True)


def test_a_request_the_server_cannot_answer_is_told_above_the_page(open_page):
    page = open_page()

    page.evaluate("document.dispatchEvent(new CustomEvent('htmx:sendError'))")

    expect(page.get_by_role("alert").filter(has_text="máy chủ không trả lời")).to_be_visible()
