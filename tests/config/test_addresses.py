"""Addresses found once are those Django finds."""

from uuid import UUID

import pytest
from django.test import override_settings
from django.urls import NoReverseMatch, reverse, set_script_prefix

from thidua.ui.addresses import url, url_if

FIRST, SECOND = UUID("01a203b3-443a-73fd-b69a-6e52dfad329d"), UUID("01a203b3-5245-70f4-86e2-f50fe2e262a6")


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("movements:work", ()),
        ("organisations:person", (FIRST,)),
        ("organisations:person", (SECOND,)),
        ("movements:part", (FIRST, SECOND)),
        ("movements:part", (SECOND, FIRST)),
        ("movements:revision", (FIRST, 3)),
        ("organisations:person", (str(FIRST),)),
    ],
)
def test_an_address_is_the_one_of_the_page(name, args):
    assert url(name, *args) == url(name, *args) == reverse(name, args=args)


def test_names_of_parts_are_taken_too():
    assert url("organisations:person", pk=FIRST) == reverse("organisations:person", args=[FIRST])


def test_a_page_that_is_not_there_is_told_apart():
    with pytest.raises(NoReverseMatch):
        url("movements:nowhere", FIRST)

    assert url_if("movements:nowhere") == ""
    assert url_if("movements:work") == reverse("movements:work")


def test_another_set_of_pages_has_addresses_of_its_own():
    here = url_if("movements:work")

    with override_settings(ROOT_URLCONF="allauth.account.urls"):
        elsewhere = url_if("movements:work")

    assert (here != "", elsewhere) == (True, "")


def test_below_another_path_addresses_begin_with_it():
    here = url("organisations:person", FIRST)
    set_script_prefix("/thi-dua/")
    try:
        below = url("organisations:person", FIRST)
    finally:
        set_script_prefix("/")

    assert below == f"/thi-dua{here}"
    assert url("organisations:person", FIRST) == here
