import pytest

from factories import make_kind, make_unit, make_user


@pytest.fixture
def ministry():
    return make_unit("Bộ Tư pháp", place="Hà Nội", symbol="BTP")


@pytest.fixture
def departments(ministry):
    kind = make_kind("so", name="Sở Tư pháp", level="province")
    names = ("An Giang", "Cà Mau", "Lào Cai")
    return [
        make_unit(f"Sở Tư pháp tỉnh {name}", ministry, kind=kind, place=name, symbol="STP") for name in names
    ]


@pytest.fixture
def department(departments):
    return departments[2]


@pytest.fixture
def officer(ministry):
    return make_user(ministry, full_name="Nguyễn Thu Hà")


@pytest.fixture
def second(ministry):
    return make_user(ministry, full_name="Trần Văn Bình")
