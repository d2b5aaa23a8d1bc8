"""All rules in order: F01-F36 of the funding and the rules of the house, with their functions."""

from collections.abc import Callable
from dataclasses import dataclass

from programme.rules.funding import (
    amounts,
    checks,
    costs,
    drawdowns,
    einvoice,
    plan,
    proof,
    use_by,
    vouchers,
    yearly,
)
from programme.rules.funding.finding import Finding, Rule

AT_PROOF = "Im Verwendungsnachweis, vor jeder der beiden Zeichnungen."
AT_DRAWDOWN = "Beim Erfassen und Ändern eines Mittelabrufs, schon beim Tippen."
AT_PLAN = "Beim Vorlegen, Genehmigen und Umschichten des Finanzierungsplans."
AT_ENTRY = "Beim Erfassen und Ändern eines Belegs."


@dataclass(frozen=True)
class Entry:
    """A rule with the functions that test it and where the portal asks them today.

    `applied` says where a person meets the rule, `waits` what is still missing; a rule may be
    applied in part.
    """

    rule: Rule
    checks: tuple[Callable[..., Finding | None], ...]
    applied: str = ""
    waits: str = ""

    @property
    def state(self) -> str:
        """Return "angewendet", "teilweise angewendet" or "noch nicht angewendet"."""
        if not self.applied:
            return "noch nicht angewendet"
        return "teilweise angewendet" if self.waits else "angewendet"


FUNDING_RULES = (
    Entry(
        plan.F01,
        (plan.balanced, plan.funded),
        applied=f"{AT_PLAN} Ohne Beträge je Quelle wird auch kein Beleg aufgeteilt.",
    ),
    Entry(plan.F02, (plan.eu_share_within_limit,), applied=AT_PLAN),
    Entry(plan.F03, (plan.raised_rate_justified,), applied=AT_PLAN),
    Entry(
        amounts.F04,
        (amounts.parts_within_voucher, amounts.claimed_within_voucher),
        applied=f"{AT_ENTRY} {AT_PROOF} Die Aufteilung ergibt durch ihre Rechenweise immer den "
        "Betrag.",
    ),
    Entry(
        vouchers.F05,
        (vouchers.inside_run_time, vouchers.served_inside_run_time),
        applied=f"{AT_ENTRY} Geprüft werden das Rechnungsdatum und der Leistungszeitraum, wenn er "
        f"angegeben ist. {AT_PROOF}",
    ),
    Entry(vouchers.F06, (vouchers.paid_before_submission,), applied=AT_PROOF),
    Entry(
        amounts.F07,
        (amounts.line_within_tolerance, amounts.raised_within_tolerance),
        applied=f"{AT_ENTRY} {AT_PLAN} {AT_PROOF}",
    ),
    Entry(
        plan.F08,
        (plan.within_plan, plan.within_grants, plan.planned_within_grant),
        applied=f"{AT_ENTRY} {AT_PLAN} Geprüft wird gegen die bewilligten Beträge der Quellen, "
        "im Nachweis außerdem jede Mehrausgabe gegen die Einsparungen.",
    ),
    Entry(
        plan.F09,
        (plan.change_decided_in_time,),
        applied=f"{AT_PLAN} {AT_PROOF}",
    ),
    Entry(
        drawdowns.F10,
        (drawdowns.advances_within_cap, drawdowns.receipt_within_cap),
        applied=f"{AT_DRAWDOWN} Die Obergrenze endet mit dem Schlussbescheid der Quelle, den eine "
        "Person aus dem Bereich Finanzen bei den Bescheiden erfasst und eine zweite bestätigt.",
    ),
    Entry(drawdowns.F11, (drawdowns.usual_interval,), applied=AT_DRAWDOWN),
    Entry(drawdowns.F12, (drawdowns.need_reasoned,), applied="Beim Speichern eines Mittelabrufs."),
    Entry(drawdowns.F13, (drawdowns.interim_proof_in_time,), applied=AT_DRAWDOWN),
    Entry(proof.F14, (proof.final_proof_in_time,), applied=AT_PROOF),
    Entry(
        use_by.F15,
        (use_by.used_in_time,),
        applied=f"{AT_DRAWDOWN} Außerdem auf der Seite der Mittelabrufe, je Quelle. {AT_PROOF}",
    ),
    Entry(drawdowns.F16, (drawdowns.ratio_kept,), applied=AT_DRAWDOWN),
    Entry(
        vouchers.F17,
        (vouchers.complete,),
        applied=f"{AT_ENTRY} {AT_PROOF}",
    ),
    Entry(
        vouchers.F18,
        (vouchers.not_a_duplicate, vouchers.file_not_used),
        applied=f"{AT_ENTRY} {AT_PROOF}",
    ),
    Entry(proof.F19, (proof.figures_agree,), applied=AT_PROOF),
    Entry(
        vouchers.F20,
        (vouchers.has_both_files, vouchers.not_taken_for_both),
        applied=f"Als Hinweis auf der Seite eines Belegs. {AT_PROOF}",
    ),
    Entry(
        amounts.F21,
        (amounts.eligible_by_tax, amounts.net_known, amounts.net_within_gross),
        applied=f"{AT_ENTRY} Das Portal setzt den förderfähigen Betrag selbst. {AT_PROOF}",
    ),
    Entry(
        costs.F22,
        (costs.no_flat_rate_if_all_is_procured,),
        applied=f"{AT_PLAN} {AT_PROOF}",
    ),
    Entry(
        costs.F23,
        (costs.indirect_within_rate,),
        applied=f"{AT_PLAN} {AT_PROOF}",
    ),
    Entry(
        costs.F24,
        (costs.staff_row_complete,),
        applied=AT_PROOF,
    ),
    Entry(
        vouchers.F25,
        (vouchers.cash_has_note,),
        applied=f"{AT_ENTRY} {AT_PROOF}",
    ),
    Entry(
        costs.F26,
        (costs.contract_documented,),
        applied="Beim Erfassen und Ändern eines Auftrags und in der Liste der Aufträge. "
        f"{AT_PROOF}",
    ),
    Entry(
        costs.F27,
        (costs.asset_in_inventory,),
        applied=f"Beim Aufnehmen und Ändern eines Gegenstands und im Inventar. {AT_PROOF} Eine "
        "Ausgabe für Ausrüstung ohne aufgenommenen Gegenstand gilt dort als nicht inventarisiert.",
    ),
    Entry(
        checks.F28,
        (checks.four_eyes,),
        applied="Bei der zweiten Prüfung eines Belegs, eines Mittelabrufs und eines Nachweises; "
        "auch die Datenbank lässt nicht zu, dass dieselbe Person zweimal zeichnet.",
    ),
    Entry(proof.F29, (proof.narrative_complete,), applied=AT_PROOF),
    Entry(proof.F30, (proof.grant_as_planned,), applied=AT_PROOF),
    Entry(
        checks.F31,
        (checks.shows_funding,),
        applied="Vor der Veröffentlichung einer Publikation oder eines Treffens, vor Einladungen "
        "und Bescheinigungen; auf der Seite des Finanzierungsplans für die Fußzeile aller "
        "öffentlichen Seiten. Ob das Emblem darauf ist, liest das Portal aus der Vorlage der Seite "
        "oder des Drucks; E-Mails nennen die Förderung in Worten.",
    ),
    Entry(
        checks.F32,
        (checks.action_listed,),
        applied="Auf der Seite des Finanzierungsplans, für die öffentliche Liste der Vorhaben.",
    ),
    Entry(
        checks.F33,
        (checks.may_be_deleted,),
        applied="Auf der Seite „Aufbewahrung“, bevor die Förderakte gelöscht wird; einen anderen "
        "Weg lässt auch die Datenbank nicht zu.",
    ),
    Entry(
        checks.F34,
        (checks.site_check_documented,),
        applied=f"Als Hinweis auf der Liste der Prüfungen vor Ort. {AT_PROOF}",
    ),
    Entry(
        amounts.F35,
        (amounts.exact_total,),
        applied=f"Beim Lesen jedes Betrags. {AT_PROOF}",
    ),
    Entry(
        proof.F36,
        (proof.unchanged_after_submission,),
        applied="Bei jeder Änderung an einem Nachweis.",
    ),
)

HOUSE_RULES = (
    Entry(vouchers.H01, (vouchers.paid_already,), applied=AT_ENTRY),
    Entry(vouchers.H02, (vouchers.paid_after_invoice,), applied=AT_ENTRY),
    Entry(einvoice.H03, (einvoice.agrees_with_invoice,), applied=AT_ENTRY),
    Entry(
        yearly.H04,
        (yearly.yearly_proof_in_time,),
        applied="Auf der Seite der Nachweise, in den Fristen, im Kalender und in den Erinnerungen.",
    ),
)
