"""The ground floor in rows: people, programme, money, post office, logbook."""

from programme.models.audit_entry import AuditEntry
from programme.models.barrier_report import BarrierReport
from programme.models.deletion_receipt import DeletionReceipt
from programme.models.funding import (
    BudgetLine,
    FinancingPlan,
    FundingSource,
    PlannedFunding,
    RuleParameter,
)
from programme.models.job import PeriodicJob, WorkerBeat
from programme.models.mail import MailAttachment, OutgoingMail
from programme.models.notice import Notice, NoticeChoice, NoticeLink
from programme.models.printout import Printout
from programme.models.programme import FieldOfAction, LegalNotice, LegalPage, Programme
from programme.models.stored_file import StoredFile
from programme.models.submission import Submission
from programme.models.user import RoleGrant, User
from programme.models.voucher import Voucher, VoucherFile, VoucherShare

__all__ = [
    "AuditEntry",
    "BarrierReport",
    "BudgetLine",
    "DeletionReceipt",
    "FieldOfAction",
    "FinancingPlan",
    "FundingSource",
    "LegalNotice",
    "LegalPage",
    "MailAttachment",
    "Notice",
    "NoticeChoice",
    "NoticeLink",
    "OutgoingMail",
    "PeriodicJob",
    "PlannedFunding",
    "Printout",
    "Programme",
    "RoleGrant",
    "RuleParameter",
    "StoredFile",
    "Submission",
    "User",
    "Voucher",
    "VoucherFile",
    "VoucherShare",
    "WorkerBeat",
]
