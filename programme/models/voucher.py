"""Vouchers, their files, and how each is split between the sources."""

from decimal import Decimal

from django.db import models

from programme import clock
from programme.enums import VoucherFileKind, VoucherStatus
from programme.models.funding import BudgetLine, FundingSource
from programme.models.programme import Programme
from programme.models.user import User
from programme.privacy import NO_PERSONAL_DATA, Privacy


class Voucher(models.Model):
    """One payment with its reason; checked by two different people (rule F28)."""

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="vouchers"
    )
    number = models.PositiveIntegerField("Belegnummer")
    line = models.ForeignKey(
        BudgetLine, verbose_name="Einzelansatz", on_delete=models.PROTECT, related_name="vouchers"
    )
    payee = models.CharField("Zahlungsempfänger", max_length=160)
    invoice_number = models.CharField("Rechnungsnummer", max_length=60)
    invoiced_on = models.DateField("Rechnungsdatum")
    paid_on = models.DateField("bezahlt am")
    gross_eur = models.DecimalField("Bruttobetrag", max_digits=12, decimal_places=2)
    reason = models.CharField("Grund der Zahlung", max_length=300)
    serviced_from = models.DateField("Leistung von", null=True, blank=True)
    serviced_to = models.DateField("Leistung bis", null=True, blank=True)
    net_eur = models.DecimalField(
        "Nettobetrag", max_digits=12, decimal_places=2, null=True, blank=True
    )
    vat_eur = models.DecimalField(
        "Umsatzsteuer", max_digits=12, decimal_places=2, null=True, blank=True
    )
    # What the sources share: net where the tax comes back, else gross (rule F21); None: gross.
    eligible_eur = models.DecimalField(
        "förderfähiger Betrag", max_digits=12, decimal_places=2, null=True, blank=True
    )
    is_credit_note = models.BooleanField("Gutschrift", default=False)
    is_sensitive = models.BooleanField("nur für Finanzen und Prüfung sichtbar", default=False)
    is_cash = models.BooleanField("bar bezahlt", default=False)
    cash_note = models.CharField("Grund der Barzahlung", max_length=300, blank=True)
    remark = models.CharField("Bemerkung", max_length=300, blank=True)
    contract = models.ForeignKey(
        "programme.Contract",
        verbose_name="Auftrag",
        on_delete=models.PROTECT,
        related_name="vouchers",
        null=True,
        blank=True,
    )
    staff_month = models.DateField("Personalausgabe für den Monat", null=True, blank=True)
    person_code = models.CharField("Kennung der Person", max_length=30, blank=True)
    hours = models.DecimalField("Stunden", max_digits=6, decimal_places=2, null=True, blank=True)
    # A meeting or a site, handed in from the floors above: "network.meeting:12" and its name.
    occasion_key = models.CharField("Anlass, Schlüssel", max_length=60, blank=True)
    occasion_title = models.CharField("Anlass", max_length=160, blank=True)
    # An approved voucher is never edited: a counter-entry names the one it takes back.
    corrects = models.ForeignKey(
        "self",
        verbose_name="Gegenbuchung zu",
        on_delete=models.PROTECT,
        related_name="corrections",
        null=True,
        blank=True,
    )
    # What is booked instead of the one taken back; it counts only together with that.
    replaces = models.ForeignKey(
        "self",
        verbose_name="ersetzt",
        on_delete=models.PROTECT,
        related_name="replacements",
        null=True,
        blank=True,
    )
    # Part of this voucher comes back; both count, and their sum is never below zero.
    credits = models.ForeignKey(
        "self",
        verbose_name="Gutschrift zu",
        on_delete=models.PROTECT,
        related_name="credit_notes",
        null=True,
        blank=True,
    )
    correction_reason = models.CharField("Grund der Berichtigung", max_length=300, blank=True)
    status = models.CharField(
        "Stand", max_length=10, choices=VoucherStatus, default=VoucherStatus.RECORDED
    )
    recorded_at = models.DateTimeField("erfasst am", default=clock.now)
    factual_check_by = models.ForeignKey(
        User, verbose_name="sachlich richtig", on_delete=models.PROTECT, related_name="+"
    )
    factual_check_at = models.DateTimeField("sachlich geprüft am", default=clock.now)
    arithmetic_check_by = models.ForeignKey(
        User,
        verbose_name="rechnerisch richtig",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    arithmetic_check_at = models.DateTimeField("rechnerisch geprüft am", null=True, blank=True)
    rejection_reason = models.CharField("Grund der Zurückweisung", max_length=300, blank=True)
    # Each change counts up; an approval names the version its person has seen.
    version = models.PositiveIntegerField("Fassung", default=1)

    privacy = Privacy(
        fields=(
            "payee",
            "reason",
            "remark",
            "cash_note",
            "person_code",
            "factual_check_by",
            "arithmetic_check_by",
        ),
        keep="wie die Förderakte (Regelgröße Aufbewahrung), danach Anbietung an das Landesarchiv",
    )

    class Meta:
        verbose_name = "Beleg"
        verbose_name_plural = "Belege"
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="voucher_number_once"),
            models.CheckConstraint(
                condition=models.Q(gross_eur__gt=Decimal(0))
                | models.Q(gross_eur__lt=Decimal(0), is_credit_note=True)
                | models.Q(gross_eur__lt=Decimal(0), corrects__isnull=False),
                name="voucher_amount_positive",
                violation_error_message="Der Betrag muss größer als 0,00 EUR sein.",
            ),
            models.CheckConstraint(
                condition=models.Q(is_credit_note=False)
                | models.Q(gross_eur__lt=Decimal(0))
                | models.Q(corrects__isnull=False),
                name="credit_note_is_negative",
                violation_error_message="Eine Gutschrift mindert die Ausgaben.",
            ),
            models.CheckConstraint(
                condition=models.Q(is_credit_note=True) | models.Q(credits__isnull=True),
                name="only_credit_notes_credit",
            ),
            models.CheckConstraint(
                condition=~models.Q(arithmetic_check_by=models.F("factual_check_by")),
                name="voucher_four_eyes",
                violation_error_message="Die zweite Prüfung muss eine andere Person vornehmen.",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=VoucherStatus.APPROVED)
                | models.Q(arithmetic_check_by__isnull=False),
                name="approved_voucher_has_second_check",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=~models.Q(status=VoucherStatus.REJECTED),
                name="voucher_taken_back_once",
                violation_error_message="Zu diesem Beleg gibt es schon eine Gegenbuchung.",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=~models.Q(status=VoucherStatus.REJECTED),
                name="voucher_replaced_once",
                violation_error_message="Zu diesem Beleg gibt es schon einen neuen.",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "status", "paid_on"], name="voucher_by_status"),
            # Holds all that the sums of the list need, so that they never read the vouchers.
            models.Index(
                fields=["programme", "line", "status", "paid_on", "gross_eur", "eligible_eur"],
                name="voucher_sums",
            ),
        ]

    def __str__(self) -> str:
        return f"Beleg {self.number}"

    @property
    def claimed_eur(self) -> Decimal:
        """What the sources share: the eligible amount, gross as long as none was set apart."""
        return self.gross_eur if self.eligible_eur is None else self.eligible_eur

    @property
    def number_text(self) -> str:
        """The name of the voucher as text, for headings built in templates."""
        return str(self)


class VoucherShare(models.Model):
    """The part of a voucher one source pays, with everything its rounding was made from.

    The two sums before are kept, so that the explanation of a split stays as it was even when
    an earlier voucher is rejected afterwards.
    """

    voucher = models.ForeignKey(
        Voucher, verbose_name="Beleg", on_delete=models.CASCADE, related_name="shares"
    )
    source = models.ForeignKey(
        FundingSource, verbose_name="Förderquelle", on_delete=models.PROTECT, related_name="shares"
    )
    amount_eur = models.DecimalField("Anteil", max_digits=12, decimal_places=2)
    ratio_numerator = models.BigIntegerField("Verhältnis, Zähler (Cent)")
    ratio_denominator = models.BigIntegerField("Verhältnis, Nenner (Cent)")
    before_eur = models.DecimalField(
        "Anteile dieser Quelle zuvor", max_digits=12, decimal_places=2, default=Decimal(0)
    )
    total_before_eur = models.DecimalField(
        "Belege insgesamt zuvor", max_digits=12, decimal_places=2, default=Decimal(0)
    )

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Anteil am Beleg"
        verbose_name_plural = "Anteile am Beleg"
        ordering = ("source__position",)
        constraints = [
            models.UniqueConstraint(fields=["voucher", "source"], name="share_once_per_source")
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.amount_eur} EUR"


class VoucherFile(models.Model):
    """A scanned invoice or proof of payment, known by its checksum."""

    voucher = models.ForeignKey(
        Voucher, verbose_name="Beleg", on_delete=models.CASCADE, related_name="files"
    )
    kind = models.CharField("Art", max_length=20, choices=VoucherFileKind)
    file = models.FileField("Datei", upload_to="belege/%Y/", max_length=200)
    name = models.CharField("Dateiname", max_length=200)
    content_type = models.CharField("Dateityp", max_length=80)
    size_bytes = models.PositiveIntegerField("Größe")
    sha256 = models.CharField("Prüfsumme (SHA-256)", max_length=64)
    uploaded_by = models.ForeignKey(
        User, verbose_name="hochgeladen von", on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField("hochgeladen am", default=clock.now)

    privacy = Privacy(
        fields=("file", "name", "uploaded_by"),
        keep="wie der Beleg, zu dem die Datei gehört",
    )

    class Meta:
        verbose_name = "Datei zum Beleg"
        verbose_name_plural = "Dateien zum Beleg"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                # A receipt for cash is invoice and proof of payment: one file, two kinds.
                fields=["voucher", "sha256", "kind"],
                name="voucher_file_once",
                violation_error_message="Diese Datei liegt bei dem Beleg schon vor.",
            )
        ]

    def __str__(self) -> str:
        return self.name
