"""Rooms whose operations are called by name.

Made by generate.py from ffi/manifest.json; do not edit.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Mapping, Optional, Sequence

from . import models, records
from ._port import AsyncPort, Port, received

__all__ = ["OPERATIONS", "Any", "Mapping", "datetime", "records"]

OPERATIONS = (
    "payment.charge",
    "payment.capture",
    "payment.refund",
    "payment.refund_part",
    "payment.get",
    "payment.list",
    "payment.unresolved",
    "payment.resolve",
    "payment.inquire",
    "payment.notice",
    "payment.review",
    "payment.raw",
    "payment.raw_unresolved",
    "payment.raw_review",
    "payment.balance",
    "payment.customer_data",
    "subscription.apply_by_api",
    "subscription.adopt",
    "subscription.adopt_purchase",
    "subscription.adopt_simple",
    "subscription.adopt_simple_purchase",
    "subscription.bill",
    "subscription.bill_again",
    "subscription.due",
    "subscription.bill_due",
    "subscription.periods",
    "subscription.end_by_api",
    "subscription.refund_month",
    "settlement.read",
    "settlement.reconcile",
    "settlement.repair",
    "member.verify",
    "member.info",
    "member.passbook",
    "miles.issue",
    "miles.issue_by_hand",
    "miles.cancel",
    "miles.cancellation",
    "miles.task",
    "miles.tasks",
    "miles.unresolved",
    "miles.resolve",
    "miles.review",
    "miles.campaign",
    "miles.sample_mail",
    "miles.registration",
    "miles.find_registration",
    "miles.registrations",
    "miles.completed_list",
    "miles.error_list",
    "miles.delete_lists",
    "miles.history",
    "miles.bill",
    "miles.tag",
    "miles.read_tag",
    "miles.check_file",
    "miles.issue_file",
    "miles.file_progress",
    "miles.batch",
    "miles.unresolved_batches",
    "miles.uploads",
    "miles.review_upload",
    "miles.unresolved_uploads",
    "miles.resolve_upload",
    "exchange.convert",
    "exchange.offer",
    "exchange.equal_value",
    "exchange.applicant",
    "exchange.begin",
    "exchange.debited",
    "exchange.not_debited",
    "exchange.issue",
    "exchange.credited_back",
    "exchange.get",
    "exchange.list",
    "exchange.unresolved",
    "exchange.resolve",
    "exchange.review",
    "exchange.files",
    "exchange.settle",
    "exchange.drop_write",
    "exchange.drop_handle",
    "exchange.drop_settled",
    "catalogue.methods",
    "catalogue.api_code",
    "catalogue.mile_code",
    "catalogue.mile_codes",
)


class Payments:
    """Charges server to server."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def charge(self, request: models.ChargeRequest) -> models.ChargeOutcome:
        """Charges a customer; asked again with the same id it goes on and never charges twice."""
        return self._port.invoke("payment.charge", request, models.ChargeOutcome)

    def capture(self, id: str, amount: Optional[int] = None) -> models.ChargeOutcome:
        """Captures what was reserved: all of it, or a lower amount. Once per charge."""
        return self._port.invoke("payment.capture", {"id": id, "amount": amount}, models.ChargeOutcome)

    def refund(self, id: str) -> models.ChargeOutcome:
        """Cancels what was reserved, or refunds everything that was captured. Once per charge."""
        return self._port.invoke("payment.refund", {"id": id}, models.ChargeOutcome)

    def refund_part(self, id: str, name: str, amount: int) -> models.ChargeOutcome:
        """Refunds a part under a name of the shop's own; asked again with the same name it never refunds twice."""
        return self._port.invoke(
            "payment.refund_part",
            {"id": id, "name": name, "amount": amount},
            models.ChargeOutcome,
        )

    def get(self, id: str) -> models.Charge:
        """The charge with this id."""
        return self._port.invoke("payment.get", {"id": id}, models.Charge)

    def list(self, phases: Sequence[str] = (), after: Optional[str] = None, limit: int = 100) -> models.Charges:
        """Charges in some phases."""
        return self._port.invoke("payment.list", {"phases": phases, "after": after, "limit": limit}, models.Charges)

    def unresolved(self, limit: int = 100) -> models.Charges:
        """Charges that somebody or something still has to act on."""
        return self._port.invoke("payment.unresolved", {"limit": limit}, models.Charges)

    def resolve(self, id: str) -> models.Charge:
        """Looks after one charge now, instead of when it is due."""
        return self._port.invoke("payment.resolve", {"id": id}, models.Charge)

    def inquire(self, id: str) -> models.InquiryAnswer:
        """Asks the gateway what it knows about a charge; changes nothing here."""
        return self._port.invoke("payment.inquire", {"id": id}, models.InquiryAnswer)

    def notice(self, body: bytes) -> models.XmlNoticeAnswer:
        """Verifies an XML notice of the API type, records it once, and says what to answer."""
        return self._port.invoke("payment.notice", {"body": received(body)}, models.XmlNoticeAnswer)

    def review(self, id: str, verdict: str, tracking_id: Optional[str] = None) -> models.Charge:
        """Records what a person found out about a charge under review."""
        return self._port.invoke(
            "payment.review",
            {"id": id, "verdict": verdict, "tracking_id": tracking_id},
            models.Charge,
        )

    def raw(self, id: str, method: str, function: str, fields: Sequence[models.RawField]) -> models.RawOutcome:
        """Sends a message of any function of the gateway under an id of the shop's own, once."""
        return self._port.invoke(
            "payment.raw",
            {"id": id, "method": method, "function": function, "fields": fields},
            models.RawOutcome,
        )

    def raw_unresolved(self, limit: int = 100) -> models.Ids:
        """Raw messages whose outcome is not known."""
        return self._port.invoke("payment.raw_unresolved", {"limit": limit}, models.Ids)

    def raw_review(self, id: str, verdict: str) -> models.RawReview:
        """Records what a person found out about a raw message whose outcome nobody knows."""
        return self._port.invoke("payment.raw_review", {"id": id, "verdict": verdict}, models.RawReview)

    def balance(self, method: str, member: str) -> models.Balance:
        """The balance of a member of a point service."""
        return self._port.invoke("payment.balance", {"method": method, "member": member}, models.Balance)

    def customer_data(self, request: models.CustomerDataRequest) -> models.CustomerDataOutcome:
        """Stores, replaces, deletes or shows the card that the gateway keeps for a customer."""
        return self._port.invoke("payment.customer_data", request, models.CustomerDataOutcome)


class AsyncPayments:
    """Charges server to server."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def charge(self, request: models.ChargeRequest) -> models.ChargeOutcome:
        """Charges a customer; asked again with the same id it goes on and never charges twice."""
        return await self._port.invoke("payment.charge", request, models.ChargeOutcome)

    async def capture(self, id: str, amount: Optional[int] = None) -> models.ChargeOutcome:
        """Captures what was reserved: all of it, or a lower amount. Once per charge."""
        return await self._port.invoke("payment.capture", {"id": id, "amount": amount}, models.ChargeOutcome)

    async def refund(self, id: str) -> models.ChargeOutcome:
        """Cancels what was reserved, or refunds everything that was captured. Once per charge."""
        return await self._port.invoke("payment.refund", {"id": id}, models.ChargeOutcome)

    async def refund_part(self, id: str, name: str, amount: int) -> models.ChargeOutcome:
        """Refunds a part under a name of the shop's own; asked again with the same name it never refunds twice."""
        return await self._port.invoke(
            "payment.refund_part",
            {"id": id, "name": name, "amount": amount},
            models.ChargeOutcome,
        )

    async def get(self, id: str) -> models.Charge:
        """The charge with this id."""
        return await self._port.invoke("payment.get", {"id": id}, models.Charge)

    async def list(self, phases: Sequence[str] = (), after: Optional[str] = None, limit: int = 100) -> models.Charges:
        """Charges in some phases."""
        return await self._port.invoke(
            "payment.list",
            {"phases": phases, "after": after, "limit": limit},
            models.Charges,
        )

    async def unresolved(self, limit: int = 100) -> models.Charges:
        """Charges that somebody or something still has to act on."""
        return await self._port.invoke("payment.unresolved", {"limit": limit}, models.Charges)

    async def resolve(self, id: str) -> models.Charge:
        """Looks after one charge now, instead of when it is due."""
        return await self._port.invoke("payment.resolve", {"id": id}, models.Charge)

    async def inquire(self, id: str) -> models.InquiryAnswer:
        """Asks the gateway what it knows about a charge; changes nothing here."""
        return await self._port.invoke("payment.inquire", {"id": id}, models.InquiryAnswer)

    async def notice(self, body: bytes) -> models.XmlNoticeAnswer:
        """Verifies an XML notice of the API type, records it once, and says what to answer."""
        return await self._port.invoke("payment.notice", {"body": received(body)}, models.XmlNoticeAnswer)

    async def review(self, id: str, verdict: str, tracking_id: Optional[str] = None) -> models.Charge:
        """Records what a person found out about a charge under review."""
        return await self._port.invoke(
            "payment.review",
            {"id": id, "verdict": verdict, "tracking_id": tracking_id},
            models.Charge,
        )

    async def raw(self, id: str, method: str, function: str, fields: Sequence[models.RawField]) -> models.RawOutcome:
        """Sends a message of any function of the gateway under an id of the shop's own, once."""
        return await self._port.invoke(
            "payment.raw",
            {"id": id, "method": method, "function": function, "fields": fields},
            models.RawOutcome,
        )

    async def raw_unresolved(self, limit: int = 100) -> models.Ids:
        """Raw messages whose outcome is not known."""
        return await self._port.invoke("payment.raw_unresolved", {"limit": limit}, models.Ids)

    async def raw_review(self, id: str, verdict: str) -> models.RawReview:
        """Records what a person found out about a raw message whose outcome nobody knows."""
        return await self._port.invoke("payment.raw_review", {"id": id, "verdict": verdict}, models.RawReview)

    async def balance(self, method: str, member: str) -> models.Balance:
        """The balance of a member of a point service."""
        return await self._port.invoke("payment.balance", {"method": method, "member": member}, models.Balance)

    async def customer_data(self, request: models.CustomerDataRequest) -> models.CustomerDataOutcome:
        """Stores, replaces, deletes or shows the card that the gateway keeps for a customer."""
        return await self._port.invoke("payment.customer_data", request, models.CustomerDataOutcome)


class SubscriptionsByApi:
    """Recurring contracts server to server."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def apply_by_api(self, request: models.ChargeRequest) -> models.ChargeOutcome:
        """Applies for a simple recurring contract server to server."""
        return self._port.invoke("subscription.apply_by_api", request, models.ChargeOutcome)

    def adopt(self, request: models.AdoptRequest) -> models.Charge:
        """Takes over a contract that runs at the gateway already."""
        return self._port.invoke("subscription.adopt", request, models.Charge)

    def adopt_purchase(self, request: models.AdoptPurchaseRequest) -> models.Charge:
        """Takes over the contract that a purchase by link type brought about."""
        return self._port.invoke("subscription.adopt_purchase", request, models.Charge)

    def adopt_simple(self, request: models.AdoptSimpleRequest) -> models.Charge:
        """Takes over a simple contract, which the gateway goes on billing."""
        return self._port.invoke("subscription.adopt_simple", request, models.Charge)

    def adopt_simple_purchase(self, purchase_id: str, id: str, method: str) -> models.Charge:
        """Takes over the simple contract that a purchase by link type brought about."""
        return self._port.invoke(
            "subscription.adopt_simple_purchase",
            {"purchase_id": purchase_id, "id": id, "method": method},
            models.Charge,
        )

    def bill(self, id: str, period: str, amount: int) -> models.ChargeOutcome:
        """Bills one period of a contract; asked again it never bills twice."""
        return self._port.invoke(
            "subscription.bill",
            {"id": id, "period": period, "amount": amount},
            models.ChargeOutcome,
        )

    def bill_again(self, id: str, period: str) -> models.ChargeOutcome:
        """Bills a period once more after the gateway refused it."""
        return self._port.invoke("subscription.bill_again", {"id": id, "period": period}, models.ChargeOutcome)

    def due(self) -> models.DuePeriods:
        """Periods that are due and were not billed."""
        return self._port.invoke("subscription.due", {}, models.DuePeriods)

    def bill_due(
        self,
        contract_amount: bool = False,
        amounts: Sequence[models.PeriodAmount] = (),
    ) -> models.BilledPeriods:
        """The billing job: bills every period that is due and has an amount."""
        return self._port.invoke(
            "subscription.bill_due",
            {"contract_amount": contract_amount, "amounts": amounts},
            models.BilledPeriods,
        )

    def periods(self, id: str) -> models.Charges:
        """Every period of a contract that was billed or tried."""
        return self._port.invoke("subscription.periods", {"id": id}, models.Charges)

    def end_by_api(self, id: str) -> models.ChargeOutcome:
        """Ends a contract server to server."""
        return self._port.invoke("subscription.end_by_api", {"id": id}, models.ChargeOutcome)

    def refund_month(self, id: str, month: str) -> models.ChargeOutcome:
        """Refunds one month of a simple contract."""
        return self._port.invoke("subscription.refund_month", {"id": id, "month": month}, models.ChargeOutcome)


class AsyncSubscriptionsByApi:
    """Recurring contracts server to server."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def apply_by_api(self, request: models.ChargeRequest) -> models.ChargeOutcome:
        """Applies for a simple recurring contract server to server."""
        return await self._port.invoke("subscription.apply_by_api", request, models.ChargeOutcome)

    async def adopt(self, request: models.AdoptRequest) -> models.Charge:
        """Takes over a contract that runs at the gateway already."""
        return await self._port.invoke("subscription.adopt", request, models.Charge)

    async def adopt_purchase(self, request: models.AdoptPurchaseRequest) -> models.Charge:
        """Takes over the contract that a purchase by link type brought about."""
        return await self._port.invoke("subscription.adopt_purchase", request, models.Charge)

    async def adopt_simple(self, request: models.AdoptSimpleRequest) -> models.Charge:
        """Takes over a simple contract, which the gateway goes on billing."""
        return await self._port.invoke("subscription.adopt_simple", request, models.Charge)

    async def adopt_simple_purchase(self, purchase_id: str, id: str, method: str) -> models.Charge:
        """Takes over the simple contract that a purchase by link type brought about."""
        return await self._port.invoke(
            "subscription.adopt_simple_purchase",
            {"purchase_id": purchase_id, "id": id, "method": method},
            models.Charge,
        )

    async def bill(self, id: str, period: str, amount: int) -> models.ChargeOutcome:
        """Bills one period of a contract; asked again it never bills twice."""
        return await self._port.invoke(
            "subscription.bill",
            {"id": id, "period": period, "amount": amount},
            models.ChargeOutcome,
        )

    async def bill_again(self, id: str, period: str) -> models.ChargeOutcome:
        """Bills a period once more after the gateway refused it."""
        return await self._port.invoke("subscription.bill_again", {"id": id, "period": period}, models.ChargeOutcome)

    async def due(self) -> models.DuePeriods:
        """Periods that are due and were not billed."""
        return await self._port.invoke("subscription.due", {}, models.DuePeriods)

    async def bill_due(
        self,
        contract_amount: bool = False,
        amounts: Sequence[models.PeriodAmount] = (),
    ) -> models.BilledPeriods:
        """The billing job: bills every period that is due and has an amount."""
        return await self._port.invoke(
            "subscription.bill_due",
            {"contract_amount": contract_amount, "amounts": amounts},
            models.BilledPeriods,
        )

    async def periods(self, id: str) -> models.Charges:
        """Every period of a contract that was billed or tried."""
        return await self._port.invoke("subscription.periods", {"id": id}, models.Charges)

    async def end_by_api(self, id: str) -> models.ChargeOutcome:
        """Ends a contract server to server."""
        return await self._port.invoke("subscription.end_by_api", {"id": id}, models.ChargeOutcome)

    async def refund_month(self, id: str, month: str) -> models.ChargeOutcome:
        """Refunds one month of a simple contract."""
        return await self._port.invoke("subscription.refund_month", {"id": id, "month": month}, models.ChargeOutcome)


class Settlement:
    """Statements against the journal."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def read(self, request: models.StatementRequest) -> models.StatementSummary:
        """Reads a statement and checks it, without comparing."""
        return self._port.invoke("settlement.read", request, models.StatementSummary)

    def reconcile(self, request: models.StatementRequest) -> models.ReconciliationReport:
        """Compares a statement with the journal; changes nothing."""
        return self._port.invoke("settlement.reconcile", request, models.ReconciliationReport)

    def repair(self, statement: models.StatementRequest, steps: Optional[Sequence[str]] = None) -> models.RepairReport:
        """Compares anew and writes down what the statement proves."""
        return self._port.invoke("settlement.repair", {"statement": statement, "steps": steps}, models.RepairReport)


class AsyncSettlement:
    """Statements against the journal."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def read(self, request: models.StatementRequest) -> models.StatementSummary:
        """Reads a statement and checks it, without comparing."""
        return await self._port.invoke("settlement.read", request, models.StatementSummary)

    async def reconcile(self, request: models.StatementRequest) -> models.ReconciliationReport:
        """Compares a statement with the journal; changes nothing."""
        return await self._port.invoke("settlement.reconcile", request, models.ReconciliationReport)

    async def repair(
        self,
        statement: models.StatementRequest,
        steps: Optional[Sequence[str]] = None,
    ) -> models.RepairReport:
        """Compares anew and writes down what the statement proves."""
        return await self._port.invoke(
            "settlement.repair",
            {"statement": statement, "steps": steps},
            models.RepairReport,
        )


class Members:
    """NetMile members."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def verify(self, mail: Optional[str] = None, user_id: Optional[str] = None) -> models.MembershipAnswer:
        """Whether a mail address or user id is a member's; from then on this site may issue to it."""
        return self._port.invoke("member.verify", {"mail": mail, "user_id": user_id}, models.MembershipAnswer)

    def info(self, user_id: str) -> models.MemberInfo:
        """A member that this site has authenticated."""
        return self._port.invoke("member.info", {"user_id": user_id}, models.MemberInfo)

    def passbook(self, user_id: str) -> models.PassbookAnswer:
        """What a member has that this site has authenticated."""
        return self._port.invoke("member.passbook", {"user_id": user_id}, models.PassbookAnswer)


class AsyncMembers:
    """NetMile members."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def verify(self, mail: Optional[str] = None, user_id: Optional[str] = None) -> models.MembershipAnswer:
        """Whether a mail address or user id is a member's; from then on this site may issue to it."""
        return await self._port.invoke("member.verify", {"mail": mail, "user_id": user_id}, models.MembershipAnswer)

    async def info(self, user_id: str) -> models.MemberInfo:
        """A member that this site has authenticated."""
        return await self._port.invoke("member.info", {"user_id": user_id}, models.MemberInfo)

    async def passbook(self, user_id: str) -> models.PassbookAnswer:
        """What a member has that this site has authenticated."""
        return await self._port.invoke("member.passbook", {"user_id": user_id}, models.PassbookAnswer)


class Miles:
    """Miles: issues, cancels, files, campaigns, tags."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def issue(self, request: models.IssueRequest) -> models.IssueOutcome:
        """Issues miles; asked again with the same tran_id it never issues twice."""
        return self._port.invoke("miles.issue", request, models.IssueOutcome)

    def issue_by_hand(
        self,
        tran_id: str,
        campaign_id: str,
        rows: Sequence[models.HandRow],
        settings: Optional[models.IssueSettings] = None,
    ) -> models.HandIssueOutcome:
        """Issues up to ten rows under one tran_id."""
        return self._port.invoke(
            "miles.issue_by_hand",
            {"tran_id": tran_id, "campaign_id": campaign_id, "rows": rows, "settings": settings},
            models.HandIssueOutcome,
        )

    def cancel(self, tran_id: str, issuance_ids: Sequence[str], reason: str) -> models.MileCancelOutcome:
        """Wishes issues cancelled."""
        return self._port.invoke(
            "miles.cancel",
            {"tran_id": tran_id, "issuance_ids": issuance_ids, "reason": reason},
            models.MileCancelOutcome,
        )

    def cancellation(self, cancellation_id: str) -> models.MileCancellation:
        """What became of a wish to cancel."""
        return self._port.invoke("miles.cancellation", {"cancellation_id": cancellation_id}, models.MileCancellation)

    def task(self, kind: str, tran_id: str) -> models.MileTask:
        """An issue, an issue by hand or a cancel as the journal knows it."""
        return self._port.invoke("miles.task", {"kind": kind, "tran_id": tran_id}, models.MileTask)

    def tasks(
        self,
        kind: str,
        phases: Sequence[str] = (),
        after: Optional[str] = None,
        limit: int = 100,
    ) -> models.MileTasks:
        """Tasks of one kind in some phases."""
        return self._port.invoke(
            "miles.tasks",
            {"kind": kind, "phases": phases, "after": after, "limit": limit},
            models.MileTasks,
        )

    def unresolved(self, limit: int = 100) -> models.MileTasks:
        """Tasks that somebody or something still has to act on."""
        return self._port.invoke("miles.unresolved", {"limit": limit}, models.MileTasks)

    def resolve(self, kind: str, tran_id: str) -> models.MileTask:
        """Looks after one task now, instead of when it is due."""
        return self._port.invoke("miles.resolve", {"kind": kind, "tran_id": tran_id}, models.MileTask)

    def review(self, request: models.TaskReview) -> models.MileTask:
        """Records what a person found out about a task under review."""
        return self._port.invoke("miles.review", request, models.MileTask)

    def campaign(self, campaign_id: str) -> models.CampaignInfo:
        """A campaign of the site."""
        return self._port.invoke("miles.campaign", {"campaign_id": campaign_id}, models.CampaignInfo)

    def sample_mail(self, campaign_id: str, kind: str, inserted_text: Optional[str] = None) -> models.SampleMailText:
        """A mail as a member gets it."""
        return self._port.invoke(
            "miles.sample_mail",
            {"campaign_id": campaign_id, "kind": kind, "inserted_text": inserted_text},
            models.SampleMailText,
        )

    def registration(self, registration_id: str) -> models.MileRegistration:
        """A registration by its id."""
        return self._port.invoke("miles.registration", {"registration_id": registration_id}, models.MileRegistration)

    def find_registration(self, tran_id: str) -> models.FoundRegistration:
        """The registration of a tran_id, if there is one."""
        return self._port.invoke("miles.find_registration", {"tran_id": tran_id}, models.FoundRegistration)

    def registrations(self, request: models.RegistrationQuery) -> models.RegistrationPage:
        """Registrations of the site, page by page."""
        return self._port.invoke("miles.registrations", request, models.RegistrationPage)

    def completed_list(self, registration_id: str) -> models.ListFile:
        """The issued rows of a registration as a file."""
        return self._port.invoke("miles.completed_list", {"registration_id": registration_id}, models.ListFile)

    def error_list(self, registration_id: str) -> models.ListFile:
        """The refused rows of a registration as a file."""
        return self._port.invoke("miles.error_list", {"registration_id": registration_id}, models.ListFile)

    def delete_lists(self, registration_id: str) -> models.DeletionOutcome:
        """Deletes both lists of a registration for good."""
        return self._port.invoke("miles.delete_lists", {"registration_id": registration_id}, models.DeletionOutcome)

    def history(self, request: models.HistoryQuery) -> models.HistoryPage:
        """Issues of a campaign, page by page."""
        return self._port.invoke("miles.history", request, models.HistoryPage)

    def bill(self, month: str) -> models.MileBill:
        """What a month costs."""
        return self._port.invoke("miles.bill", {"month": month}, models.MileBill)

    def tag(self, request: models.TagRequest) -> models.TagText:
        """Makes a mile-get tag, signed or as published."""
        return self._port.invoke("miles.tag", request, models.TagText)

    def read_tag(self, tag: str, signed: bool = False, at: Optional[datetime] = None) -> models.TagContents:
        """Reads a mile-get tag; one that must be signed is verified."""
        return self._port.invoke("miles.read_tag", {"tag": tag, "signed": signed, "at_ms": at}, models.TagContents)

    def check_file(self, request: models.FileCheckRequest) -> models.FileCheckReport:
        """Checks a file by all rules before anything is sent."""
        return self._port.invoke("miles.check_file", request, models.FileCheckReport)

    def issue_file(self, request: models.BatchIssueRequest) -> models.BatchIssueReport:
        """Issues the miles of a file of any size; called again with the same it goes on where it stopped."""
        return self._port.invoke("miles.issue_file", request, models.BatchIssueReport)

    def file_progress(self, batch_id: str) -> models.BatchProgressReport:
        """How far a file is that is being issued in this process; asked from another thread."""
        return self._port.invoke("miles.file_progress", {"batch_id": batch_id}, models.BatchProgressReport)

    def batch(self, batch_id: str) -> models.BatchState:
        """A file's issue as the journal knows it, from any process."""
        return self._port.invoke("miles.batch", {"batch_id": batch_id}, models.BatchState)

    def unresolved_batches(self, after: Optional[models.BatchRef] = None, limit: int = 100) -> models.Batches:
        """Batches of all sites that were begun and are not done: the same call of miles.issue_file goes on with
        them.
        """
        return self._port.invoke("miles.unresolved_batches", {"after": after, "limit": limit}, models.Batches)

    def uploads(self, batch_id: str, first_row: int, limit: int = 100) -> models.Uploads:
        """The uploads of a file as the journal knows them."""
        return self._port.invoke(
            "miles.uploads",
            {"batch_id": batch_id, "first_row": first_row, "limit": limit},
            models.Uploads,
        )

    def review_upload(self, request: models.UploadReview) -> models.Upload:
        """Records what a person found out about an upload under review."""
        return self._port.invoke("miles.review_upload", request, models.Upload)

    def unresolved_uploads(self, after: Optional[models.UploadRef] = None, limit: int = 100) -> models.Uploads:
        """Uploads of all sites that somebody or something still has to act on."""
        return self._port.invoke("miles.unresolved_uploads", {"after": after, "limit": limit}, models.Uploads)

    def resolve_upload(self, batch_id: str, first_row: int) -> models.Upload:
        """Looks after one upload now, instead of when it is due; its rows are not sent."""
        return self._port.invoke("miles.resolve_upload", {"batch_id": batch_id, "first_row": first_row}, models.Upload)


class AsyncMiles:
    """Miles: issues, cancels, files, campaigns, tags."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def issue(self, request: models.IssueRequest) -> models.IssueOutcome:
        """Issues miles; asked again with the same tran_id it never issues twice."""
        return await self._port.invoke("miles.issue", request, models.IssueOutcome)

    async def issue_by_hand(
        self,
        tran_id: str,
        campaign_id: str,
        rows: Sequence[models.HandRow],
        settings: Optional[models.IssueSettings] = None,
    ) -> models.HandIssueOutcome:
        """Issues up to ten rows under one tran_id."""
        return await self._port.invoke(
            "miles.issue_by_hand",
            {"tran_id": tran_id, "campaign_id": campaign_id, "rows": rows, "settings": settings},
            models.HandIssueOutcome,
        )

    async def cancel(self, tran_id: str, issuance_ids: Sequence[str], reason: str) -> models.MileCancelOutcome:
        """Wishes issues cancelled."""
        return await self._port.invoke(
            "miles.cancel",
            {"tran_id": tran_id, "issuance_ids": issuance_ids, "reason": reason},
            models.MileCancelOutcome,
        )

    async def cancellation(self, cancellation_id: str) -> models.MileCancellation:
        """What became of a wish to cancel."""
        return await self._port.invoke(
            "miles.cancellation",
            {"cancellation_id": cancellation_id},
            models.MileCancellation,
        )

    async def task(self, kind: str, tran_id: str) -> models.MileTask:
        """An issue, an issue by hand or a cancel as the journal knows it."""
        return await self._port.invoke("miles.task", {"kind": kind, "tran_id": tran_id}, models.MileTask)

    async def tasks(
        self,
        kind: str,
        phases: Sequence[str] = (),
        after: Optional[str] = None,
        limit: int = 100,
    ) -> models.MileTasks:
        """Tasks of one kind in some phases."""
        return await self._port.invoke(
            "miles.tasks",
            {"kind": kind, "phases": phases, "after": after, "limit": limit},
            models.MileTasks,
        )

    async def unresolved(self, limit: int = 100) -> models.MileTasks:
        """Tasks that somebody or something still has to act on."""
        return await self._port.invoke("miles.unresolved", {"limit": limit}, models.MileTasks)

    async def resolve(self, kind: str, tran_id: str) -> models.MileTask:
        """Looks after one task now, instead of when it is due."""
        return await self._port.invoke("miles.resolve", {"kind": kind, "tran_id": tran_id}, models.MileTask)

    async def review(self, request: models.TaskReview) -> models.MileTask:
        """Records what a person found out about a task under review."""
        return await self._port.invoke("miles.review", request, models.MileTask)

    async def campaign(self, campaign_id: str) -> models.CampaignInfo:
        """A campaign of the site."""
        return await self._port.invoke("miles.campaign", {"campaign_id": campaign_id}, models.CampaignInfo)

    async def sample_mail(
        self,
        campaign_id: str,
        kind: str,
        inserted_text: Optional[str] = None,
    ) -> models.SampleMailText:
        """A mail as a member gets it."""
        return await self._port.invoke(
            "miles.sample_mail",
            {"campaign_id": campaign_id, "kind": kind, "inserted_text": inserted_text},
            models.SampleMailText,
        )

    async def registration(self, registration_id: str) -> models.MileRegistration:
        """A registration by its id."""
        return await self._port.invoke(
            "miles.registration",
            {"registration_id": registration_id},
            models.MileRegistration,
        )

    async def find_registration(self, tran_id: str) -> models.FoundRegistration:
        """The registration of a tran_id, if there is one."""
        return await self._port.invoke("miles.find_registration", {"tran_id": tran_id}, models.FoundRegistration)

    async def registrations(self, request: models.RegistrationQuery) -> models.RegistrationPage:
        """Registrations of the site, page by page."""
        return await self._port.invoke("miles.registrations", request, models.RegistrationPage)

    async def completed_list(self, registration_id: str) -> models.ListFile:
        """The issued rows of a registration as a file."""
        return await self._port.invoke("miles.completed_list", {"registration_id": registration_id}, models.ListFile)

    async def error_list(self, registration_id: str) -> models.ListFile:
        """The refused rows of a registration as a file."""
        return await self._port.invoke("miles.error_list", {"registration_id": registration_id}, models.ListFile)

    async def delete_lists(self, registration_id: str) -> models.DeletionOutcome:
        """Deletes both lists of a registration for good."""
        return await self._port.invoke(
            "miles.delete_lists",
            {"registration_id": registration_id},
            models.DeletionOutcome,
        )

    async def history(self, request: models.HistoryQuery) -> models.HistoryPage:
        """Issues of a campaign, page by page."""
        return await self._port.invoke("miles.history", request, models.HistoryPage)

    async def bill(self, month: str) -> models.MileBill:
        """What a month costs."""
        return await self._port.invoke("miles.bill", {"month": month}, models.MileBill)

    async def tag(self, request: models.TagRequest) -> models.TagText:
        """Makes a mile-get tag, signed or as published."""
        return await self._port.invoke("miles.tag", request, models.TagText)

    async def read_tag(self, tag: str, signed: bool = False, at: Optional[datetime] = None) -> models.TagContents:
        """Reads a mile-get tag; one that must be signed is verified."""
        return await self._port.invoke(
            "miles.read_tag",
            {"tag": tag, "signed": signed, "at_ms": at},
            models.TagContents,
        )

    async def check_file(self, request: models.FileCheckRequest) -> models.FileCheckReport:
        """Checks a file by all rules before anything is sent."""
        return await self._port.invoke("miles.check_file", request, models.FileCheckReport)

    async def issue_file(self, request: models.BatchIssueRequest) -> models.BatchIssueReport:
        """Issues the miles of a file of any size; called again with the same it goes on where it stopped."""
        return await self._port.invoke("miles.issue_file", request, models.BatchIssueReport)

    async def file_progress(self, batch_id: str) -> models.BatchProgressReport:
        """How far a file is that is being issued in this process; asked from another thread."""
        return await self._port.invoke("miles.file_progress", {"batch_id": batch_id}, models.BatchProgressReport)

    async def batch(self, batch_id: str) -> models.BatchState:
        """A file's issue as the journal knows it, from any process."""
        return await self._port.invoke("miles.batch", {"batch_id": batch_id}, models.BatchState)

    async def unresolved_batches(self, after: Optional[models.BatchRef] = None, limit: int = 100) -> models.Batches:
        """Batches of all sites that were begun and are not done: the same call of miles.issue_file goes on with
        them.
        """
        return await self._port.invoke("miles.unresolved_batches", {"after": after, "limit": limit}, models.Batches)

    async def uploads(self, batch_id: str, first_row: int, limit: int = 100) -> models.Uploads:
        """The uploads of a file as the journal knows them."""
        return await self._port.invoke(
            "miles.uploads",
            {"batch_id": batch_id, "first_row": first_row, "limit": limit},
            models.Uploads,
        )

    async def review_upload(self, request: models.UploadReview) -> models.Upload:
        """Records what a person found out about an upload under review."""
        return await self._port.invoke("miles.review_upload", request, models.Upload)

    async def unresolved_uploads(self, after: Optional[models.UploadRef] = None, limit: int = 100) -> models.Uploads:
        """Uploads of all sites that somebody or something still has to act on."""
        return await self._port.invoke("miles.unresolved_uploads", {"after": after, "limit": limit}, models.Uploads)

    async def resolve_upload(self, batch_id: str, first_row: int) -> models.Upload:
        """Looks after one upload now, instead of when it is due; its rows are not sent."""
        return await self._port.invoke(
            "miles.resolve_upload",
            {"batch_id": batch_id, "first_row": first_row},
            models.Upload,
        )


class Exchanges:
    """Point exchange."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def convert(self, rate: models.RateTerms, points: int, held: Optional[int] = None) -> models.ConversionAnswer:
        """What points come to, or why they do not fit and which numbers would."""
        return self._port.invoke(
            "exchange.convert",
            {"rate": rate, "points": points, "held": held},
            models.ConversionAnswer,
        )

    def offer(self, rate: models.RateTerms, held: int) -> models.ExchangeOfferAnswer:
        """What a customer can exchange at least and at most."""
        return self._port.invoke("exchange.offer", {"rate": rate, "held": held}, models.ExchangeOfferAnswer)

    def equal_value(self, yen: int, points: int) -> models.RateTerms:
        """The rate at which points keep their value."""
        return self._port.invoke("exchange.equal_value", {"yen": yen, "points": points}, models.RateTerms)

    def applicant(self, mail: str) -> models.ApplicantAnswer:
        """Whether somebody can get miles."""
        return self._port.invoke("exchange.applicant", {"mail": mail}, models.ApplicantAnswer)

    def begin(self, request: models.ExchangeRequest) -> models.Exchange:
        """Records an exchange; then the shop takes the points."""
        return self._port.invoke("exchange.begin", request, models.Exchange)

    def debited(self, tran_id: str) -> models.Exchange:
        """Records that the points are taken."""
        return self._port.invoke("exchange.debited", {"tran_id": tran_id}, models.Exchange)

    def not_debited(self, tran_id: str) -> models.Exchange:
        """Records that the points could not be taken."""
        return self._port.invoke("exchange.not_debited", {"tran_id": tran_id}, models.Exchange)

    def issue(self, tran_id: str) -> models.ExchangeOutcome:
        """Has the miles issued; asked again it never issues twice."""
        return self._port.invoke("exchange.issue", {"tran_id": tran_id}, models.ExchangeOutcome)

    def credited_back(self, tran_id: str) -> models.Exchange:
        """Records that the points of a refused exchange are given back."""
        return self._port.invoke("exchange.credited_back", {"tran_id": tran_id}, models.Exchange)

    def get(self, tran_id: str) -> models.Exchange:
        """The exchange with this id."""
        return self._port.invoke("exchange.get", {"tran_id": tran_id}, models.Exchange)

    def list(self, phases: Sequence[str] = (), after: Optional[str] = None, limit: int = 100) -> models.Exchanges:
        """Exchanges in some phases."""
        return self._port.invoke("exchange.list", {"phases": phases, "after": after, "limit": limit}, models.Exchanges)

    def unresolved(self, limit: int = 100) -> models.Exchanges:
        """Exchanges that somebody or something still has to act on."""
        return self._port.invoke("exchange.unresolved", {"limit": limit}, models.Exchanges)

    def resolve(self, tran_id: str) -> models.Exchange:
        """Looks after one exchange now, instead of when it is due."""
        return self._port.invoke("exchange.resolve", {"tran_id": tran_id}, models.Exchange)

    def review(self, tran_id: str, verdict: str, issued: Optional[models.ExchangedMiles] = None) -> models.Exchange:
        """Records what a person found out about an exchange under review."""
        return self._port.invoke(
            "exchange.review",
            {"tran_id": tran_id, "verdict": verdict, "issued": issued},
            models.Exchange,
        )

    def files(self, site_id: str, at: datetime, rows: Sequence[models.ExchangeFileRow]) -> models.ExchangeFiles:
        """Writes upload files of at most 10,000 rows (flow 2)."""
        return self._port.invoke(
            "exchange.files",
            {"site_id": site_id, "at_ms": at, "rows": rows},
            models.ExchangeFiles,
        )

    def settle(self, sent: bytes, result: bytes) -> models.SettledFile:
        """Says of every row of an upload file what became of it."""
        return self._port.invoke("exchange.settle", {"sent": sent, "result": result}, models.SettledFile)

    def drop_write(self, site_id: str, run_at: datetime, rows: Sequence[models.ExchangeFileRow]) -> models.DropFiles:
        """Writes the files that NetMile fetches (flow 3)."""
        return self._port.invoke(
            "exchange.drop_write",
            {"site_id": site_id, "run_at_ms": run_at, "rows": rows},
            models.DropFiles,
        )

    def drop_handle(self, request: models.DropHandleRequest) -> models.DropHandleAnswer:
        """Answers a request of NetMile to the shop's drop; the shop keeps the files."""
        return self._port.invoke("exchange.drop_handle", request, models.DropHandleAnswer)

    def drop_settled(self, name: str, files: Sequence[models.DropFileEntry]) -> models.DropSettleAnswer:
        """What became of a run of the drop, if its result is there."""
        return self._port.invoke("exchange.drop_settled", {"name": name, "files": files}, models.DropSettleAnswer)


class AsyncExchanges:
    """Point exchange."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def convert(self, rate: models.RateTerms, points: int, held: Optional[int] = None) -> models.ConversionAnswer:
        """What points come to, or why they do not fit and which numbers would."""
        return await self._port.invoke(
            "exchange.convert",
            {"rate": rate, "points": points, "held": held},
            models.ConversionAnswer,
        )

    async def offer(self, rate: models.RateTerms, held: int) -> models.ExchangeOfferAnswer:
        """What a customer can exchange at least and at most."""
        return await self._port.invoke("exchange.offer", {"rate": rate, "held": held}, models.ExchangeOfferAnswer)

    async def equal_value(self, yen: int, points: int) -> models.RateTerms:
        """The rate at which points keep their value."""
        return await self._port.invoke("exchange.equal_value", {"yen": yen, "points": points}, models.RateTerms)

    async def applicant(self, mail: str) -> models.ApplicantAnswer:
        """Whether somebody can get miles."""
        return await self._port.invoke("exchange.applicant", {"mail": mail}, models.ApplicantAnswer)

    async def begin(self, request: models.ExchangeRequest) -> models.Exchange:
        """Records an exchange; then the shop takes the points."""
        return await self._port.invoke("exchange.begin", request, models.Exchange)

    async def debited(self, tran_id: str) -> models.Exchange:
        """Records that the points are taken."""
        return await self._port.invoke("exchange.debited", {"tran_id": tran_id}, models.Exchange)

    async def not_debited(self, tran_id: str) -> models.Exchange:
        """Records that the points could not be taken."""
        return await self._port.invoke("exchange.not_debited", {"tran_id": tran_id}, models.Exchange)

    async def issue(self, tran_id: str) -> models.ExchangeOutcome:
        """Has the miles issued; asked again it never issues twice."""
        return await self._port.invoke("exchange.issue", {"tran_id": tran_id}, models.ExchangeOutcome)

    async def credited_back(self, tran_id: str) -> models.Exchange:
        """Records that the points of a refused exchange are given back."""
        return await self._port.invoke("exchange.credited_back", {"tran_id": tran_id}, models.Exchange)

    async def get(self, tran_id: str) -> models.Exchange:
        """The exchange with this id."""
        return await self._port.invoke("exchange.get", {"tran_id": tran_id}, models.Exchange)

    async def list(self, phases: Sequence[str] = (), after: Optional[str] = None, limit: int = 100) -> models.Exchanges:
        """Exchanges in some phases."""
        return await self._port.invoke(
            "exchange.list",
            {"phases": phases, "after": after, "limit": limit},
            models.Exchanges,
        )

    async def unresolved(self, limit: int = 100) -> models.Exchanges:
        """Exchanges that somebody or something still has to act on."""
        return await self._port.invoke("exchange.unresolved", {"limit": limit}, models.Exchanges)

    async def resolve(self, tran_id: str) -> models.Exchange:
        """Looks after one exchange now, instead of when it is due."""
        return await self._port.invoke("exchange.resolve", {"tran_id": tran_id}, models.Exchange)

    async def review(
        self,
        tran_id: str,
        verdict: str,
        issued: Optional[models.ExchangedMiles] = None,
    ) -> models.Exchange:
        """Records what a person found out about an exchange under review."""
        return await self._port.invoke(
            "exchange.review",
            {"tran_id": tran_id, "verdict": verdict, "issued": issued},
            models.Exchange,
        )

    async def files(self, site_id: str, at: datetime, rows: Sequence[models.ExchangeFileRow]) -> models.ExchangeFiles:
        """Writes upload files of at most 10,000 rows (flow 2)."""
        return await self._port.invoke(
            "exchange.files",
            {"site_id": site_id, "at_ms": at, "rows": rows},
            models.ExchangeFiles,
        )

    async def settle(self, sent: bytes, result: bytes) -> models.SettledFile:
        """Says of every row of an upload file what became of it."""
        return await self._port.invoke("exchange.settle", {"sent": sent, "result": result}, models.SettledFile)

    async def drop_write(
        self,
        site_id: str,
        run_at: datetime,
        rows: Sequence[models.ExchangeFileRow],
    ) -> models.DropFiles:
        """Writes the files that NetMile fetches (flow 3)."""
        return await self._port.invoke(
            "exchange.drop_write",
            {"site_id": site_id, "run_at_ms": run_at, "rows": rows},
            models.DropFiles,
        )

    async def drop_handle(self, request: models.DropHandleRequest) -> models.DropHandleAnswer:
        """Answers a request of NetMile to the shop's drop; the shop keeps the files."""
        return await self._port.invoke("exchange.drop_handle", request, models.DropHandleAnswer)

    async def drop_settled(self, name: str, files: Sequence[models.DropFileEntry]) -> models.DropSettleAnswer:
        """What became of a run of the drop, if its result is there."""
        return await self._port.invoke("exchange.drop_settled", {"name": name, "files": files}, models.DropSettleAnswer)


class Catalogue:
    """Methods and codes as data."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def methods(self) -> models.MethodList:
        """The payment methods of the client's contract, with limits and what is offered."""
        return self._port.invoke("catalogue.methods", {}, models.MethodList)

    def api_code(self, code: str) -> models.ApiCodeEntry:
        """What is known about a code of the API type."""
        return self._port.invoke("catalogue.api_code", {"code": code}, models.ApiCodeEntry)

    def mile_code(self, table: str, code: str) -> models.MileCodeEntry:
        """What is known about a code of one of NetMile's tables."""
        return self._port.invoke("catalogue.mile_code", {"table": table, "code": code}, models.MileCodeEntry)

    def mile_codes(self) -> models.MileCodeCatalogue:
        """Every code of NetMile's tables that is known."""
        return self._port.invoke("catalogue.mile_codes", {}, models.MileCodeCatalogue)


class AsyncCatalogue:
    """Methods and codes as data."""

    def __init__(self, port: AsyncPort) -> None:
        self._port = port

    async def methods(self) -> models.MethodList:
        """The payment methods of the client's contract, with limits and what is offered."""
        return await self._port.invoke("catalogue.methods", {}, models.MethodList)

    async def api_code(self, code: str) -> models.ApiCodeEntry:
        """What is known about a code of the API type."""
        return await self._port.invoke("catalogue.api_code", {"code": code}, models.ApiCodeEntry)

    async def mile_code(self, table: str, code: str) -> models.MileCodeEntry:
        """What is known about a code of one of NetMile's tables."""
        return await self._port.invoke("catalogue.mile_code", {"table": table, "code": code}, models.MileCodeEntry)

    async def mile_codes(self) -> models.MileCodeCatalogue:
        """Every code of NetMile's tables that is known."""
        return await self._port.invoke("catalogue.mile_codes", {}, models.MileCodeCatalogue)
