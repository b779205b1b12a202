"""Addresses of registrations, among those of movements."""

from django.urls import path

from thidua.movements.views import coverage, own_registration, registration_adding, registrations

urlpatterns = [
    path("dang-ky/", registrations.registrations, name="registrations"),
    path("dang-ky/cua-toi/", own_registration.own_registration, name="own_registration"),
    path("dang-ky/cua-toi/<uuid:pk>/rut/", own_registration.withdraw, name="withdraw_wish"),
    path("dang-ky/cum/<uuid:cluster_id>/", coverage.of_cluster, name="cluster_coverage"),
    path("dang-ky/cum/<uuid:cluster_id>/nhac/", coverage.remind_cluster, name="cluster_coverage_remind"),
    path(
        "dang-ky/cum/<uuid:cluster_id>/danh-sach/", coverage.registered_in_cluster, name="cluster_registered"
    ),
    path("dang-ky/<uuid:unit_id>/<int:year>/", registrations.registration, name="registration"),
    path(
        "dang-ky/<uuid:unit_id>/<int:year>/them/",
        registration_adding.registration_add,
        name="registration_add",
    ),
    path(
        "dang-ky/<uuid:unit_id>/<int:year>/dong/", registrations.registration_lines, name="registration_lines"
    ),
    path(
        "dang-ky/<uuid:unit_id>/<int:year>/phong-trao/",
        registrations.registration_movement,
        name="registration_movement",
    ),
    path(
        "dang-ky/<uuid:unit_id>/<int:year>/ban-dang-ky.<str:kind>",
        registrations.registration_paper,
        name="registration_paper",
    ),
    path(
        "dang-ky/<uuid:unit_id>/<int:year>/buoc/<str:act>/",
        registrations.registration_step,
        name="registration_step",
    ),
    path("dang-ky/<uuid:unit_id>/<int:year>/tong-hop/", coverage.of_unit, name="coverage"),
    path("dang-ky/<uuid:unit_id>/<int:year>/tong-hop/nhac/", coverage.remind_unit, name="coverage_remind"),
    path("dang-ky/<uuid:unit_id>/<int:year>/danh-sach/", coverage.registered_below, name="registered"),
]
