"""What of this subject may come from, or go into, a workbook."""

from thidua.exchange import exporters, importers
from thidua.organisations.exporting import ClustersExporter, PeopleExporter, UnitsExporter
from thidua.organisations.importing_clusters import ClustersImporter
from thidua.organisations.importing_people import PeopleImporter
from thidua.organisations.importing_records import DisciplineImporter, LeaveImporter, RatingsImporter
from thidua.organisations.importing_units import UnitsImporter


def register_exchange() -> None:
    """Make the importers and exporters of this subject known."""
    for importer in (
        PeopleImporter(),
        UnitsImporter(),
        ClustersImporter(),
        RatingsImporter(),
        LeaveImporter(),
        DisciplineImporter(),
    ):
        importers.register(importer)
    for exporter in (PeopleExporter(), UnitsExporter(), ClustersExporter()):
        exporters.register(exporter)
