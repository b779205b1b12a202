"""Sign-in, one-time links, the demonstration's door and the first start."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from factories import PASSWORD, make_account, make_administrator, make_person, make_unit, signed_in
from thidua.accounts import services
from thidua.accounts.models import Account, InstallationRole
from thidua.audit.models import Entry
from thidua.organisations.models import Unit

pytestmark = pytest.mark.django_db
CHOSEN = "trau-xanh-bay-qua-song"


def text_of(response):
    return response.content.decode()


def test_a_person_signs_in_by_name_and_password(client):
    account = make_account(username="thu.ha")

    response = client.post("/dang-nhap/", {"login": "Thu.Ha", "password": PASSWORD})

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(account.pk)


def test_a_wrong_password_is_told_without_saying_whether_the_name_exists(client):
    make_account(username="thu.ha")

    pages = [
        text_of(client.post("/dang-nhap/", {"login": login, "password": "sai-mat-khau"}))
        for login in ("thu.ha", "khong.co")
    ]

    assert "_auth_user_id" not in client.session
    assert len({page.split('class="error-summary"')[1].split("</div>")[0] for page in pages}) == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "vi",
            (
                "Tên đăng nhập hoặc mật khẩu không đúng. "
                "Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại mật khẩu."
            ),
        ),
        (
            "en",
            (
                "The user name or the password is wrong. Check Caps Lock and the Vietnamese keyboard, "
                "then type the password again."
            ),
        ),
    ],
)
def test_a_wrong_password_is_told_in_the_visitors_language(client, language, words):
    page = text_of(
        client.post(
            "/dang-nhap/", {"login": "thu.ha", "password": "sai"}, headers={"accept-language": language}
        )
    )

    said = page.split('class="error-summary"')[1].split("<li>")[1].split("</li>")[0]
    assert said == words


def test_what_is_wrong_stands_above_the_roles_of_the_demonstration(client, settings):
    settings.DEMO_MODE = True
    make_account(is_demo=True, demo_label="Chuyên viên")

    calm = text_of(client.get("/dang-nhap/"))
    refused = text_of(client.post("/dang-nhap/", {"login": "thu.ha", "password": "sai"}))

    assert calm.index('class="demo-entry"') < calm.index('name="login"')
    assert refused.index('class="error-summary"') < refused.index('class="demo-entry"')


def test_a_closed_account_cannot_sign_in(client):
    account = make_account(username="thu.ha")
    services.close_account(None, account)

    response = client.post("/dang-nhap/", {"login": "thu.ha", "password": PASSWORD})

    assert (response.status_code, "_auth_user_id" in client.session) == (200, False)


def test_too_many_tries_are_stopped(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/key"}
    make_account(username="bi.khoa")

    for _ in range(4):
        client.post("/dang-nhap/", {"login": "bi.khoa", "password": "sai"})
    right = client.post("/dang-nhap/", {"login": "bi.khoa", "password": PASSWORD})

    assert (right.status_code, "_auth_user_id" in client.session) == (200, False)


def test_nobody_signs_up_by_himself(client):
    assert client.get("/accounts/signup/").status_code == 404


def test_signing_out_asks_first(client):
    signed_in(client, make_account())

    asked = client.get("/dang-xuat/")
    still = "_auth_user_id" in client.session
    client.post("/dang-xuat/")

    assert (asked.status_code, still, "_auth_user_id" in client.session) == (200, True, False)


def test_changing_the_password_ends_the_other_sessions():
    account = make_account()
    here, elsewhere = signed_in(Client(), account), signed_in(Client(), account)

    response = here.post("/mat-khau/doi/", {"present": PASSWORD, "password": CHOSEN, "again": CHOSEN})

    assert response.status_code == 302
    assert list(Entry.objects.values_list("action", "actor_name")) == [
        ("account.password_changed", account.full_name)
    ]
    assert here.get("/mat-khau/doi/").status_code == 200
    assert elsewhere.get("/mat-khau/doi/").status_code == 302


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"present": "khong-phai"}, ["Mật khẩu đang dùng không đúng. Nhập lại, chú ý bộ gõ tiếng Việt."]),
        ({"password": "ngan", "again": "ngan"}, ["Mật khẩu quá ngắn: cần ít nhất 12 ký tự."]),
        ({"password": "password1234", "again": "password1234"}, ["Mật khẩu này quá phổ biến."]),
        (
            {"password": "Lê Thị Bình 26", "again": "Lê Thị Bình 26"},
            ["Mật khẩu quá giống với Họ và tên."],
        ),
        ({"again": "khac-di-mot-chut"}, ["Hai lần nhập mật khẩu không giống nhau."]),
        ({"present": ""}, ["Chưa điền mục này."]),
    ],
)
def test_a_password_is_not_changed_by_mistake(client, changes, words):
    account = make_account()
    data = {"present": PASSWORD, "password": CHOSEN, "again": CHOSEN} | changes

    page = text_of(signed_in(client, account).post("/mat-khau/doi/", data))

    account.refresh_from_db()
    summary = page.split('class="error-summary"')[1].split("</div>")[0]
    assert [line.split(": ", 1)[1] for line in re.findall(r'<a href="#[^>]*>(.*?)</a>', summary)] == words
    assert account.check_password(PASSWORD)
    assert not Entry.objects.exists()


def test_an_account_entered_by_a_click_has_no_password_to_change(client):
    account = make_account()
    account.set_unusable_password()
    account.save()

    response = signed_in(client, account).get("/mat-khau/doi/")

    assert response.status_code == 403
    assert "không có gì để đổi" in text_of(response)


def test_the_account_menu_leads_to_the_own_record_and_password(client):
    person = make_person("Đỗ Minh Khôi")
    account = make_account(person)

    page = text_of(signed_in(client, account).get("/mat-khau/doi/"))

    entries = re.findall(r'<a class="menu-item" href="([^"]*)">.*?<span>(.*?)</span>', page)
    assert entries == [
        (reverse("organisations:person", args=[person.pk]), "Hồ sơ của tôi"),
        ("/mat-khau/doi/", "Đổi mật khẩu"),
    ]
    assert client.get(entries[0][0]).status_code == 200


def test_an_account_of_nobody_has_no_record_to_open(client):
    page = text_of(signed_in(client, make_account()).get("/mat-khau/doi/"))

    assert ("Hồ sơ của tôi" in page, '<a class="menu-item" href="/mat-khau/doi/"' in page) == (False, True)


def test_a_one_time_link_asks_for_the_password_twice(client):
    address = reverse("accounts:public:accept", args=[services.invite(None, make_account())])

    page = text_of(client.post(address, {"password": CHOSEN, "again": "khac-di-mot-chut"}))

    assert "Hai lần nhập mật khẩu không giống nhau." in page


@pytest.mark.parametrize(
    ("token", "words"), [("khong-co", "Đường dẫn thiếu hoặc sai."), (None, "đã được dùng")]
)
def test_a_link_that_no_longer_works_says_why_and_what_to_do(client, token, words):
    used = services.invite(None, make_account())
    services.accept(used, CHOSEN)

    response = client.get(reverse("accounts:public:accept", args=[token or used]))

    assert response.status_code == 410
    assert words in text_of(response)


def test_the_demonstration_lets_in_by_a_click(client, settings):
    settings.DEMO_MODE = True
    account = make_account(is_demo=True, demo_label="Chuyên viên")

    page = text_of(client.get(reverse("accounts:public:demo")))
    client.post(reverse("accounts:public:demo"), {"account": account.pk})

    assert "Chuyên viên" in page
    assert client.session["_auth_user_id"] == str(account.pk)


def test_the_door_is_labelled_in_the_visitors_language(client, settings):
    settings.DEMO_MODE = True
    make_account(is_demo=True, demo_label="Bộ trưởng")

    page = text_of(client.get(reverse("accounts:public:demo"), headers={"accept-language": "en"}))

    assert ("Minister" in page, "Bộ trưởng" in page) == (True, False)


def test_the_click_opens_no_account_that_is_not_of_the_demonstration(client, settings):
    settings.DEMO_MODE = True

    response = client.post(reverse("accounts:public:demo"), {"account": make_account().pk})

    assert (response.status_code, "_auth_user_id" in client.session) == (404, False)


def test_outside_the_demonstration_there_is_no_such_door(client, settings):
    settings.DEMO_MODE = False
    account = make_account(is_demo=True)

    seen = client.get(reverse("accounts:public:demo"))
    clicked = client.post(reverse("accounts:public:demo"), {"account": account.pk})

    assert (seen.status_code, clicked.status_code, "_auth_user_id" in client.session) == (404, 404, False)


def first_start(code, /, **changes):
    return {
        "code": code,
        "organisation": "Bộ Thử nghiệm",
        "level": "central",
        "full_name": "Đỗ Minh Khôi",
        "username": "quan-tri",
        "password": CHOSEN,
        "again": CHOSEN,
    } | changes


def test_the_first_start_makes_the_administrator_and_the_top_unit(client):
    address = reverse("organisations:public:setup")

    response = client.post(address, first_start(services.create_setup_code()))

    account = Account.objects.get()
    assert response.status_code == 302
    assert [role.role for role in account.installation_roles.all()] == [InstallationRole.Role.ADMINISTRATOR]
    assert Unit.objects.get().name == "Bộ Thử nghiệm"
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "AAAA-BBBB"}, "Mã không đúng."),
        ({"again": "khac"}, "Hai lần nhập mật khẩu không giống nhau."),
        ({"password": "ngan", "again": "ngan"}, "12"),
        ({"username": "có dấu"}, "Tên đăng nhập dài từ 3 ký tự"),
    ],
)
def test_a_first_start_with_a_mistake_makes_nothing(client, changes, words):
    data = first_start(services.create_setup_code(), **changes)

    page = text_of(client.post(reverse("organisations:public:setup"), data))

    assert words in page
    assert (Account.objects.count(), Unit.objects.count()) == (0, 0)


def test_the_first_start_is_closed_for_good_once_an_account_exists(client):
    code = services.create_setup_code()
    make_administrator()
    make_unit()

    response = client.post(reverse("organisations:public:setup"), first_start(code))

    assert (response.status_code, Account.objects.count()) == (404, 1)
