"""Addresses of the floor publications."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from publications.enums import DownloadFormat
from publications.rules.formats import BY_SUFFIX, FORMS, FURTHER
from publications.views import (
    catalogue,
    citing,
    deposits,
    downloads,
    editions,
    errata,
    harvest,
    held_orders,
    imprints,
    leaving,
    live_blocks,
    manuscripts,
    order_desk,
    order_mails,
    order_terms,
    orders,
    pictures,
    proofreading,
    stock,
    summaries,
    writing,
)

app_name = "publications"


class FurtherFormat:
    """The end of an address that names a format: ".epub", "-daten.xlsx" …"""

    regex = "|".join(FORMS[form].suffix.replace(".", r"\.") for form in FURTHER)

    def to_python(self, value: str) -> DownloadFormat:
        return BY_SUFFIX[value]

    def to_url(self, value: str) -> str:
        return FORMS[DownloadFormat(value)].suffix


register_converter(FurtherFormat, "further")

INSIDE = "intern/publikationen/"
DESK = "intern/bestellungen/"
BATCH = "intern/bestellungen/packlisten/<str:number>/"
EDITION = "publikationen/<slug:slug>/<int:number>"
BLOCK = f"{INSIDE}<slug:slug>/bausteine/<int:pk>/"
CHAPTER = f"{INSIDE}<slug:slug>/kapitel/<slug:anchor>/"


class CitationEnding(StringConverter):
    """The end of the address of a citation."""

    regex = r"bib|ris|csl\.json|txt"


register_converter(CitationEnding, "citation")


class CatalogueSyntax(StringConverter):
    """The end of the address of the open data catalogue."""

    regex = r"ttl|rdf|jsonld"


register_converter(CatalogueSyntax, "syntax")

report_pages: list[URLPattern] = [
    path(INSIDE, manuscripts.Workspace.as_view(), name="workspace"),
    path(f"{INSIDE}abgabe/", leaving.Leaving.as_view(), name="leaving"),
    path(f"{INSIDE}abgabe/kopie/", leaving.PackSite.as_view(), name="pack_site"),
    path(f"{INSIDE}abgabe/archiv/", leaving.PackArchive.as_view(), name="pack_archive"),
    path(f"{INSIDE}pflichtabgabe/", deposits.Deposits.as_view(), name="deposits"),
    path(f"{INSIDE}pflichtabgabe/<int:pk>/", deposits.SettleDeposit.as_view(), name="deposit"),
    path(f"{INSIDE}<slug:slug>/", manuscripts.Manuscript.as_view(), name="manuscript"),
    path(
        f"{INSIDE}<slug:slug>/zusammenstellen/",
        manuscripts.CompileManuscript.as_view(),
        name="compile",
    ),
    path(f"{CHAPTER}text/", manuscripts.AddText.as_view(), name="add_text"),
    path(BLOCK, writing.EditBlock.as_view(), name="edit_block"),
    path(f"{BLOCK}ordnen/", manuscripts.ArrangeBlock.as_view(), name="arrange_block"),
    path(f"{INSIDE}<slug:slug>/veroeffentlichen/", manuscripts.Publish.as_view(), name="publish"),
    path(
        f"{INSIDE}<slug:slug>/ausgaben/<int:number>/",
        editions.EditionProgress.as_view(),
        name="edition_progress",
    ),
    path(
        f"{INSIDE}<slug:slug>/ausgaben/<int:number>/stand.json",
        editions.EditionStatusJson.as_view(),
        name="edition_status",
    ),
    path(
        f"{INSIDE}<slug:slug>/ausgaben/<int:number>/erneut/",
        editions.RetryEdition.as_view(),
        name="retry_edition",
    ),
    path(
        f"{INSIDE}<slug:slug>/ausgaben/<int:number>/formate/",
        editions.MakeFiles.as_view(),
        name="make_files",
    ),
    path(
        "publikationen/<slug:slug>/<int:number>/",
        editions.ReadEdition.as_view(),
        name="edition",
    ),
    path(
        "publikationen/<slug:slug>/<int:number>.pdf",
        downloads.EditionDownload.as_view(),
        {"format": DownloadFormat.PDF},
        name="edition_pdf",
    ),
    path(
        "publikationen/<slug:slug>/<int:number><further:format>",
        downloads.EditionDownload.as_view(),
        name="edition_file",
    ),
    path(
        "publikationen/<slug:slug>/<int:number>/aenderungen/",
        editions.EditionChanges.as_view(),
        name="edition_changes",
    ),
    path(
        "publikationen/<slug:slug>/<int:number>/tabellen/<slug:key>.csv",
        downloads.TableCsv.as_view(),
        name="edition_table",
    ),
]

manuscript_pages: list[URLPattern] = [
    path(f"{BLOCK}entwurf/", writing.KeepText.as_view(), name="keep_text"),
    path(f"{BLOCK}entwurf/verwerfen/", writing.DiscardDraft.as_view(), name="discard_draft"),
    path(f"{INSIDE}<slug:slug>/pruefen/", proofreading.Preflight.as_view(), name="preflight"),
    path(
        f"{INSIDE}<slug:slug>/pruefen/zuruecknehmen/",
        proofreading.TakeBackSignOff.as_view(),
        name="take_back_sign_off",
    ),
    path(f"{BLOCK}anmerkungen/", proofreading.CommentBlock.as_view(), name="comment_block"),
    path(
        f"{BLOCK}anmerkungen/<int:comment>/",
        proofreading.SettleBlockComment.as_view(),
        name="settle_block_comment",
    ),
    path(f"{CHAPTER}bild/", pictures.AddPicture.as_view(), name="add_picture"),
    path(f"{BLOCK}bild/", pictures.DescribePicture.as_view(), name="describe_picture"),
    path(f"{CHAPTER}daten/", live_blocks.AddLiveBlock.as_view(), name="add_live_block"),
    path(f"{BLOCK}daten/", live_blocks.ChooseLiveBlock.as_view(), name="choose_live_block"),
    path(f"{BLOCK}entfernen/", manuscripts.RemoveBlock.as_view(), name="remove_block"),
    path(
        f"{INSIDE}<slug:slug>/bilder/<str:address>",
        pictures.ManuscriptPicture.as_view(),
        name="manuscript_picture",
    ),
    path(
        "publikationen/<slug:slug>/<int:number>/bilder/<str:address>",
        pictures.EditionPicture.as_view(),
        name="edition_picture",
    ),
]

order_pages: list[URLPattern] = [
    path("publikationen/", catalogue.Publications.as_view(), name="publications"),
    path("publikationen/<slug:slug>/", catalogue.OnePublication.as_view(), name="publication"),
    path("publikationen/<slug:slug>/bestellen/", orders.PlaceOrder.as_view(), name="order"),
    path("bestellen/", orders.PlaceOrder.as_view(), name="basket"),
    path("bestellen/eingegangen/", orders.OrderReceived.as_view(), name="order_received"),
    path("bestellung/<str:token>/", orders.OrderStatusPage.as_view(), name="order_status"),
    path("bestellung/<str:token>/stornieren/", orders.CancelOrder.as_view(), name="cancel_order"),
    path(f"{DESK}grenzen/<slug:slug>/", order_terms.EditTerms.as_view(), name="order_terms"),
    path(f"{DESK}regeln/<int:pk>/", order_terms.EditRule.as_view(), name="order_rule"),
    path("intern/bestellungen/pruefen/", held_orders.HeldOrders.as_view(), name="held_orders"),
    path(f"{DESK}<int:pk>/entscheiden/", held_orders.DecideOrder.as_view(), name="decide_order"),
    path(f"{DESK}<int:pk>/anhalten/", held_orders.HoldOrder.as_view(), name="hold_order"),
    path(
        "intern/bestellungen/bestand/<slug:slug>/", stock.CountStock.as_view(), name="count_stock"
    ),
]

errata_pages: list[URLPattern] = [
    path(
        f"{INSIDE}<slug:slug>/ausgaben/<int:number>/korrekturen/",
        errata.Errata.as_view(),
        name="errata",
    ),
    path(
        f"{INSIDE}<slug:slug>/ausgaben/<int:number>/korrekturen/<int:erratum>/",
        errata.WithdrawErratum.as_view(),
        name="withdraw_erratum",
    ),
]

desk_pages: list[URLPattern] = [
    path("intern/bestellungen/", order_desk.Orders.as_view(), name="orders"),
    path("intern/bestellungen/versandt/", order_desk.MarkSent.as_view(), name="mark_sent"),
    path("intern/bestellungen/aus-mail/", order_mails.ReadOrderMail.as_view(), name="order_mail"),
    path("intern/bestellungen/eintragen/", order_mails.EnterOrder.as_view(), name="enter_order"),
    path(f"{BATCH}packliste.pdf", order_desk.PackingFile.as_view(), name="packing_file"),
    path(f"{BATCH}versandt/", order_desk.MarkBatchSent.as_view(), name="mark_batch_sent"),
    path(f"{BATCH}drucken/", order_desk.PrintBatchAgain.as_view(), name="print_batch_again"),
    path(f"{BATCH}aufloesen/", order_desk.DissolveBatch.as_view(), name="dissolve_batch"),
]

library_pages: list[URLPattern] = [
    path(
        "publikationen/<slug:slug>/zusammenfassung/<slug:variant>/",
        summaries.ReadSummary.as_view(),
        name="summary",
    ),
    path(
        f"{INSIDE}<slug:slug>/zusammenfassungen/",
        summaries.Summaries.as_view(),
        name="summaries",
    ),
    path(
        f"{INSIDE}<slug:slug>/zusammenfassungen/<slug:variant>/",
        summaries.EditSummary.as_view(),
        name="edit_summary",
    ),
    path(
        f"{INSIDE}<slug:slug>/zusammenfassungen/<slug:variant>/freigeben/",
        summaries.SignOffSummary.as_view(),
        name="sign_off_summary",
    ),
    path("publikationen/feed.atom", harvest.PublicationsFeed.as_view(), name="feed"),
    path("publikationen/katalog.<syntax:syntax>", harvest.OpenData.as_view(), name="open_data"),
    path("oai/", harvest.OaiPmh.as_view(), name="oai"),
    path(f"{INSIDE}<slug:slug>/impressum/", imprints.EditImprint.as_view(), name="edit_imprint"),
    path(
        f"{INSIDE}<slug:slug>/ausgaben/<int:number>/kennungen/",
        imprints.EditIdentifiers.as_view(),
        name="edit_identifiers",
    ),
    path(f"{EDITION}.<citation:ending>", citing.Citation.as_view(), name="citation"),
    path(
        f"{EDITION}/zitat/<slug:anchor>.<citation:ending>",
        citing.Citation.as_view(),
        name="part_citation",
    ),
]

urlpatterns: list[URLPattern] = [
    *report_pages,
    *manuscript_pages,
    *errata_pages,
    *library_pages,
    *order_pages,
    *desk_pages,
]
