"""Addresses of the money that is drawn: drawdowns, dates, half-years, proofs of use."""

from django.urls import URLPattern, path

from programme.views import deadlines, drawdowns, half_years, proofs
from programme.views import drawdown_page as one

ABRUFE = "intern/foerderung/abrufe"
ABRUF = f"{ABRUFE}/<int:number>"
HALBJAHR = "intern/foerderung/halbjahre/<int:year>-<int:half>"
NACHWEIS = "intern/foerderung/nachweise/<int:pk>"

pages: list[URLPattern] = [
    path(f"{ABRUFE}/", drawdowns.DrawdownList.as_view(), name="drawdowns"),
    path(f"{ABRUFE}/neu/", drawdowns.AddDrawdown.as_view(), name="add_drawdown"),
    path(f"{ABRUFE}/vorschau/", drawdowns.DrawdownPreview.as_view(), name="drawdown_preview"),
    path(f"{ABRUF}/", one.DrawdownPage.as_view(), name="drawdown"),
    path(f"{ABRUF}/aendern/", drawdowns.EditDrawdown.as_view(), name="edit_drawdown"),
    path(f"{ABRUF}/pruefen/", one.ApproveDrawdown.as_view(), name="approve_drawdown"),
    path(f"{ABRUF}/zurueckweisen/", one.RejectDrawdown.as_view(), name="reject_drawdown"),
    path(f"{ABRUF}/eingang/", one.ReceiveDrawdown.as_view(), name="receive_drawdown"),
    path(f"{ABRUF}/unterschrift/", one.KeepSignedCopy.as_view(), name="sign_drawdown"),
    path(f"{ABRUF}/drucken/", one.PrintDrawdown.as_view(), name="print_drawdown"),
    path("intern/foerderung/fristen/", deadlines.Deadlines.as_view(), name="deadlines"),
    path("intern/foerderung/fristen.ics", deadlines.DeadlineFile.as_view(), name="deadline_file"),
    path(
        "intern/foerderung/fristen/abonnieren/",
        deadlines.Subscribe.as_view(),
        name="subscribe_deadlines",
    ),
    path(
        "foerderung/kalender/<int:pk>-<str:code>.ics",
        deadlines.DeadlineFeed.as_view(),
        name="deadline_feed",
    ),
    path("intern/foerderung/halbjahre/", half_years.HalfYears.as_view(), name="half_years"),
    path(f"{HALBJAHR}/", half_years.HalfYearPage.as_view(), name="half_year"),
    path(f"{HALBJAHR}/abschliessen/", half_years.LockHalfYear.as_view(), name="lock_half_year"),
    path(f"{HALBJAHR}/oeffnen/", half_years.UnlockHalfYear.as_view(), name="unlock_half_year"),
    path("intern/foerderung/nachweise/", proofs.ProofList.as_view(), name="proofs"),
    path("intern/foerderung/nachweise/neu/", proofs.BeginProof.as_view(), name="begin_proof"),
    path(f"{NACHWEIS}/", proofs.ProofPage.as_view(), name="proof"),
    path(f"{NACHWEIS}/sachbericht/", proofs.EditProof.as_view(), name="edit_proof"),
    path(f"{NACHWEIS}/zeichnen/", proofs.CheckProof.as_view(), name="check_proof"),
    path(f"{NACHWEIS}/einreichen/", proofs.SubmitProof.as_view(), name="submit_proof"),
    path(f"{NACHWEIS}/neue-fassung/", proofs.RenewProof.as_view(), name="renew_proof"),
    path(f"{NACHWEIS}/drucken/", proofs.PrintProof.as_view(), name="print_proof"),
]
