"""How long a password is, said in our own words: the framework's sentence has no Vietnamese."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Refuses a password shorter than ``min_length``."""

    def get_error_message(self) -> str:
        return _("Mật khẩu quá ngắn: cần ít nhất %(least)s ký tự.") % {"least": self.min_length}

    def get_help_text(self) -> str:
        return _("Mật khẩu cần ít nhất %(least)s ký tự.") % {"least": self.min_length}
