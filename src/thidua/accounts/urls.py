"""Addresses of accounts; those under ``public`` are open to visitors."""

from django.urls import include, path
from django.views.generic import RedirectView

from thidua.accounts import views

app_name = "accounts"

public = [
    path("moi/<str:token>/", views.accept, name="accept"),
    path("dung-thu/", views.demo, name="demo"),
]

urlpatterns = [
    path("", include((public, "public"))),
    # The page itself knows units and people, so it lives above this subject.
    path("", RedirectView.as_view(url="/don-vi/tai-khoan/"), name="list"),
]
