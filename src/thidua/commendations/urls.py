"""Addresses of the rules, of verdicts and of what is within reach."""

from django.urls import path

from thidua.commendations.views import (
    drafts,
    lists,
    matters,
    money_of_year,
    own_rules,
    rereading,
    rules,
    typed_lists,
    verdicts,
)
from thidua.ui.deferred import Deferred

app_name = "commendations"
# These screen many at once as columns, and the library of columns takes a seventh of a start to load.
VIEWS = "thidua.commendations.views"

urlpatterns = [
    path("", rules.awards, name="awards"),
    path("goi-quy-dinh/", rules.timeline, name="timeline"),
    path("quy-dinh/<str:name>/", rules.award, name="award"),
    path("quy-dinh/<str:name>/doc-lai/", rereading.reread, name="reread"),
    path("tep/<slug:part>/<str:name>/", drafts.law_file, name="law_file"),
    path("viec-con-mo/", matters.matters, name="matters"),
    path("quy-dinh-rieng/", own_rules.authorities, name="authorities"),
    path("quy-dinh-rieng/<uuid:pk>/", own_rules.own_rules, name="own_rules"),
    path("quy-dinh-rieng/<uuid:pk>/mau/", own_rules.template, name="own_rules_template"),
    path("quy-dinh-rieng/<uuid:pk>/tep/<str:name>/", own_rules.shipped_file, name="shipped_rules_file"),
    path("quy-dinh-rieng/van-ban/<uuid:pk>/", own_rules.text, name="own_rules_text"),
    path("quy-dinh-rieng/van-ban/<uuid:pk>/tep/", own_rules.file, name="own_rules_file"),
    path("quy-dinh-rieng/van-ban/<uuid:pk>/thu/", own_rules.try_out, name="own_rules_try"),
    path("quy-dinh-rieng/van-ban/<uuid:pk>/ap-dung/", own_rules.apply, name="own_rules_apply"),
    path("quy-dinh-rieng/van-ban/<uuid:pk>/rut/", own_rules.take_out, name="own_rules_withdraw"),
    path("quy-dinh-rieng/van-ban/<uuid:pk>/bo/", own_rules.drop, name="own_rules_discard"),
    path("neu-nhu/", Deferred(f"{VIEWS}.what_if.ask"), name="what_if"),
    path("neu-nhu/du-thao/", drafts.drafts, name="drafts"),
    path("neu-nhu/du-thao/mau/", drafts.template, name="draft_template"),
    path("neu-nhu/du-thao/<uuid:pk>/", drafts.draft, name="draft"),
    path("neu-nhu/du-thao/<uuid:pk>/xoa/", drafts.throw, name="draft_delete"),
    path("neu-nhu/<uuid:pk>/", Deferred(f"{VIEWS}.what_if.trial"), name="trial"),
    path("neu-nhu/<uuid:pk>/xuat/", Deferred(f"{VIEWS}.what_if_workbook.workbook"), name="trial_workbook"),
    path("neu-nhu/<uuid:pk>/xet-lai/", Deferred(f"{VIEWS}.what_if.again"), name="trial_again"),
    path("neu-nhu/<uuid:pk>/xoa/", Deferred(f"{VIEWS}.what_if.delete"), name="trial_delete"),
    path("neu-nhu/<uuid:pk>/luot/", Deferred(f"{VIEWS}.what_if.across"), name="trial_across"),
    path("neu-nhu/<uuid:pk>/<str:award>/", Deferred(f"{VIEWS}.what_if.subjects"), name="trial_subjects"),
    path(
        "neu-nhu/<uuid:pk>/<str:award>/<uuid:subject_id>/",
        Deferred(f"{VIEWS}.what_if.subject"),
        name="trial_subject",
    ),
    path("ca-nhan/<uuid:pk>/", Deferred(f"{VIEWS}.reach.of_person"), name="reach_of_person"),
    path("don-vi/<uuid:pk>/", Deferred(f"{VIEWS}.reach.of_unit"), name="reach_of_unit"),
    path("don-vi/<uuid:pk>/tap-the/", Deferred(f"{VIEWS}.reach.of_units"), name="reach_of_units"),
    path("danh-sach/", typed_lists.typed, name="typed_list"),
    path("quyet-dinh/<uuid:pk>/tien-thuong/", lists.money_of_decision, name="money_of_decision"),
    path("quyet-dinh/<uuid:pk>/han-muc/", lists.fairness_of_decision, name="fairness_of_decision"),
    path("don-vi/<uuid:pk>/tien-thuong/", money_of_year.money_of_year, name="money_of_year"),
    path("don-vi/<uuid:pk>/han-muc/", lists.fairness_of_year, name="fairness_of_year"),
    path("ca-nhan/<uuid:pk>/xet/", verdicts.of_person, name="verdict_of_person"),
    path("don-vi/<uuid:pk>/xet/", verdicts.of_unit, name="verdict_of_unit"),
]
