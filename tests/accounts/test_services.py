from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from factories import PASSWORD, make_account, make_administrator, signed_in
from thidua.accounts import services
from thidua.accounts.models import Account, InstallationRole, Invitation, SetupCode
from thidua.records.days import HERE

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 8, tzinfo=HERE)
CHOSEN = "trau-xanh-bay-qua-song"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def test_an_invitation_keeps_only_the_hash_of_its_token():
    token = services.invite(None, make_account())

    invitation = Invitation.objects.get()
    assert invitation.token_hash == services.hashed(token)
    assert token not in str(vars(invitation))
    assert invitation.expires_at == NOW + timedelta(days=7)


def test_an_accepted_invitation_sets_the_password_and_cannot_be_used_again():
    account = make_account()
    token = services.invite(None, account)

    services.accept(token, CHOSEN)

    account.refresh_from_db()
    assert account.check_password(CHOSEN)
    with pytest.raises(services.InvitationNotUsableError) as refused:
        services.accept(token, "mot-mat-khau-khac-nua")
    assert refused.value.reason == "used"


@pytest.mark.parametrize(
    ("age", "usable"), [(timedelta(days=7, seconds=-1), True), (timedelta(days=7), False)]
)
def test_an_invitation_lasts_seven_days(age, usable):
    token = services.invite(None, make_account())

    try:
        services.usable_invitation(token, NOW + age)
        reason = ""
    except services.InvitationNotUsableError as error:
        reason = error.reason

    assert reason == ("" if usable else "expired")


def test_a_newer_link_withdraws_the_older_one():
    account = make_account()
    first = services.invite(None, account)
    second = services.invite(None, account)

    with pytest.raises(services.InvitationNotUsableError) as refused:
        services.accept(first, CHOSEN)

    assert refused.value.reason == "withdrawn"
    assert services.accept(second, CHOSEN) == account


def test_a_weak_password_leaves_the_link_usable():
    token = services.invite(None, make_account())

    with pytest.raises(ValidationError):
        services.accept(token, "ngan")

    assert services.accept(token, CHOSEN).check_password(CHOSEN)


def test_a_reset_ends_the_sessions_and_the_password_at_once(client):
    account = make_account()
    signed_in(client, account)
    before = client.get("/healthz").wsgi_request.user.is_authenticated

    services.reset(None, account)

    account.refresh_from_db()
    assert before
    assert not client.get("/healthz").wsgi_request.user.is_authenticated
    assert not account.check_password(PASSWORD)


def test_a_closed_account_is_out_at_once_and_its_links_are_dead(client):
    account = make_account()
    token = services.invite(None, account)
    signed_in(client, account)

    services.close_account(None, account)

    assert not client.get("/healthz").wsgi_request.user.is_authenticated
    assert not Client().login(username=account.username, password=PASSWORD)
    with pytest.raises(services.InvitationNotUsableError) as refused:
        services.accept(token, CHOSEN)
    assert refused.value.reason == "withdrawn"


def test_an_account_reopened_waits_for_a_new_password():
    account = services.close_account(None, make_account())

    token = services.reopen_account(None, account)

    assert services.accept(token, CHOSEN).opens_on(NOW.date())


def test_a_login_name_is_taken_whatever_its_case():
    services.create_account(None, username="Lan.Anh", full_name="Vũ Lan Anh")

    with pytest.raises(services.UsernameTakenError):
        services.create_account(None, username=" lan.anh ", full_name="Vũ Lan Anh")


def test_the_last_administrator_stays():
    administrator = make_administrator()
    role = administrator.installation_roles.get()

    with pytest.raises(services.LastAdministratorError):
        services.close_account(None, administrator)
    with pytest.raises(services.LastAdministratorError):
        services.end_installation_role(None, role)

    make_administrator()
    services.end_installation_role(None, role)
    assert not InstallationRole.objects.on(NOW.date()).filter(account=administrator).exists()


def test_the_set_up_code_makes_the_first_administrator_once():
    code = services.create_setup_code()

    account = services.create_first_administrator(
        code.lower().replace("-", " "), username="quan-tri", full_name="Đỗ Minh Khôi", password=CHOSEN
    )

    assert account.installation_roles.get().role == InstallationRole.Role.ADMINISTRATOR
    assert code not in str(SetupCode.objects.values())
    with pytest.raises(services.SetupClosedError):
        services.create_setup_code()
    with pytest.raises(services.SetupClosedError):
        services.create_first_administrator(code, username="b", full_name="B", password=CHOSEN)


def test_a_wrong_or_replaced_code_makes_nobody():
    old = services.create_setup_code()
    services.create_setup_code()

    for code in (old, "SAI-SAI-SAI", ""):
        with pytest.raises(services.WrongSetupCodeError):
            services.create_first_administrator(code, username="a", full_name="A", password=CHOSEN)

    assert not Account.objects.exists()


def test_demo_accounts_are_noticed():
    before = services.demo_accounts_present()
    make_account(is_demo=True)

    assert (before, services.demo_accounts_present()) == (False, True)


def test_an_administrator_for_a_time_is_nobody_to_rely_on():
    lasting, passing = make_administrator(), make_account()
    role = services.give_installation_role(lasting, passing, InstallationRole.Role.ADMINISTRATOR)
    services.end_installation_role(lasting, role, on=NOW.date() + timedelta(days=10))

    with pytest.raises(services.LastAdministratorError):
        services.close_account(passing, lasting)


def test_a_role_that_has_ended_is_not_ended_later():
    account = make_account()
    role = services.give_installation_role(None, account, InstallationRole.Role.AUDITOR)
    services.end_installation_role(None, role, on=NOW.date())

    services.end_installation_role(None, role, on=NOW.date() + timedelta(days=30))

    assert InstallationRole.objects.get().valid_until == NOW.date()
