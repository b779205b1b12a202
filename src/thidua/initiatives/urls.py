"""Addresses of initiatives."""

from django.urls import path

from thidua.initiatives.views import councils, initiative, listing, recording

app_name = "initiatives"

urlpatterns = [
    path("", listing.initiatives, name="list"),
    path("moi/", initiative.create, name="create"),
    path("ghi-nhan/<slug:what>/", recording.record, name="record"),
    path("hoi-dong/", councils.councils, name="councils"),
    path("hoi-dong/lap/", councils.council_create, name="council_create"),
    path("hoi-dong/<uuid:pk>/", councils.council, name="council"),
    path("hoi-dong/<uuid:pk>/thoi/<uuid:member>/", councils.member_end, name="member_end"),
    path("<uuid:pk>/", initiative.initiative, name="initiative"),
    path("<uuid:pk>/sua/", initiative.edit, name="edit"),
    path("<uuid:pk>/ghi-lai/", recording.amend, name="amend"),
    path("<uuid:pk>/bo-ban-ghi/", recording.remove, name="remove"),
    path("<uuid:pk>/y-kien/", initiative.opinion, name="opinion"),
    path("<uuid:pk>/can-cu/", initiative.use, name="use"),
    path("<uuid:pk>/tep/", initiative.file_add, name="file_add"),
    path("<uuid:pk>/tep/<uuid:file>/", initiative.file_open, name="file"),
    path("<uuid:pk>/tep/<uuid:file>/bo/", initiative.file_remove, name="file_remove"),
    path("<uuid:pk>/buoc/<slug:act>/", initiative.step, name="step"),
]
