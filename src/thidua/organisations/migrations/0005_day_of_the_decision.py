"""The day of the decision behind a reorganisation; what was written before keeps it within its words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0004_kind_of_province")]

    operations = [
        migrations.AddField("unitevent", "decided_on", models.DateField(blank=True, null=True)),
    ]
