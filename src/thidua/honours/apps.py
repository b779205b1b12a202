from django.apps import AppConfig


class HonoursConfig(AppConfig):
    name = "thidua.honours"
    label = "honours"
    default_auto_field = "django.db.models.BigAutoField"
