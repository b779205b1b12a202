"""What people are told about the imports they started, in the language of who reads it."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.notices.kinds import News, kind
from thidua.ui.formats import number


@dataclass(frozen=True, slots=True)
class AboutImport(News):
    """What all news of an import names: the file it came in."""

    batch: UUID
    file: str

    def url(self) -> str:
        return reverse("exchange:import", args=[self.batch])


@kind("import.done")
@dataclass(frozen=True, slots=True)
class ImportDone(AboutImport):
    """``written`` rows were made or changed, ``refused`` ones left out."""

    written: int
    refused: int

    def title(self) -> str:
        n = self.written
        sentence = ngettext(
            "Đã nhập tệp “%(name)s”: ghi %(n)s dòng, không nhận %(refused)s dòng",
            "Đã nhập tệp “%(name)s”: ghi %(n)s dòng, không nhận %(refused)s dòng",
            n,
        )
        return sentence % {"name": self.file, "n": number(n), "refused": number(self.refused)}


@kind("import.undone")
@dataclass(frozen=True, slots=True)
class ImportUndone(AboutImport):
    def title(self) -> str:
        return _("Đã hoàn tác việc nhập tệp “%(name)s”") % {"name": self.file}
