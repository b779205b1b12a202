"""For whom a movement is launched: asked when its plan comes in, and put right while it is prepared."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from thidua.movements.models import Movement, Participation
from thidua.movements.selectors.answerable import Proposal
from thidua.movements.selectors.launchers import Launcher, clusters_by_year
from thidua.organisations.forms.fields import UnitField
from thidua.organisations.models import Cluster, Unit

MayLaunch = Callable[[Unit, Cluster | None], bool]
ActingFor = Callable[[Cluster], Unit | None]
CitedInstead = Callable[[Participation], Proposal | None]


class ByYear(ModelChoiceIterator):  # type: ignore[type-arg]  # generic for the stubs alone
    """The clusters in groups by year, those of the plan's year first."""

    field: "ClusterField"

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for year, clusters in clusters_by_year(self.queryset, self.field.first_year):
            yield gettext("Năm %(year)s") % {"year": year}, [self.choice(one) for one in clusters]


class ClusterField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the stubs alone
    """A cluster, named with its year: each year has one of that name, with members of its own."""

    iterator = ByYear
    first_year: int | None = None

    def label_from_instance(self, obj: Cluster) -> str:
        return obj.dated_name


class LauncherForm(forms.Form):
    """The unit that launches, and the cluster for which it does."""

    organiser = UnitField(label=_("Đơn vị phát động"), required=False)
    cluster = ClusterField(
        label=pgettext_lazy("one", "Cụm thi đua"), queryset=Cluster.objects.none(), required=False
    )

    def __init__(
        self,
        *args: Any,
        organisers: QuerySet[Unit],
        clusters: QuerySet[Cluster],
        may_launch_for: MayLaunch,
        acting_for: ActingFor,
        year: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.may_launch_for, self.acting_for = may_launch_for, acting_for
        unit, cluster = self.fields["organiser"], self.fields["cluster"]
        if isinstance(unit, UnitField):
            unit.offer(organisers)
        if isinstance(cluster, ClusterField):
            cluster.first_year = year
            cluster.queryset = clusters

    def clean(self) -> dict[str, Any]:
        """Find who launches for a cluster that is told alone; refuse what the person may not launch for."""
        cleaned = super().clean() or self.cleaned_data
        unit, cluster = cleaned.get("organiser"), cleaned.get("cluster")
        if "organiser" in self.errors or "cluster" in self.errors:
            return cleaned
        if cluster and unit is None:
            cleaned["organiser"] = self.acting_for(cluster)
            if cleaned["organiser"] is None:
                self.add_error("organiser", _("Chọn đơn vị phát động cho cụm này."))
        elif unit and not self.may_launch_for(unit, cluster):
            text = _(
                "Bạn phát động cho %(unit)s với tư cách cụm trưởng: chọn cụm do đơn vị này làm cụm trưởng."
            )
            self.add_error("cluster", text % {"unit": unit})
        return cleaned

    @property
    def launcher(self) -> Launcher | None:
        """Who was chosen, None where it is left to the paper."""
        unit = self.cleaned_data.get("organiser")
        return Launcher(unit, self.cleaned_data.get("cluster")) if unit else None


class IntakeForm(LauncherForm):
    """A plan on its way in: the file, and for whom, where that is not left to the paper."""

    file = forms.FileField(
        label=_("Văn bản"),
        error_messages={
            "required": _("Chưa chọn tệp nào."),
            "empty": _("Tệp này trống, không có gì để đọc."),
        },
    )
    field_order = ("file", "organiser", "cluster")

    def __init__(self, *args: Any, otherwise: Launcher, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.otherwise = otherwise
        self.brought_for: Launcher | None = None
        unit, cluster = self.fields["organiser"], self.fields["cluster"]
        unit.widget.attrs["placeholder"] = gettext("Theo văn bản")
        unit.help_text = _(
            "Để trống thì lấy cơ quan ban hành ghi trong văn bản; không rõ thì ghi cho %(unit)s và hỏi lại."
        ) % {"unit": otherwise.name}
        if isinstance(cluster, ClusterField):
            cluster.empty_label = _("Theo văn bản")

    def bring_for(self, unit: Unit) -> None:
        """Let the plan be that of the unit, whatever the paper says: it answers what the unit received."""
        self.brought_for = Launcher(unit)
        del self.fields["organiser"], self.fields["cluster"]

    @property
    def launcher(self) -> Launcher | None:
        return self.brought_for or super().launcher


class PartChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the stubs alone
    """A received movement, named by who launched it."""

    def label_from_instance(self, obj: Participation) -> str:
        return f"{obj.movement.organiser}: {obj.movement.name}"


class SettingsForm(LauncherForm):
    """What a movement is and who launches it, where the document does not say it."""

    kind = forms.ChoiceField(label=_("Loại phong trào"), choices=Movement.Kind)
    level = forms.ChoiceField(label=_("Cấp phát động"), choices=Movement.Level)
    answers = PartChoiceField(
        label=_("Trả lời phong trào đã nhận"),
        queryset=Participation.objects.none(),
        required=False,
        empty_label=_("Không trả lời phong trào nào"),
        help_text=_("Chọn khi đây là kế hoạch của đơn vị thực hiện một phong trào cấp trên."),
    )
    insisted = forms.BooleanField(label=_("Vẫn trả lời phong trào đã chọn"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ("organiser", "cluster", "kind", "level", "answers", "insisted", "version")

    def __init__(
        self,
        *args: Any,
        parts: QuerySet[Participation],
        cited_instead: CitedInstead,
        is_fixed: bool,
        **kwargs: Any,
    ) -> None:
        """``is_fixed``: who launches stays as it is, as in a plan that answers another."""
        super().__init__(*args, **kwargs)
        self.cited_instead, self.asks_again = cited_instead, False
        unit, cluster, answers = (self.fields[name] for name in ("organiser", "cluster", "answers"))
        unit.required = True
        unit.error_messages["required"] = _("Chưa điền.")
        if isinstance(cluster, ClusterField):
            cluster.empty_label = _("Không phải của cụm nào")
        if isinstance(answers, forms.ModelChoiceField):
            answers.queryset = parts
        if is_fixed:
            del self.fields["organiser"], self.fields["cluster"]

    def clean(self) -> dict[str, Any]:
        """Ask once more where the paper cites another movement that waits than the one chosen."""
        cleaned = super().clean()
        chosen = cleaned.get("answers")
        if chosen and (instead := self.cited_instead(chosen)):
            self.asks_again = True
            if not cleaned.get("insisted"):
                text = _(
                    "Văn bản dẫn %(number)s, phong trào đang chờ kế hoạch của đơn vị, mà không dẫn phong trào bạn chọn."
                )
                self.add_error("answers", text % {"number": instead.number})
        return cleaned
