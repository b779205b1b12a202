from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "thidua.initiatives"
    label = "initiatives"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from thidua.exchange import importers  # noqa: PLC0415 - needs the tables
        from thidua.initiatives.importing import InitiativesImporter  # noqa: PLC0415 - the same
        from thidua.initiatives.permissions import covers_seats  # noqa: PLC0415 - the same
        from thidua.organisations.managing import register_rights  # noqa: PLC0415 - the same

        register_rights(covers_seats)
        importers.register(InitiativesImporter())
