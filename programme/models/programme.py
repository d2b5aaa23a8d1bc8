"""The programme itself: everything else hangs on one of its rows."""

from django.db import models

from programme.enums import LegalPageKind
from programme.privacy import NO_PERSONAL_DATA, Privacy


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def current(self) -> "Programme":
        """Return the programme the pages show; there is always exactly one after loading."""
        return self.select_related("legal_notice").get(is_current=True)


class Programme(models.Model):
    """A funded programme with its run time, names and mailbox."""

    slug = models.SlugField("Kurzname in Adressen", unique=True)
    title = models.CharField("Titel", max_length=200)
    short_title = models.CharField("Kurztitel", max_length=80)
    aliases = models.JSONField("weitere Namen", default=list, blank=True)
    summary = models.TextField("Worum es geht")
    starts_on = models.DateField("Beginn")
    ends_on = models.DateField("Ende")
    owner_name = models.CharField("Träger", max_length=200)
    responsible_authority = models.CharField("EU-zuständige Behörde", max_length=200, blank=True)
    order_mailbox = models.EmailField("Postfach für Bestellungen")
    contact_email = models.EmailField("Kontakt")
    funding_notice = models.TextField("Förderhinweis")
    election_notice = models.TextField("Hinweis zur Wahlwerbung")
    is_current = models.BooleanField("wird gezeigt", default=False)
    demo_loaded_at = models.DateTimeField("Beispieldaten geladen am", null=True, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Programm"
        verbose_name_plural = "Programme"
        ordering = ("-starts_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="programme_ends_after_start",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.UniqueConstraint(
                fields=["is_current"],
                condition=models.Q(is_current=True),
                name="one_current_programme",
                violation_error_message="Es wird schon ein anderes Programm gezeigt.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def provider_name(self) -> str:
        """Who provides the portal and answers for personal data today (Art. 4 Nr. 7 DSGVO).

        The owner is the ministry of the run time; after it another one may carry on.
        """
        notice = getattr(self, "legal_notice", None)
        return notice.publisher_name if notice else self.owner_name


class FieldOfAction(models.Model):
    """One of the five toolbox areas, or the cross-cutting balance theme."""

    key = models.SlugField("Kennung", unique=True)
    position = models.PositiveSmallIntegerField("Reihenfolge")
    title = models.CharField("Bezeichnung", max_length=120)
    description = models.TextField("Was dazugehört")
    is_cross_cutting = models.BooleanField("Querschnittsthema", default=False)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Handlungsfeld"
        verbose_name_plural = "Handlungsfelder"
        ordering = ("position",)

    def __str__(self) -> str:
        return self.title


class LegalNotice(models.Model):
    """Contact data of the legal pages and of the imprint; edited by the administration."""

    programme = models.OneToOneField(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="legal_notice"
    )
    publisher_name = models.CharField("Herausgeber", max_length=200)
    street = models.CharField("Straße und Hausnummer", max_length=120)
    postcode = models.CharField("Postleitzahl", max_length=5)
    city = models.CharField("Ort", max_length=80)
    phone = models.CharField("Telefon", max_length=40, blank=True)
    email = models.EmailField("E-Mail-Adresse")
    website = models.URLField("Internetauftritt", blank=True)
    legal_representative = models.CharField("Vertretungsberechtigt", max_length=200, blank=True)
    content_responsible = models.CharField(
        "Verantwortlich nach § 18 Abs. 2 MStV", max_length=200, blank=True
    )
    vat_id = models.CharField("Umsatzsteuer-Identifikationsnummer", max_length=20, blank=True)
    privacy_officer_email = models.EmailField("Datenschutzbeauftragte Stelle")
    supervisory_authority = models.TextField("Datenschutzaufsicht")
    enforcement_body = models.TextField("Durchsetzungsstelle Barrierefreiheit")
    accessibility_reviewed_on = models.DateField("Erklärung zuletzt geprüft am")
    printer = models.CharField("Druckerei", max_length=200, blank=True)

    privacy = Privacy(
        fields=("legal_representative", "content_responsible"),
        keep="solange die Person das Amt innehat (gesetzliche Pflichtangabe)",
    )

    class Meta:
        verbose_name = "Anbieterangaben"
        verbose_name_plural = "Anbieterangaben"

    def __str__(self) -> str:
        return self.publisher_name


class LegalPage(models.Model):
    """The editable text of one legal page; contact data comes from the LegalNotice."""

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="legal_pages"
    )
    kind = models.CharField("Seite", max_length=30, choices=LegalPageKind)
    body = models.TextField("Text (Markdown)")
    reviewed_on = models.DateField("zuletzt geprüft am")

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Pflichtseite"
        verbose_name_plural = "Pflichtseiten"
        ordering = ("kind",)
        constraints = [
            models.UniqueConstraint(fields=["programme", "kind"], name="legal_page_once")
        ]

    def __str__(self) -> str:
        return self.kind
