"""Addresses of the funding: public page, vouchers, rules, plan and notices."""

from django.urls import URLPattern, path

from programme.views import (
    approvals,
    contracts,
    corrections,
    funding,
    funding_archive,
    funding_documents,
    grants,
    plan_desk,
    plans,
    proof_checks,
    voucher_entry,
    voucher_papers,
    voucher_tables,
    vouchers,
)

FUNDING = "intern/foerderung"

PLAN = f"{FUNDING}/plan"
CHECKS = f"{FUNDING}/bescheide/pruefung"
ARCHIVE = f"{FUNDING}/aufbewahrung"

pages: list[URLPattern] = [
    path("programm/foerderung/", funding.PublicFunding.as_view(), name="public_funding"),
    path(
        "programm/foerderung/vorhaben.csv",
        funding.ListOfActions.as_view(),
        name="list_of_actions",
    ),
    path(f"{FUNDING}/", funding.VoucherList.as_view(), name="vouchers"),
    path(f"{FUNDING}/regeln/", funding.FundingRules.as_view(), name="funding_rules"),
    path(f"{FUNDING}/aufteilung/", funding.SplitPreview.as_view(), name="split_preview"),
    path(f"{FUNDING}/pruefen/", approvals.ApproveVouchers.as_view(), name="approve_vouchers"),
    path(
        f"{FUNDING}/belege/tabelle/",
        voucher_tables.ExportVouchers.as_view(),
        name="export_vouchers",
    ),
    path(f"{FUNDING}/belege/neu/", voucher_entry.AddVoucher.as_view(), name="add_voucher"),
    path(
        f"{FUNDING}/belege/<int:number>/",
        vouchers.VoucherPage.as_view(),
        name="voucher",
    ),
    path(
        f"{FUNDING}/belege/<int:number>/aendern/",
        voucher_entry.EditVoucher.as_view(),
        name="edit_voucher",
    ),
    path(
        f"{FUNDING}/belege/<int:number>/berichtigen/",
        corrections.CorrectVoucher.as_view(),
        name="correct_voucher",
    ),
    path(
        f"{FUNDING}/belege/<int:number>/nachreichen/",
        voucher_papers.HandInPaper.as_view(),
        name="hand_in_paper",
    ),
    path(
        f"{FUNDING}/belege/<int:number>/pruefen/",
        approvals.ApproveVoucher.as_view(),
        name="approve_voucher",
    ),
    path(
        f"{FUNDING}/belege/<int:number>/zurueckweisen/",
        approvals.RejectVoucher.as_view(),
        name="reject_voucher",
    ),
    path(
        f"{FUNDING}/belege/<int:number>/datei/<int:pk>/",
        vouchers.DownloadVoucherFile.as_view(),
        name="voucher_file",
    ),
    path(
        f"{FUNDING}/unterlagen/<int:pk>/",
        funding_documents.DownloadFundingDocument.as_view(),
        name="funding_document",
    ),
    path(f"{FUNDING}/bescheide/", grants.GrantNotices.as_view(), name="grant_notices"),
    path(f"{FUNDING}/bescheide/neu/", grants.AddGrantNotice.as_view(), name="add_grant_notice"),
    path(
        f"{FUNDING}/bescheide/<int:pk>/",
        grants.EditGrantNotice.as_view(),
        name="edit_grant_notice",
    ),
    path(
        f"{FUNDING}/bescheide/<slug:source>/groessen/<slug:key>/",
        grants.FollowParameter.as_view(),
        name="follow_parameter",
    ),
    path(f"{CHECKS}/neu/", proof_checks.AddProofCheck.as_view(), name="add_proof_check"),
    path(f"{CHECKS}/<int:pk>/", proof_checks.ProofCheckPage.as_view(), name="proof_check"),
    path(
        f"{CHECKS}/<int:pk>/aendern/",
        proof_checks.EditProofCheck.as_view(),
        name="edit_proof_check",
    ),
    path(
        f"{CHECKS}/<int:pk>/bestaetigen/",
        proof_checks.ConfirmProofCheck.as_view(),
        name="confirm_proof_check",
    ),
    path(f"{FUNDING}/auftraege/", contracts.Contracts.as_view(), name="contracts"),
    path(f"{FUNDING}/auftraege/neu/", contracts.AddContract.as_view(), name="add_contract"),
    path(f"{FUNDING}/auftraege/<int:pk>/", contracts.EditContract.as_view(), name="edit_contract"),
    path(f"{FUNDING}/inventar/", contracts.Assets.as_view(), name="assets"),
    path(f"{FUNDING}/inventar/neu/", contracts.AddAsset.as_view(), name="add_asset"),
    path(f"{FUNDING}/inventar/<int:pk>/", contracts.EditAsset.as_view(), name="edit_asset"),
    path(f"{ARCHIVE}/", funding_archive.FundingArchivePage.as_view(), name="funding_archive"),
    path(
        f"{ARCHIVE}/angebot/",
        funding_archive.NoteFundingOffer.as_view(),
        name="note_funding_offer",
    ),
    path(f"{ARCHIVE}/loeschen/", funding_archive.EraseFunding.as_view(), name="erase_funding"),
    path(f"{PLAN}/", plans.ShowPlan.as_view(), name="plan"),
    path(f"{PLAN}/neu/", plan_desk.BeginPlan.as_view(), name="begin_plan"),
    path(f"{PLAN}/umschichten/", plan_desk.Reallocate.as_view(), name="reallocate"),
    path(f"{PLAN}/vergleich/", plans.ComparePlans.as_view(), name="compare_plans"),
    path(f"{PLAN}/summen/", plans.PlanSums.as_view(), name="plan_sums"),
    path(f"{PLAN}/<int:version>/", plans.PlanVersion.as_view(), name="plan_version"),
    path(f"{PLAN}/<int:version>/bearbeiten/", plan_desk.EditPlan.as_view(), name="edit_plan"),
    path(f"{PLAN}/<int:version>/vorlegen/", plan_desk.HandInPlan.as_view(), name="hand_in_plan"),
    path(f"{PLAN}/<int:version>/genehmigen/", plan_desk.ApprovePlan.as_view(), name="approve_plan"),
    path(
        f"{PLAN}/<int:version>/zurueckgeben/",
        plan_desk.SendBackPlan.as_view(),
        name="send_back_plan",
    ),
    path(f"{PLAN}/<int:version>/verwerfen/", plan_desk.DiscardPlan.as_view(), name="discard_plan"),
]
