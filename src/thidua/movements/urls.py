"""Addresses of movements."""

from django.urls import path

from thidua.movements.views import checking, intake

app_name = "movements"
urlpatterns = [
    path("tu-van-ban/", intake.intake, name="intake"),
    path("tu-van-ban/mau/<str:file>/", intake.take_sample, name="take_sample"),
    path("<uuid:pk>/kiem-tra/", checking.check, name="check"),
    path("<uuid:pk>/kiem-tra/muc/<uuid:item_id>/", checking.edit_item, name="edit_item"),
    path("<uuid:pk>/kiem-tra/muc/<uuid:item_id>/bo/", checking.remove, name="remove_item"),
    path("<uuid:pk>/kiem-tra/them/<str:field>/", checking.add_item, name="add_item"),
    path("<uuid:pk>/kiem-tra/xac-nhan/", checking.confirm, name="confirm"),
    path("<uuid:pk>/kiem-tra/hoan-tac/", checking.undo, name="undo"),
]
