"""What librarians, readers and the law want to know about a publication."""

from django.db import models

from programme.privacy import Privacy
from publications.enums import Licence
from publications.models.manuscript import Publication


class Imprint(models.Model):
    """Imprint and identifiers of the next edition; an edition freezes them.

    Empty columns are filled from the contact data of the programme. `doi` stands for all
    editions together; each edition has one of its own.
    """

    publication = models.OneToOneField(
        Publication, verbose_name="Publikation", on_delete=models.CASCADE, related_name="imprint"
    )
    editor_name = models.CharField("Herausgeber", max_length=200, blank=True)
    responsible = models.CharField("Verantwortlich", max_length=200, blank=True)
    editing = models.CharField("Redaktion und Text", max_length=300, blank=True)
    layout = models.CharField("Gestaltung", max_length=200, blank=True)
    photo_credits = models.TextField("Bildnachweis", blank=True)
    printer = models.CharField("Druck", max_length=200, blank=True)
    print_run = models.PositiveIntegerField("Auflage", null=True, blank=True)
    as_of = models.DateField("Stand", null=True, blank=True)
    order_address = models.TextField("Bestelladresse", blank=True)
    isbn = models.CharField("ISBN", max_length=17, blank=True)
    doi = models.CharField("DOI der Publikation", max_length=200, blank=True)
    licence = models.CharField(
        "Lizenz", max_length=20, choices=Licence, default=Licence.ATTRIBUTION
    )
    keywords = models.CharField("Schlagwörter", max_length=300, blank=True)
    version = models.PositiveIntegerField("Fassung", default=1)

    privacy = Privacy(
        fields=("responsible", "editing", "layout", "photo_credits"),
        keep="so lange wie die Publikation (Pflichtangabe im Impressum)",
    )

    class Meta:
        verbose_name = "Impressum einer Publikation"
        verbose_name_plural = "Impressen der Publikationen"

    def __str__(self) -> str:
        return f"Impressum: {self.publication}"
