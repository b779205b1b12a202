"""Addresses of the register of honours."""

from django.urls import path

from thidua.honours.views import changing, entering, records, register

app_name = "honours"

urlpatterns = [
    path("", register.register, name="register"),
    path("ghi/", entering.enter, name="enter"),
    path("cua-toi/", records.mine, name="mine"),
    path("ca-nhan/<uuid:pk>/", records.person, name="person"),
    path("don-vi/<uuid:pk>/", records.unit, name="unit"),
    path("quyet-dinh/<uuid:pk>/", register.decision, name="decision"),
    path("<uuid:pk>/", changing.honour, name="honour"),
    path("<uuid:pk>/dinh-chinh/", changing.correction, name="correct"),
    path("<uuid:pk>/xem-xet/", changing.reexamine, name="reexamine"),
    path("<uuid:pk>/<slug:act>/", changing.change, name="change"),
]
