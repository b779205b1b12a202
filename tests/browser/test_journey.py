"""A newcomer's walk: a plan in, a movement out, a unit's own plan, who is where, Excel, roles."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.axe import violations
from browser.pictures import picture
from documents.bad_files import NOVEL

pytestmark = pytest.mark.browser
PLANS = Path(__file__).parents[2] / "src" / "thidua" / "demo" / "plans"
OFFICER = "Chuyên viên thi đua của Bộ"
HEAD_OF_DEPARTMENT = "Giám đốc Sở Tư pháp Lào Cai"
OFFICER_OF_DEPARTMENT = "Chuyên viên thi đua Sở Tư pháp Lào Cai"
MEMBER_OF_STAFF = "Trợ giúp viên pháp lý"
ADMINISTRATOR = "Quản trị hệ thống"


def no_fault(page):
    assert page.faults == []


def settle_everything(page):
    """Confirm what was read surely, section by section, then each open question, one after another."""
    sections = page.get_by_role("button", name=re.compile(r"^Xác nhận \d+ mục"))
    while count := sections.count():
        sections.first.click()
        expect(sections).to_have_count(count - 1)
    waiting = page.locator(".check-waiting .check-line")
    while count := waiting.count():
        waiting.first.get_by_role("button", name="Xác nhận", exact=True).click()
        expect(waiting).to_have_count(count - 1)


@pytest.fixture(scope="module")
def launched(browser, demo):
    """Carry a plan from the file to the launch once; the walks below start from there."""
    return {}


def test_1_a_plan_goes_in_and_a_movement_goes_out(visitor, artefacts, launched):
    page = visitor(OFFICER)
    page.goto("/phong-trao/tu-van-ban/")
    page.locator("input[type=file]").set_input_files(PLANS / "01-ke-hoach-nganh-2026.docx")
    page.get_by_role("button", name="Đọc văn bản").click()

    again = page.get_by_role("button", name="Đọc lại từ đầu")
    expect(again.or_(page.get_by_role("heading", name="Đã đọc được"))).to_be_visible()
    if again.count():
        again.click()  # the browser kept the file
    page.wait_for_url(re.compile("/kiem-tra/"))
    expect(page.get_by_role("heading", name="Đã đọc được")).to_be_visible()
    picture(page, artefacts / "2-check.png")

    first = page.locator(".check-paper [data-mark]").first
    first.click()
    expect(page.locator(f"[data-item='{first.get_attribute('data-mark').split()[0]}']").first).to_be_visible()

    settle_everything(page)
    page.get_by_role("link", name="Chọn đơn vị và phát động").click()
    page.get_by_role("button", name="Xem trước ai nhận gì").click()
    expect(page.get_by_role("button", name=re.compile(r"^Phát động tới \d+ đơn vị"))).to_be_visible()
    picture(page, artefacts / "3-preview.png")
    page.get_by_role("button", name=re.compile(r"^Phát động tới \d+ đơn vị")).click()
    page.wait_for_url(re.compile("/phat-dong/.+"))
    expect(page.get_by_role("link", name="Mở bảng theo dõi")).to_be_visible(timeout=30_000)
    page.get_by_role("link", name="Mở bảng theo dõi").click()

    launched["board"] = page.url
    launched["movement"] = page.url.replace("bang/", "")
    expect(page.get_by_role("heading", name="Bảng theo dõi")).to_be_visible()
    no_fault(page)


def test_2_undo_brings_an_item_back(visitor):
    page = visitor(OFFICER)
    page.goto("/phong-trao/tu-van-ban/")
    page.locator("input[type=file]").set_input_files(PLANS / "09-van-ban-co-loi.txt")
    page.get_by_role("button", name="Đọc văn bản").click()
    page.wait_for_url(re.compile("/kiem-tra/"))
    before = page.locator(".check-section .check-line").count()

    page.locator(".check-section .check-line").last.get_by_role("button", name=re.compile("^Bỏ")).click()
    expect(page.locator(".check-section .check-line")).to_have_count(before - 1)
    page.get_by_role("button", name="Hoàn tác").click()

    expect(page.locator(".check-section .check-line")).to_have_count(before)
    no_fault(page)


def test_3_a_photograph_is_refused_with_a_sentence(visitor):
    page = visitor(OFFICER)
    page.goto("/phong-trao/tu-van-ban/")
    photograph = {
        "name": "ke-hoach.docx",
        "mimeType": "image/png",
        "buffer": b"\x89PNG\r\n\x1a\n" + bytes(200),
    }
    page.locator("input[type=file]").set_input_files(photograph)
    page.get_by_role("button", name="Đọc văn bản").click()

    expect(page.locator("[data-error-summary]")).to_contain_text("ke-hoach.docx")


def test_3_a_file_that_is_no_plan_is_kept_without_being_chosen_again(visitor):
    page = visitor(OFFICER)
    page.goto("/phong-trao/tu-van-ban/")
    novel = {"name": "novel.txt", "mimeType": "text/plain", "buffer": NOVEL.encode()}
    page.locator("input[type=file]").set_input_files(novel)
    page.get_by_role("button", name="Đọc văn bản").click()
    expect(page.locator("#intake-said")).to_contain_text("không phải tiếng Việt")

    page.get_by_role("button", name="Đọc như văn bản tiếng Việt").click()

    page.wait_for_url(re.compile("/kiem-tra/"))
    no_fault(page)


def test_3_while_a_file_is_read_the_button_says_so(visitor):
    page, held = visitor(OFFICER), []
    page.goto("/phong-trao/tu-van-ban/")
    page.route(
        "**/tu-van-ban/",
        lambda route: held.append(route) if route.request.method == "POST" else route.continue_(),
    )
    novel = {"name": "novel.txt", "mimeType": "text/plain", "buffer": NOVEL.encode()}
    page.locator("input[type=file]").set_input_files(novel)
    page.get_by_role("button", name="Đọc văn bản", exact=True).click()

    expect(page.get_by_role("button", name="Đang đọc văn bản…")).to_be_disabled()
    held[0].abort()
    expect(page.get_by_role("button", name="Đọc văn bản", exact=True)).to_be_enabled()


def test_4_a_unit_derives_issues_and_launches_its_own_plan(visitor, artefacts, launched):
    page = visitor(HEAD_OF_DEPARTMENT)
    page.goto(launched["movement"])
    page.get_by_role("link", name="Lập kế hoạch đơn vị").first.click()
    picture(page, artefacts / "4-answer.png")
    page.get_by_role("button", name="Lập bản thảo").click()
    page.wait_for_url(re.compile("/kiem-tra/"))
    page.get_by_role("link", name="Ban hành kế hoạch").click()

    page.get_by_label("Số, ký hiệu").fill("27/KH-STP")
    page.get_by_label("Ngày ban hành").fill("2026-11-20")
    page.get_by_label("Nơi ban hành").fill("Lào Cai")
    page.get_by_label("Chức vụ người ký").fill("Giám đốc")
    page.get_by_label("Người ký", exact=True).fill("Lương Đức Toàn")
    page.get_by_role("button", name="Ban hành kế hoạch").click()
    page.get_by_label("Đã xem lại, các ngày này đúng như vậy").check()  # it lies before the plan it answers
    page.get_by_role("button", name="Ban hành kế hoạch").click()
    page.wait_for_url(re.compile("phat-dong-noi-bo"))
    with page.expect_download() as paper:
        page.get_by_role("link", name="Tải PDF").click()
    assert Path(paper.value.path()).read_bytes().startswith(b"%PDF")
    page.get_by_role("button", name="Phát động", exact=True).click()

    page.wait_for_url(re.compile(r"/phong-trao/[0-9a-f-]+/$"))
    launched["own"] = page.url
    no_fault(page)


def test_5_staff_read_the_plan_and_say_so(visitor, launched):
    page = visitor(MEMBER_OF_STAFF)
    page.goto("/phong-trao/viec-cua-toi/")
    page.get_by_role("link", name=re.compile("^Đọc")).first.click()
    page.get_by_role("button", name="Tôi đã đọc và nắm nội dung").click()

    expect(page.get_by_text("Bạn đã đọc và nắm nội dung", exact=True)).to_be_visible()
    no_fault(page)


def test_6_the_board_shows_who_is_where_and_gives_a_workbook(visitor, artefacts, launched):
    page = visitor(OFFICER)
    page.goto(launched["board"])
    row = page.get_by_role("row", name=re.compile("Sở Tư pháp.*Lào Cai"))

    expect(row).to_contain_text("27/KH-STP")
    assert len({cell.bounding_box()["y"] for cell in row.get_by_role("cell").all()}) == 1
    with page.expect_download() as book:
        page.get_by_role("link", name="Xuất Excel", exact=True).click()
    assert Path(book.value.path()).read_bytes().startswith(b"PK")
    picture(page, artefacts / "5-board.png")
    no_fault(page)


def test_7_units_as_of_a_day_and_search_without_diacritics(visitor, artefacts):
    page = visitor(OFFICER)
    page.goto("/don-vi/ca-nhan/?q=nguyen+van+dung")
    expect(page.get_by_role("link", name="Nguyễn Văn Dũng").first).to_be_visible()
    page.goto("/don-vi/?as_of=2025-06-30")
    picture(page, artefacts / "6-tree.png")

    expect(page.locator(".as-of-past")).to_have_count(1)
    no_fault(page)


def test_8_people_go_out_to_excel_and_come_in_again(visitor, artefacts, tmp_path):
    page = visitor(ADMINISTRATOR)
    page.goto("/don-vi/ca-nhan/?q=nguyen+van+dung")
    with page.expect_download() as book:
        page.get_by_role("link", name="Xuất Excel danh sách này").click()
    file = tmp_path / "ca-nhan.xlsx"
    book.value.save_as(file)

    page.goto("/nhap-xuat/nhap/people/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name=re.compile("^(Tải lên|Đọc tệp|Tiếp)")).first.click()
    page.wait_for_url(re.compile("/cot/"))
    page.get_by_role("button", name=re.compile("^Xem trước")).click()
    expect(page.get_by_text(re.compile("^Khi bấm Ghi")).first).to_be_visible(timeout=30_000)
    picture(page, artefacts / "7-import.png")
    no_fault(page)


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("locale", ["vi-VN", "en-GB"])
def test_the_pages_hold_at_both_sizes_and_in_both_languages(visitor, demo, artefacts, launched, size, locale):
    page = visitor(OFFICER, size=size)
    if locale == "en-GB":
        page.context.add_cookies([{"name": "django_language", "value": "en", "url": demo}])
    places = {
        "work": "/phong-trao/viec-cua-toi/",
        "list": "/phong-trao/",
        "intake": "/phong-trao/tu-van-ban/",
        "movement": launched["movement"],
        "board": launched["board"],
        "deadlines": launched["movement"] + "thoi-han/",
        "check": launched["movement"] + "kiem-tra/",
        "tree": "/don-vi/",
        "people": "/don-vi/ca-nhan/",
        "clusters": "/don-vi/cum/",
        "notices": "/thong-bao/",
    }
    found = {}
    for name, place in places.items():
        answer = page.goto(place)
        assert answer.status == 200, place
        assert page.locator("html").get_attribute("lang") == locale[:2]
        picture(page, artefacts / f"{name}-{size}-{locale[:2]}.png")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), place
        if faults := violations(page):
            found[name] = faults

    assert found == {}
    no_fault(page)


def test_a_wrong_user_sees_nothing_of_the_ministrys_preparations(visitor, launched):
    assert visitor(OFFICER_OF_DEPARTMENT).goto(launched["movement"] + "phat-dong/").status == 403
    assert visitor(MEMBER_OF_STAFF).goto("/don-vi/tai-khoan/").status in {403, 404}
