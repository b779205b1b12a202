import pytest
from django.utils import translation

from thidua.initiatives.importing_authors import Named, authors_named
from thidua.initiatives.models import Authorship
from thidua.initiatives.shares import Part, part_told


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("60%", Part(60)),
        ("60", Part(60)),
        ("60 phần trăm", Part(60)),
        ("Chủ nhiệm", Part(role="lead")),
        ("60% | thư ký", Part(60, "secretary")),
        ("CHU NHIEM DE TAI, 100 %", Part(100, "lead")),
        ("", Part()),
        ("0%", None),
        ("101", None),
        ("60 40", None),
        ("nhiều", None),
    ],
)
def test_a_share_and_a_role_are_read_in_any_order(text, part):
    assert part_told(text) == part


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("role", Authorship.Role)
def test_a_role_is_read_as_the_page_shows_it(language, role):
    with translation.override(language):
        assert part_told(f"60 | {str(role.label).lower()}") == Part(60, role.value)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("Lê An", [("Lê An", "", "", Part())]),
        ("CB-0123", [("", "CB-0123", "", Part())]),
        ("Lê An (CB-0123) - 60%", [("Lê An", "CB-0123", "", Part(60))]),
        (
            "Lê An 60%; Trần Bình 40%",
            [("Lê An", "", "", Part(60)), ("Trần Bình", "", "", Part(40))],
        ),
        (
            "1. ThS. Lê An (Phòng A), chủ nhiệm\n2. Bà Trần Bình: thư ký",
            [("Lê An", "", "Phòng A", Part(role="lead")), ("Trần Bình", "", "", Part(role="secretary"))],
        ),
        ("Lê An, 60%, Trần Bình, 40%", [("Lê An", "", "", Part(60)), ("Trần Bình", "", "", Part(40))]),
        ("Lê An và Trần Bình", [("Lê An", "", "", Part()), ("Trần Bình", "", "", Part())]),
        ("Lê An (Phòng A, Cục B)", [("Lê An", "", "Phòng A, Cục B", Part())]),
        ("Lê An: nhiều", [("Lê An", "", "", None)]),
        ("CB-01 | 60; CB-02 | 40", [("", "CB-01", "", Part(60)), ("", "CB-02", "", Part(40))]),
    ],
)
def test_one_cell_names_several_authors_as_offices_write_them(cell, read):
    assert [(one.name, one.code, one.unit, one.part) for one in authors_named(cell)] == read


def test_columns_beside_the_authors_complete_them():
    first, second = authors_named("Lê An; Trần Bình", code="CB-1", unit="Phòng A", shares="70; 30%")

    assert (first.code, first.unit, first.part) == ("CB-1", "Phòng A", Part(70))
    assert (second.code, second.unit, second.part) == ("", "Phòng A", Part(30))


def test_shares_that_do_not_match_the_authors_are_nobodys():
    assert [one.part for one in authors_named("Lê An; Trần Bình", shares="100")] == [None, None]


def test_a_code_alone_is_an_author():
    assert authors_named("", code="CB-9") == (Named("CB-9", code="CB-9"),)
