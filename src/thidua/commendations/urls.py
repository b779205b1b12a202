"""Addresses of the rules, of verdicts and of what is within reach."""

from django.urls import path

from thidua.commendations.views import lists, reach, rules, verdicts

app_name = "commendations"

urlpatterns = [
    path("", rules.awards, name="awards"),
    path("quy-dinh/<str:name>/", rules.award, name="award"),
    path("ca-nhan/<uuid:pk>/", reach.of_person, name="reach_of_person"),
    path("don-vi/<uuid:pk>/", reach.of_unit, name="reach_of_unit"),
    path("don-vi/<uuid:pk>/tap-the/", reach.of_units, name="reach_of_units"),
    path("danh-sach/", lists.typed, name="typed_list"),
    path("quyet-dinh/<uuid:pk>/tien-thuong/", lists.money_of_decision, name="money_of_decision"),
    path("quyet-dinh/<uuid:pk>/han-muc/", lists.fairness_of_decision, name="fairness_of_decision"),
    path("don-vi/<uuid:pk>/han-muc/", lists.fairness_of_year, name="fairness_of_year"),
    path("ca-nhan/<uuid:pk>/xet/", verdicts.of_person, name="verdict_of_person"),
    path("don-vi/<uuid:pk>/xet/", verdicts.of_unit, name="verdict_of_unit"),
]
