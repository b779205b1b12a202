from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commendations", "0002_trial_without_sensitive"),
    ]

    operations = [
        migrations.AddField(
            model_name="trial",
            name="held",
            field=models.JSONField(null=True),
        ),
    ]
