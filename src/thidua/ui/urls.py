"""Addresses of the style guide."""

from django.urls import path

from thidua.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.kit, name="kit"),
    path("tim/", views.kit_search, name="kit_search"),
]
