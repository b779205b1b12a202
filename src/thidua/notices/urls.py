"""Addresses of notices."""

from django.urls import path

from thidua.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notices, name="list"),
    path("da-doc/", views.read, name="read"),
    path("<uuid:notice_id>/", views.open_notice, name="open"),
]
