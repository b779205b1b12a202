"""Addresses of imports and exports."""

from django.urls import path

from thidua.exchange.views import downloads, intake, listing, working

app_name = "exchange"

urlpatterns = [
    path("", listing.imports, name="imports"),
    path("nhap/<slug:target>/", intake.start, name="start"),
    path("mau/<slug:target>/", downloads.template, name="template"),
    path("xuat/<slug:target>/", downloads.export, name="export"),
    path("<uuid:pk>/", working.batch_page, name="import"),
    path("<uuid:pk>/cot/", intake.columns, name="columns"),
    path("<uuid:pk>/doc-lai/", working.read_again, name="read_again"),
    path("<uuid:pk>/trung/", working.settle, name="settle"),
    path("<uuid:pk>/ghi/", working.confirm, name="confirm"),
    path("<uuid:pk>/tiep-tuc/", working.resume, name="resume"),
    path("<uuid:pk>/bo/", working.drop, name="drop"),
    path("<uuid:pk>/hoan-tac/", working.undo, name="undo"),
    path("<uuid:pk>/khong-nhan/", downloads.refused, name="refused"),
]
