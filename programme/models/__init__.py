"""The ground floor in rows: people, programme, money, post office, logbook."""

from programme.models.audit_entry import AuditChain, AuditEntry
from programme.models.barrier_report import BarrierReport
from programme.models.deletion_receipt import DeletionReceipt
from programme.models.drawdown import DeadlineReminder, Drawdown, DrawdownShare
from programme.models.funding import (
    BudgetLine,
    FinancingPlan,
    FundingSource,
    PlannedFunding,
    RuleParameter,
)
from programme.models.grant import Asset, Contract, FundingDocument, GrantNotice
from programme.models.inspection import (
    ArchiveOffer,
    AuditFinding,
    AuditSample,
    FundingRelease,
    SiteCheck,
)
from programme.models.job import PeriodicJob, WorkerBeat
from programme.models.mail import MailAttachment, OutgoingMail
from programme.models.notice import Notice, NoticeChoice, NoticeLink
from programme.models.parked_file import ParkedFile
from programme.models.printout import Printout
from programme.models.programme import FieldOfAction, LegalNotice, LegalPage, Programme
from programme.models.proof import PeriodLock, ProofFile, ProofIndicator, ProofOfUse, ProofText
from programme.models.proof_check import ProofCheck
from programme.models.stored_file import StoredFile
from programme.models.submission import Submission
from programme.models.user import RoleGrant, User
from programme.models.voucher import Voucher, VoucherFile, VoucherShare

__all__ = [
    "ArchiveOffer",
    "Asset",
    "AuditChain",
    "AuditEntry",
    "AuditFinding",
    "AuditSample",
    "BarrierReport",
    "BudgetLine",
    "Contract",
    "DeadlineReminder",
    "DeletionReceipt",
    "Drawdown",
    "DrawdownShare",
    "FieldOfAction",
    "FinancingPlan",
    "FundingDocument",
    "FundingRelease",
    "FundingSource",
    "GrantNotice",
    "LegalNotice",
    "LegalPage",
    "MailAttachment",
    "Notice",
    "NoticeChoice",
    "NoticeLink",
    "OutgoingMail",
    "ParkedFile",
    "PeriodLock",
    "PeriodicJob",
    "PlannedFunding",
    "Printout",
    "Programme",
    "ProofCheck",
    "ProofFile",
    "ProofIndicator",
    "ProofOfUse",
    "ProofText",
    "RoleGrant",
    "RuleParameter",
    "SiteCheck",
    "StoredFile",
    "Submission",
    "User",
    "Voucher",
    "VoucherFile",
    "VoucherShare",
    "WorkerBeat",
]
