"""Addresses of movements."""

from django.urls.resolvers import URLPattern

app_name = "movements"
urlpatterns: list[URLPattern] = []
