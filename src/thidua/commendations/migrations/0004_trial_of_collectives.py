from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commendations", "0003_trial_held"),
    ]

    operations = [
        migrations.AddField(
            model_name="trial",
            name="kind",
            field=models.CharField(
                choices=[("individual", "Cá nhân"), ("collective", "Tập thể")],
                default="individual",
                max_length=10,
            ),
        ),
        migrations.RenameField(
            model_name="trial",
            old_name="people",
            new_name="subjects",
        ),
    ]
