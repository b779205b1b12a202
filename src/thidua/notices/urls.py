"""Addresses of notices."""

from django.urls.resolvers import URLPattern

app_name = "notices"
urlpatterns: list[URLPattern] = []
