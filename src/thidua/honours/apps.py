from django.apps import AppConfig


class HonoursConfig(AppConfig):
    name = "thidua.honours"
    label = "honours"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from thidua.exchange import importers  # noqa: PLC0415 - needs the tables
        from thidua.honours.importing import HonoursImporter  # noqa: PLC0415

        importers.register(HonoursImporter())
