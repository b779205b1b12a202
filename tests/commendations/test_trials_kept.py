"""Trials as they are kept: so many, said to be old once rules or records change, asked again."""

from datetime import date

import pytest
from django.urls import reverse

from commendations.trying import CIRCULAR, TODAY, applied, drafted, moved, rated, text, tried
from factories import make_person, make_unit, make_user, signed_in
from thidua.audit.models import Entry
from thidua.commendations.models import Trial
from thidua.commendations.problems import LawRefusedError
from thidua.commendations.selectors.what_if import is_outdated
from thidua.commendations.services import trials
from thidua.commendations.services.own_rules import upload, withdraw
from thidua.commendations.services.trials import ask_again, fail
from thidua.organisations.models import Rating, UnitRole

pytestmark = pytest.mark.django_db
NOW = "2026-11-22"
RULES = CIRCULAR.replace("authority: VN", "authority: BTN").replace("2026-11-01", "2026-01-01")
OLD = "Quy định riêng đã đổi sau lần thử này"
DIFFERS = "Nay xét ra khác lúc thử"


def address(name, trial, *rest):
    return reverse(f"commendations:{name}", args=[trial.pk, *rest])


def kept(trial):
    return Trial.objects.select_related("unit__root", "draft").get(pk=trial.pk)


def in_force(root):
    return applied(upload(None, root, "quy-che.yaml", RULES.encode()))


def test_an_account_keeps_only_so_many_trials_and_may_delete_them_from_their_list(
    client, owner, unit, monkeypatch
):
    monkeypatch.setattr(trials, "MOST_TRIALS", 1)
    first = tried(owner, unit)
    signed_in(client, owner)

    with pytest.raises(LawRefusedError) as caught:
        tried(owner, unit)
    tried(make_user(unit, full_name="Lê Văn Khác"), unit)
    listed = text(client.get(reverse("commendations:what_if")))

    assert [problem.text() for problem in caught.value.problems] == [
        "Đã có 1 lần thử. Xóa bớt lần thử cũ rồi thử tiếp."
    ]
    assert listed.count(f'action="{address("trial_delete", first)}"') == 1


def test_own_rules_put_in_force_or_taken_out_make_a_trial_old_until_it_is_asked_again(
    client, owner, root, unit
):
    rated(make_person("Lê Văn Bốn", unit), 2025)
    trial = tried(owner, unit, awards=["LDTT"])
    signed_in(client, owner)
    fresh = text(client.get(address("trial", trial)))
    rules = in_force(root)

    names = [("trial", []), ("trial_subjects", ["LDTT"])]
    shown = [text(client.get(address(name, trial, *rest))) for name, rest in names]
    renewed = text(client.post(address("trial_again", trial), follow=True))
    withdraw(None, rules, "Sai")

    assert (fresh.count(OLD), [page.count(OLD) for page in shown], renewed.count(OLD)) == (0, [1, 1], 0)
    assert is_outdated(kept(trial))


def test_a_person_whose_record_changed_since_is_said_to_read_otherwise(client, owner, unit):
    person = rated(make_person("Lê Văn Bốn", unit), 2025)
    trial = tried(owner, unit, before=TODAY, after=TODAY, awards=["LDTT"], draft=drafted(owner))
    signed_in(client, owner)
    pages = [address("trial_subjects", trial, "LDTT"), address("trial_subject", trial, "LDTT", person.pk)]
    before = [text(client.get(page)) for page in pages]
    Rating.objects.filter(person=person).update(level="EXCELLENT")

    after = [text(client.get(page)) for page in pages]
    client.post(address("trial_again", trial))

    assert [page.count("xét ra khác") for page in before] == [0, 0]
    assert (after[0].count("nay xét ra khác."), after[1].count(DIFFERS)) == (1, 1)
    assert "Lúc thử: đạt → chưa đạt." in after[1].replace("Đạt", "đạt").replace("Chưa", "chưa")
    assert moved(kept(trial)) == {"LDTT": {"stays": 2}}


def test_a_trial_that_failed_is_asked_again_with_one_button(client, owner, unit):
    trial = tried(owner, unit)
    Trial.objects.filter(pk=trial.pk).update(state=Trial.State.WAITING)
    fail(trial.pk, "Không tính xong do lỗi máy chủ. Thử lại lần nữa.")
    signed_in(client, owner)
    shown = text(client.get(address("trial", trial)))

    renewed = text(client.post(address("trial_again", trial), follow=True))

    assert shown.count(f'action="{address("trial_again", trial)}"') == 1
    assert (kept(trial).state, kept(trial).failure, "Không tính được" in renewed) == ("done", "", False)
    assert Entry.objects.filter(action="trial.asked_again").count() == 1


def test_a_trial_being_answered_and_one_of_nobody_are_not_asked_again(owner, unit):
    trial = tried(owner, unit)
    Trial.objects.filter(pk=trial.pk).update(state=Trial.State.WAITING, unit=make_unit("Vụ Trống", unit))

    with pytest.raises(LawRefusedError) as caught:
        ask_again(owner, trial)

    assert [problem.code for problem in caught.value.problems] == ["still_waiting", "nobody"]


def test_a_draft_asked_again_goes_by_the_rights_of_today(client, unit):
    head = make_user(unit, UnitRole.Role.HEAD)
    trial = tried(head, unit, before=TODAY, after=TODAY, awards=["LDTT"], draft=drafted(head))
    UnitRole.objects.filter(person=head.person).update(role=UnitRole.Role.OFFICER)
    signed_in(client, head)

    client.post(address("trial_again", trial))

    assert (trial.without_sensitive, kept(trial).without_sensitive) == (False, True)


def test_nobody_else_asks_a_trial_again_nor_its_owner_without_the_unit(client, owner, unit):
    trial = tried(owner, unit)
    signed_in(client, make_user(unit, full_name="Lê Văn Khác"))
    stranger = client.post(address("trial_again", trial))
    UnitRole.objects.filter(person=owner.person).update(valid_until=date(2026, 11, 1))
    signed_in(client, owner)

    answers = [
        stranger,
        client.post(address("trial_again", trial)),
        client.get(address("trial_again", trial)),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 405]
