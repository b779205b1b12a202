from django.apps import AppConfig


class MovementsConfig(AppConfig):
    name = "thidua.movements"
    label = "movements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from thidua.exchange import importers  # noqa: PLC0415 - needs the tables
        from thidua.movements import news  # noqa: F401, PLC0415 - declares what people are told
        from thidua.movements.importing import RegistrationsImporter  # noqa: PLC0415
        from thidua.movements.selectors.running import running_movements  # noqa: PLC0415
        from thidua.organisations.ending import register_running  # noqa: PLC0415

        register_running(running_movements)
        importers.register(RegistrationsImporter())
