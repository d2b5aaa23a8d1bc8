"""Addresses of the funding: public page, vouchers, rules, plan and notices."""

from django.urls import URLPattern, path

from programme.views import (
    approvals,
    funding,
    funding_documents,
    grants,
    voucher_entry,
    vouchers,
)

FUNDING = "intern/foerderung"

pages: list[URLPattern] = [
    path("programm/foerderung/", funding.PublicFunding.as_view(), name="public_funding"),
    path(f"{FUNDING}/", funding.VoucherList.as_view(), name="vouchers"),
    path(f"{FUNDING}/regeln/", funding.FundingRules.as_view(), name="funding_rules"),
    path(f"{FUNDING}/aufteilung/", funding.SplitPreview.as_view(), name="split_preview"),
    path(f"{FUNDING}/pruefen/", approvals.ApproveVouchers.as_view(), name="approve_vouchers"),
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
]
