"""The look of every page: base templates, components, tokens, formats."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "thidua.ui"
    label = "ui"
