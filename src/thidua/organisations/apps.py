from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "thidua.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from thidua.organisations import news  # noqa: F401, PLC0415 - declares what people are told
        from thidua.organisations.importing_all import register_exchange  # noqa: PLC0415 - needs the tables

        register_exchange()
