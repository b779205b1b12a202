"""How sign-in behaves here: nobody signs up by himself; accounts are given."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Closes open sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        del request
        return False
