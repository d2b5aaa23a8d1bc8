from django.db import migrations, models

AGAIN = "Diese Datei liegt bei dem Beleg schon vor."


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0012_voucher_sums"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="voucherfile", name="voucher_file_once"),
        migrations.AddConstraint(
            model_name="voucherfile",
            constraint=models.UniqueConstraint(
                fields=("voucher", "sha256", "kind"),
                name="voucher_file_once",
                violation_error_message=AGAIN,
            ),
        ),
        migrations.RemoveConstraint(model_name="parkedfile", name="parked_file_once"),
        migrations.AddConstraint(
            model_name="parkedfile",
            constraint=models.UniqueConstraint(
                fields=("by", "form_key", "sha256", "kind"),
                name="parked_file_once",
                violation_error_message="Diese Datei liegt bei diesem Beleg schon vor.",
            ),
        ),
    ]
