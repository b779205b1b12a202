"""What the pages of own rules, drafts and trials share: files in and out, and how refusals are told."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse

from thidua.commendations.problems import LawRefusedError, told
from thidua.core.law.drafts import MOST_BYTES
from thidua.core.law.yamltext import FileProblemsError
from thidua.library.services import safe_name
from thidua.organisations.views.answers import changed_sentence
from thidua.records.models import ChangedMeanwhileError

Refusal = LawRefusedError | FileProblemsError | ChangedMeanwhileError


def sentences(error: Refusal) -> list[str]:
    if isinstance(error, FileProblemsError):
        return [told(problem) for problem in error.problems]
    if isinstance(error, LawRefusedError):
        return [problem.text() for problem in error.problems]
    return [changed_sentence(error)]


def refuse(request: HttpRequest, error: Refusal) -> None:
    """Say on the next page why nothing was done."""
    for sentence in sentences(error):
        messages.error(request, sentence)


def content_of(upload: UploadedFile) -> bytes:  # type: ignore[type-arg]  # generic in the stubs alone
    """Return the bytes of an upload, one more than is allowed at most: what reads it then refuses it by size."""
    return bytes(upload.read(MOST_BYTES + 1))


def as_file(text: str, name: str) -> HttpResponse:
    """Give ``text`` as a law file to keep."""
    answer = HttpResponse(text.encode(), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{ascii_name(name)}"'
    return answer


def ascii_name(name: str) -> str:
    """Return a name every browser keeps: our files have such names, uploads may not."""
    plain = safe_name(name).encode("ascii", "ignore").decode().replace('"', "")
    return plain if plain.rpartition(".")[0].strip() else "quy-dinh.yaml"
