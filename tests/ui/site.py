"""Addresses of a site that has nothing but the look: what the tests of the look run on."""

from django.urls import include, path
from django.views.i18n import set_language

from thidua.ui import errors


def refuse(request):
    raise errors.PermissionNeeded(
        "Chỉ người phụ trách được phát động.", granted_by=["Trần Thu Hằng, Vụ trưởng"]
    )


def fail(request):
    raise RuntimeError("the database went away")


urlpatterns = [
    path("mau/", include("thidua.ui.urls")),
    path("ngon-ngu/", set_language, name="set_language"),
    path("cam/", refuse),
    path("hong/", fail),
    path("lon/", lambda request: errors.too_large(request, 26_214_400)),
]
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
