"""Addresses of the rules, of verdicts and of what is within reach."""

from django.urls import path

from thidua.commendations.views import rules

app_name = "commendations"

urlpatterns = [
    path("", rules.awards, name="awards"),
    path("quy-dinh/<str:name>/", rules.award, name="award"),
]
