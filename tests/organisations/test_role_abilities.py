"""What the preview of a role promises is what its holder may do: each line is held against the page behind it."""

import pytest
from django.test import Client
from django.urls import reverse

from factories import make_person, make_unit, make_user, signed_in
from movements.plans import ITEMS, launch, make_movement
from thidua.exchange.importers import all_importers
from thidua.initiatives.models import Initiative, InitiativeCouncil
from thidua.initiatives.permissions import may_decide
from thidua.movements.models import Participation
from thidua.movements.services import answering
from thidua.organisations.models import UnitRole
from thidua.organisations.permissions import may_see_birth_date, may_see_sensitive
from thidua.organisations.rights import ACTION_NAMES, ACTIONS
from thidua.organisations.selectors.roles import lines, reach_of, table_of_actions

pytestmark = pytest.mark.django_db
ROLES = UnitRole.Role.values


class House:
    """A ministry with a unit that received a movement and answers it, and somebody of that unit in ``role``."""

    def __init__(self, role):
        self.top = make_unit("Bộ Tư pháp", symbol="BTP")
        self.unit = make_unit("Sở Tư pháp tỉnh Lào Cai", self.top, symbol="STP")
        self.room = make_unit("Phòng Phổ biến pháp luật", self.unit)
        self.person = make_person("Vàng Thị Dở", unit=self.unit)
        boss = make_user(self.top, UnitRole.Role.HEAD)
        chief = make_user(self.unit, UnitRole.Role.HEAD)
        self.received = launch(make_movement(self.top, items=ITEMS, by=boss), [self.unit], by=boss)
        part = Participation.objects.get(movement=self.received)
        self.duty = self.received.dutys.first()
        self.own = answering.start_own_plan(part.pk, [], by=chief)
        self.running = launch(make_movement(self.unit, items=ITEMS, by=chief), [self.room], by=chief)
        self.user = make_user(self.unit, role)
        self.client = signed_in(Client(), self.user)

    def opens(self, name, *args, query="", method="get"):
        """Say whether the page answers, or takes what was sent, rather than refusing."""
        answer = getattr(self.client, method)(reverse(name, args=args) + query)
        if answer.streaming:
            b"".join(answer.streaming_content)  # a file read to its end is closed
        return answer.status_code not in (403, 404)


def initiative_of(house):
    """Return an initiative that a council of the unit considers."""
    council = InitiativeCouncil(unit=house.unit)
    return Initiative(unit=house.unit, council=council, title="Rút ngắn thời gian tiếp dân")


# The page, or the check its pages call, behind each right.
PROBES = {
    "view": lambda h: h.opens("organisations:unit", h.room.pk),
    "export": lambda h: h.opens("exchange:export", "people"),
    "edit_plan": lambda h: h.opens("movements:add_item", h.own.pk, "contents"),
    "launch": lambda h: h.opens("movements:admit", h.running.pk),
    "issue": lambda h: h.opens("movements:issue", h.own.pk),
    "remind": lambda h: h.opens("movements:remind", h.running.pk, method="post"),
    "report_done": lambda h: h.opens(
        "movements:complete", h.received.pk, h.unit.pk, h.duty.pk, method="post"
    ),
    "register_honours": lambda h: h.opens("honours:enter"),
    "keep_registrations": lambda h: h.opens("movements:registration_add", h.unit.pk, 2026),
    "keep_rules": lambda h: h.opens("commendations:reread", "CSTDCS"),
    "handle_initiatives": lambda h: h.opens("initiatives:record", "sang-kien"),
    "recognise_initiatives": lambda h: may_decide(h.user, initiative_of(h)),
    "view_sensitive": lambda h: may_see_sensitive(h.user, h.person),
    "edit_units": lambda h: h.opens("organisations:unit_edit", h.room.pk),
    "edit_people": lambda h: h.opens("organisations:person_create", query=f"?unit={h.unit.pk}"),
    "edit_records": lambda h: h.opens("organisations:leave_add", h.person.pk),
    "edit_sensitive": lambda h: h.opens("organisations:discipline_add", h.person.pk),
    "give_role": lambda h: h.opens("organisations:role_give", h.unit.pk),
}


@pytest.mark.parametrize("role", ROLES)
def test_each_line_of_the_preview_is_what_the_page_behind_it_does(role):
    house = House(role)
    promised = dict(reach_of(role, house.unit).actions)

    said = {action: promised[name] for action, name in ACTION_NAMES.items() if action != "import"}
    done = {action: PROBES[action](house) for action in said}

    assert done == said


@pytest.mark.parametrize("role", ROLES)
def test_each_table_named_is_one_its_holder_may_bring_in_and_no_other(role):
    house = House(role)
    promised = {name for name, allowed in reach_of(role, house.unit).actions if allowed}

    named = {
        one.target
        for line in lines()
        if line.name in promised
        for one in all_importers()
        if str(one.title) in line.name
    }
    opened = {one.target for one in all_importers() if house.opens("exchange:start", one.target)}

    assert opened == named


def test_an_officer_is_promised_the_tables_an_officer_brings_in():
    unit = make_unit("Bộ Tư pháp")
    promised = [name for name, allowed in reach_of("officer", unit).actions if allowed]

    assert [name for name in promised if name.startswith("Nhập từ Excel")] == [
        "Nhập từ Excel: Xếp loại hằng năm; Thời gian nghỉ, đi học",
        "Nhập từ Excel: Khen thưởng đã có",
        "Nhập từ Excel: Đăng ký thi đua",
        "Nhập từ Excel: Sáng kiến, đề tài đã có",
    ]


@pytest.mark.parametrize("role", ROLES)
def test_who_sees_days_of_birth_is_said_as_it_is(role):
    house = House(role)

    assert reach_of(role, house.unit).sees_birth_dates == may_see_birth_date(house.user, house.person)


def test_rules_of_an_authority_are_kept_at_its_top_alone():
    top = make_unit("Bộ Tư pháp")
    unit = make_unit("Sở Tư pháp tỉnh Lào Cai", top)
    heads = [(one, make_user(one, UnitRole.Role.HEAD)) for one in (top, unit)]

    said = [dict(reach_of("head", one).actions)[ACTION_NAMES["keep_rules"]] for one, _head in heads]
    done = [
        signed_in(Client(), head).get(reverse("commendations:reread", args=["CSTDCS"])).status_code
        for _one, head in heads
    ]

    assert (said, done) == ([True, False], [200, 403])


def test_the_table_of_roles_says_the_same_as_each_preview():
    unit = make_unit("Sở Tư pháp tỉnh Lào Cai", make_unit("Bộ Tư pháp"))

    table = table_of_actions(unit)

    for place, role in enumerate(ROLES):
        assert tuple((name, allowed[place]) for name, allowed in table) == reach_of(role, unit).actions
    assert {action for action in ACTION_NAMES if action != "import"} == PROBES.keys()
    assert frozenset().union(*ACTIONS.values()) == ACTION_NAMES.keys()
