"""Addresses of accounts that are open to visitors; looking after accounts takes units, so it stands above."""

from django.urls import include, path

from thidua.accounts import views

app_name = "accounts"

public = [
    path("moi/<str:token>/", views.accept, name="accept"),
    path("dung-thu/", views.demo, name="demo"),
]

urlpatterns = [path("", include((public, "public")))]
