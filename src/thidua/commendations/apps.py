from django.apps import AppConfig


class CommendationsConfig(AppConfig):
    name = "thidua.commendations"
    label = "commendations"
    default_auto_field = "django.db.models.BigAutoField"
