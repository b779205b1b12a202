"""A login name proposed from a person's name."""

import pytest

from thidua.accounts.selectors import username_for
from thidua.accounts.services import create_account

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "login"),
    [
        ("Nguyễn Văn Dũng", "dung.nguyenvan"),
        ("H’Hạnh Mlô", "mlo.hhanh"),
        ("Đặng  Thị Hoà ", "hoa.dangthi"),
        ("Liên", "lien"),
        ("Y", ""),
        ("李", ""),
    ],
)
def test_the_given_name_comes_first_without_diacritics(name, login):
    assert username_for(name) == login


def test_a_name_that_is_taken_is_numbered():
    for login in ("dung.nguyenvan", "Dung.NguyenVan2"):
        create_account(None, username=login, full_name="Nguyễn Văn Dũng")

    assert username_for("Nguyễn Văn Dụng") == "dung.nguyenvan3"
