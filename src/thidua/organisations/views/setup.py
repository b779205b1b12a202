"""The page of the first start; closed for good once an account exists."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from thidua.accounts.services import SetupClosedError, WrongSetupCodeError, setup_is_open
from thidua.organisations.forms.accounts import SetupForm
from thidua.organisations.models import UnitRole
from thidua.organisations.selectors.roles import abilities_of
from thidua.organisations.services.setup import set_up
from thidua.organisations.views.answers import show_refusal
from thidua.records.refusals import RefusedError
from thidua.ui.rendering import page


@sensitive_post_parameters("code", "password", "again")
@never_cache
@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    if not setup_is_open():
        raise Http404
    form = SetupForm(request.POST or None)
    if form.is_valid():
        try:
            set_up(**form.facts())
        except SetupClosedError as error:
            raise Http404 from error
        except WrongSetupCodeError:
            form.add_error("code", _("Mã không đúng. Mã mới nhất hiện ở cửa sổ chạy lệnh thidua serve."))
        except ValidationError as error:
            form.add_error("password", error)
        except RefusedError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Đã thiết lập xong. Đăng nhập bằng tên và mật khẩu vừa chọn."))
            return redirect("account_login")
    context = {"form": form, "officer_may": abilities_of(UnitRole.Role.OFFICER)}
    return page(request, "organisations/setup.html", context, status=422 if form.errors else 200)
