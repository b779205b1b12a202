"""The look of every page: base templates, components, tokens, formats."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "thidua.ui"
    label = "ui"

    def ready(self) -> None:
        from thidua.ui.refusals import speak_our_words  # noqa: PLC0415 - forms are ready once the apps are

        speak_our_words()
