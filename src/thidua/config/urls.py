"""Addresses: each subject brings its own."""

from allauth.account import views as sign_in
from django.urls import include, path

from thidua.accounts import views as accounts
from thidua.config import home, outbox, preferences, search

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", home.healthz, name="healthz"),
    path("tim/", search.search, name="search"),
    path("hop-thu/", outbox.box, name="outbox"),
    path("hop-thu/gui-lai/", outbox.again, name="outbox_again"),
    path("hop-thu/<uuid:letter_id>/", outbox.letter, name="outbox_letter"),
    path("ngon-ngu/", preferences.set_language, name="set_language"),
    path("giao-dien/", preferences.set_theme, name="set_theme"),
    path("dang-nhap/", accounts.sign_in, name="account_login"),
    path("dang-xuat/", sign_in.logout, name="account_logout"),
    path("mat-khau/doi/", accounts.password_change, name="account_change_password"),
    path("giao-dien/mau/", include("thidua.ui.urls")),
    path("tai-khoan/", include("thidua.accounts.urls")),
    path("don-vi/", include("thidua.organisations.urls")),
    path("so-khen/", include("thidua.honours.urls")),
    path("phong-trao/", include("thidua.movements.urls")),
    path("sang-kien/", include("thidua.initiatives.urls")),
    path("dieu-kien/", include("thidua.commendations.urls")),
    path("nhap-xuat/", include("thidua.exchange.urls")),
    path("thong-bao/", include("thidua.notices.urls")),
    path("nhat-ky/", include("thidua.audit.urls")),
]

handler400 = "thidua.ui.errors.bad_request"
handler403 = "thidua.ui.errors.permission_denied"
handler404 = "thidua.ui.errors.page_not_found"
handler500 = "thidua.ui.errors.server_error"
