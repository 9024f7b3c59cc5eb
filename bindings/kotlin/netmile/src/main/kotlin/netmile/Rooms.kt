// Made by generate.py from ffi/manifest.json; do not edit.

package netmile

import java.time.Instant
import netmile.internal.*

/** Starts purchases and hands out their forms. */
public class Checkouts internal constructor(private val port: AwaitedPort) {
    /** Starts a purchase, or a further attempt of it; the attempt is in the journal before this returns. */
    public suspend fun start(request: PurchaseRequest): Checkout =
        port.call("checkout.start", writePurchaseRequest(request), ::readCheckout)

    /** Signs the newest attempt again, for a page that is rendered again. */
    public suspend fun render(purchaseId: String): Checkout =
        port.call("checkout.render", jsonOf("purchase_id" to purchaseId), ::readCheckout)

    /** Stops waiting for a purchase. */
    public suspend fun giveUp(purchaseId: String): Purchase =
        port.call("checkout.give_up", jsonOf("purchase_id" to purchaseId), ::readPurchase)
}

/** Takes the gateway's server-to-server notices: the only proof of payment. */
public class Notices internal constructor(private val port: AwaitedPort) {
    /** Verifies a notice, records it once, and says what to answer. */
    public suspend fun handle(body: ByteArray, contentType: String? = null): NoticeAnswer =
        port.call("notice.handle", jsonOf("body" to received(body), "content_type" to contentType), ::readNoticeAnswer)

    /** Verifies a notice and records nothing. */
    public suspend fun inspect(body: ByteArray, contentType: String? = null): NoticeView =
        port.call("notice.inspect", jsonOf("body" to received(body), "content_type" to contentType), ::readNoticeView)

    /** Verifies a notice and refuses it; the customer's miles stay spent. */
    public suspend fun refuse(body: ByteArray, reason: String, contentType: String? = null): NoticeAnswer =
        port.call(
            "notice.refuse",
            jsonOf("body" to received(body), "reason" to reason, "content_type" to contentType),
            ::readNoticeAnswer,
        )
}

/** Reads what the browser brings back. Evidence for display, never proof of payment. */
public class Returns internal constructor(private val port: AwaitedPort) {
    /** Verifies what the browser brought back. For display, never proof of payment. */
    public suspend fun read(by: ReturnedBy, body: ByteArray, contentType: String? = null): BrowserReturn =
        port.call(
            "return.read",
            jsonOf("by" to by, "body" to received(body), "content_type" to contentType),
            ::readBrowserReturn,
        )
}

/** What the shop has to act on, until it acknowledges. */
public class Events internal constructor(private val port: AwaitedPort) {
    /** Takes what the shop has to act on; other workers do not see it for a while. */
    public suspend fun next(limit: Long = 100): List<Event> =
        port.call("events.next", jsonOf("limit" to limit), { from -> from.list("deliveries", ::readEvent) })

    /** Acknowledges an event for good, after the goods are out. */
    public suspend fun ack(eventId: Long): Boolean =
        port.call("events.ack", jsonOf("id" to eventId), { from -> from.boolean("acknowledged") })
}

/** Looks purchases up and resolves those that wait. */
public class Purchases internal constructor(private val port: AwaitedPort) {
    /** The purchase with the shop's id. */
    public suspend fun get(purchaseId: String): Purchase =
        port.call("purchase.get", jsonOf("purchase_id" to purchaseId), ::readPurchase)

    /** The purchase that an id at the gateway belongs to. */
    public suspend fun byOrder(orderId: String): Purchase =
        port.call("purchase.by_order", jsonOf("order_id" to orderId), ::readPurchase)

    /** Purchases in some phases. */
    public suspend fun list(
        phases: List<Phase> = emptyList(),
        after: String? = null,
        limit: Long = 100,
    ): List<Purchase> =
        port.call(
            "purchase.list",
            jsonOf("phases" to phases, "after" to after, "limit" to limit),
            { from -> from.list("purchases", ::readPurchase) },
        )

    /** Purchases that somebody or something still has to act on. */
    public suspend fun unresolved(limit: Long = 100): List<Purchase> =
        port.call("purchase.unresolved", jsonOf("limit" to limit), { from -> from.list("purchases", ::readPurchase) })

    /** Resolves purchases whose waiting time is over; call it once a minute. */
    public suspend fun resolve(): List<Purchase> =
        port.call("purchase.resolve", emptyMap(), { from -> from.list("purchases", ::readPurchase) })

    /** Records that the management page shows a payment. */
    public suspend fun reviewPaid(purchaseId: String, orderId: String, trackingId: String): Purchase =
        port.call(
            "purchase.review",
            jsonOf("purchase_id" to purchaseId, "paid" to true, "order_id" to orderId, "tracking_id" to trackingId),
            ::readPurchase,
        )

    /** Records that the management page shows no payment. */
    public suspend fun reviewNotPaid(purchaseId: String): Purchase =
        port.call("purchase.review", jsonOf("purchase_id" to purchaseId, "paid" to false), ::readPurchase)

    /** Keeps a payment that came after the shop had given up. */
    public suspend fun acceptLate(purchaseId: String): Purchase =
        port.call("purchase.accept_late", jsonOf("purchase_id" to purchaseId), ::readPurchase)

    /** Genuine messages that could not be applied. */
    public suspend fun evidence(limit: Long = 100): List<Evidence> =
        port.call("purchase.evidence", jsonOf("limit" to limit), { from -> from.list("evidence", ::readEvidence) })
}

/** Asks for refunds and records that they were executed. */
public class Refunds internal constructor(private val port: AwaitedPort) {
    /** Records that a payment is to be refunded, and says where a person does it. */
    public suspend fun request(purchaseId: String, reason: String, trackingId: String? = null): RefundTicket =
        port.call(
            "refund.request",
            jsonOf("purchase_id" to purchaseId, "reason" to reason, "tracking_id" to trackingId),
            ::readRefundTicket,
        )

    /** Records that a refund was executed. */
    public suspend fun confirm(purchaseId: String, trackingId: String, evidence: RefundEvidence): Purchase =
        port.call(
            "refund.confirm",
            jsonOf(
                "purchase_id" to purchaseId,
                "tracking_id" to trackingId,
                "evidence" to writeRefundEvidence(evidence),
            ),
            ::readPurchase,
        )

    /** Records that a refund will not be executed. */
    public suspend fun withdraw(purchaseId: String, trackingId: String): Purchase =
        port.call("refund.withdraw", jsonOf("purchase_id" to purchaseId, "tracking_id" to trackingId), ::readPurchase)
}

/** Recurring contracts, by link and server to server. */
public class Subscriptions internal constructor(private val port: AwaitedPort) {
    /** Applies for a recurring contract with a purchase. */
    public suspend fun start(request: PurchaseRequest): Checkout =
        port.call("subscription.start", writePurchaseRequest(request), ::readCheckout)

    /** Applies for a recurring contract without a purchase at once. */
    public suspend fun apply(request: RecurringRequest): Checkout =
        port.call("subscription.apply", writeRecurringRequest(request), ::readCheckout)

    /** Ends a recurring contract: a form for the customer's browser. */
    public suspend fun end(purchaseId: String): Checkout =
        port.call("subscription.end", jsonOf("purchase_id" to purchaseId), ::readCheckout)

    /** Applies for a simple recurring contract server to server. */
    public suspend fun applyByApi(request: ChargeRequest): Outcome<Charge> =
        port.call("subscription.apply_by_api", writeChargeRequest(request), { readOutcome(it, ::readCharge) })

    /** Takes over a contract that runs at the gateway already. */
    public suspend fun adopt(request: AdoptRequest): Charge =
        port.call("subscription.adopt", writeAdoptRequest(request), ::readCharge)

    /** Takes over the contract that a purchase by link type brought about. */
    public suspend fun adoptPurchase(request: AdoptPurchaseRequest): Charge =
        port.call("subscription.adopt_purchase", writeAdoptPurchaseRequest(request), ::readCharge)

    /** Takes over a simple contract, which the gateway goes on billing. */
    public suspend fun adoptSimple(request: AdoptSimpleRequest): Charge =
        port.call("subscription.adopt_simple", writeAdoptSimpleRequest(request), ::readCharge)

    /** Takes over the simple contract that a purchase by link type brought about. */
    public suspend fun adoptSimplePurchase(purchaseId: String, id: String, method: String): Charge =
        port.call(
            "subscription.adopt_simple_purchase",
            jsonOf("purchase_id" to purchaseId, "id" to id, "method" to method),
            ::readCharge,
        )

    /** Bills one period of a contract; asked again it never bills twice. */
    public suspend fun bill(id: String, period: String, amount: Long): Outcome<Charge> =
        port.call(
            "subscription.bill",
            jsonOf("id" to id, "period" to period, "amount" to amount),
            { readOutcome(it, ::readCharge) },
        )

    /** Bills a period once more after the gateway refused it. */
    public suspend fun billAgain(id: String, period: String): Outcome<Charge> =
        port.call("subscription.bill_again", jsonOf("id" to id, "period" to period), { readOutcome(it, ::readCharge) })

    /** Periods that are due and were not billed. */
    public suspend fun due(): DuePeriods =
        port.call("subscription.due", emptyMap(), ::readDuePeriods)

    /** The billing job: bills every period that is due and has an amount. */
    public suspend fun billDue(
        contractAmount: Boolean = false,
        amounts: List<PeriodAmount> = emptyList(),
    ): BilledPeriods =
        port.call(
            "subscription.bill_due",
            jsonOf("contract_amount" to contractAmount, "amounts" to amounts.map(::writePeriodAmount)),
            ::readBilledPeriods,
        )

    /** Every period of a contract that was billed or tried. */
    public suspend fun periods(id: String): Charges =
        port.call("subscription.periods", jsonOf("id" to id), ::readCharges)

    /** Ends a contract server to server. */
    public suspend fun endByApi(id: String): Outcome<Charge> =
        port.call("subscription.end_by_api", jsonOf("id" to id), { readOutcome(it, ::readCharge) })

    /** Refunds one month of a simple contract. */
    public suspend fun refundMonth(id: String, month: String): Outcome<Charge> =
        port.call("subscription.refund_month", jsonOf("id" to id, "month" to month), { readOutcome(it, ::readCharge) })
}

/** Customer payment data at the gateway. */
public class Registrations internal constructor(private val port: AwaitedPort) {
    /** Signs a registration or update of payment data. */
    public suspend fun register(request: RegistrationRequest): SignedForm =
        port.call("registration.register", writeRegistrationRequest(request), ::readSignedForm)

    /** Signs a deletion of payment data. */
    public suspend fun delete(request: RegistrationRequest): SignedForm =
        port.call("registration.delete", writeRegistrationRequest(request), ::readSignedForm)

    /** Verifies a registration notice. */
    public suspend fun notice(body: ByteArray, contentType: String? = null): RegistrationResult =
        port.call(
            "registration.notice",
            jsonOf("body" to received(body), "content_type" to contentType),
            ::readRegistrationResult,
        )

    /** Verifies the browser's return from a registration. */
    public suspend fun returned(body: ByteArray, contentType: String? = null): RegistrationResult =
        port.call(
            "registration.returned",
            jsonOf("body" to received(body), "content_type" to contentType),
            ::readRegistrationResult,
        )

    /** Verifies the result of a registration and that it answers what was asked. Only then may its values be used. */
    public suspend fun check(request: RegistrationCheck): RegistrationResult =
        port.call("registration.check", writeRegistrationCheck(request), ::readRegistrationResult)
}

/** Single messages, without a journal: for tests, and for shops with records of their own. */
public class Link internal constructor(private val port: AwaitedPort) {
    /** Signs a purchase request as it is. Nothing is recorded: for tests, and for shops with records of their own. */
    public suspend fun signPurchase(request: PurchaseRequest, orderId: String, at: String): SignedForm =
        port.call(
            "link.sign_purchase",
            jsonOf("request" to writePurchaseRequest(request), "order_id" to orderId, "at" to at),
            ::readSignedForm,
        )

    /** Signs a recurring application as it is. Nothing is recorded. */
    public suspend fun signRecurring(request: RecurringRequest, orderId: String, at: String): SignedForm =
        port.call(
            "link.sign_recurring",
            jsonOf("request" to writeRecurringRequest(request), "order_id" to orderId, "at" to at),
            ::readSignedForm,
        )

    /** Signs a registration as it is. */
    public suspend fun signRegistration(request: RegistrationRequest, at: String, delete: Boolean = false): SignedForm =
        port.call(
            "link.sign_registration",
            jsonOf("request" to writeRegistrationRequest(request), "at" to at, "delete" to delete),
            ::readSignedForm,
        )

    /** Verifies the hash of a message; neither its age nor that it answers what was asked. */
    public suspend fun verify(kind: MessageKind, body: ByteArray, contentType: String? = null): Message =
        port.call(
            "link.verify",
            jsonOf("kind" to kind, "body" to received(body), "content_type" to contentType),
            ::readMessage,
        )
}

/** Charges server to server. */
public class Payments internal constructor(private val port: AwaitedPort) {
    /** Charges a customer; asked again with the same id it goes on and never charges twice. */
    public suspend fun charge(request: ChargeRequest): Outcome<Charge> =
        port.call("payment.charge", writeChargeRequest(request), { readOutcome(it, ::readCharge) })

    /** Captures what was reserved: all of it, or a lower amount. Once per charge. */
    public suspend fun capture(id: String, amount: Long? = null): Outcome<Charge> =
        port.call("payment.capture", jsonOf("id" to id, "amount" to amount), { readOutcome(it, ::readCharge) })

    /** Cancels what was reserved, or refunds everything that was captured. Once per charge. */
    public suspend fun refund(id: String): Outcome<Charge> =
        port.call("payment.refund", jsonOf("id" to id), { readOutcome(it, ::readCharge) })

    /** Refunds a part under a name of the shop's own; asked again with the same name it never refunds twice. */
    public suspend fun refundPart(id: String, name: String, amount: Long): Outcome<Charge> =
        port.call(
            "payment.refund_part",
            jsonOf("id" to id, "name" to name, "amount" to amount),
            { readOutcome(it, ::readCharge) },
        )

    /** The charge with this id. */
    public suspend fun get(id: String): Charge =
        port.call("payment.get", jsonOf("id" to id), ::readCharge)

    /** Charges in some phases. */
    public suspend fun list(phases: List<String> = emptyList(), after: String? = null, limit: Long = 100): Charges =
        port.call("payment.list", jsonOf("phases" to phases, "after" to after, "limit" to limit), ::readCharges)

    /** Charges that somebody or something still has to act on. */
    public suspend fun unresolved(limit: Long = 100): Charges =
        port.call("payment.unresolved", jsonOf("limit" to limit), ::readCharges)

    /** Looks after one charge now, instead of when it is due. */
    public suspend fun resolve(id: String): Charge =
        port.call("payment.resolve", jsonOf("id" to id), ::readCharge)

    /** Asks the gateway what it knows about a charge; changes nothing here. */
    public suspend fun inquire(id: String): InquiryAnswer =
        port.call("payment.inquire", jsonOf("id" to id), ::readInquiryAnswer)

    /** Verifies an XML notice of the API type, records it once, and says what to answer. */
    public suspend fun notice(body: ByteArray): XmlNoticeAnswer =
        port.call("payment.notice", jsonOf("body" to received(body)), ::readXmlNoticeAnswer)

    /** Records what a person found out about a charge under review. */
    public suspend fun review(id: String, verdict: String, trackingId: String? = null): Charge =
        port.call("payment.review", jsonOf("id" to id, "verdict" to verdict, "tracking_id" to trackingId), ::readCharge)

    /** Sends a message of any function of the gateway under an id of the shop's own, once. */
    public suspend fun raw(
        id: String,
        method: String,
        function: String,
        fields: List<RawField>,
    ): Outcome<Map<String, String>> =
        port.call(
            "payment.raw",
            jsonOf("id" to id, "method" to method, "function" to function, "fields" to fields.map(::writeRawField)),
            { readOutcome(it, { it.texts() }) },
        )

    /** Raw messages whose outcome is not known. */
    public suspend fun rawUnresolved(limit: Long = 100): Ids =
        port.call("payment.raw_unresolved", jsonOf("limit" to limit), ::readIds)

    /** Records what a person found out about a raw message whose outcome nobody knows. */
    public suspend fun rawReview(id: String, verdict: String): RawReview =
        port.call("payment.raw_review", jsonOf("id" to id, "verdict" to verdict), ::readRawReview)

    /** The balance of a member of a point service. */
    public suspend fun balance(method: String, member: String): Balance =
        port.call("payment.balance", jsonOf("method" to method, "member" to member), ::readBalance)

    /** Stores, replaces, deletes or shows the card that the gateway keeps for a customer. */
    public suspend fun customerData(request: CustomerDataRequest): Outcome<Map<String, String>> =
        port.call("payment.customer_data", writeCustomerDataRequest(request), { readOutcome(it, { it.texts() }) })
}

/** Statements against the journal. */
public class Settlement internal constructor(private val port: AwaitedPort) {
    /** Reads a statement and checks it, without comparing. */
    public suspend fun read(request: StatementRequest): StatementSummary =
        port.call("settlement.read", writeStatementRequest(request), ::readStatementSummary)

    /** Compares a statement with the journal; changes nothing. */
    public suspend fun reconcile(request: StatementRequest): ReconciliationReport =
        port.call("settlement.reconcile", writeStatementRequest(request), ::readReconciliationReport)

    /** Compares anew and writes down what the statement proves. */
    public suspend fun repair(statement: StatementRequest, steps: List<Long>? = null): RepairReport =
        port.call(
            "settlement.repair",
            jsonOf("statement" to writeStatementRequest(statement), "steps" to steps),
            ::readRepairReport,
        )
}

/** NetMile members. */
public class Members internal constructor(private val port: AwaitedPort) {
    /** Whether a mail address or user id is a member's; from then on this site may issue to it. */
    public suspend fun verify(mail: String? = null, userId: String? = null): MembershipAnswer =
        port.call("member.verify", jsonOf("mail" to mail, "user_id" to userId), ::readMembershipAnswer)

    /** A member that this site has authenticated. */
    public suspend fun info(userId: String): MemberInfo =
        port.call("member.info", jsonOf("user_id" to userId), ::readMemberInfo)

    /** What a member has that this site has authenticated. */
    public suspend fun passbook(userId: String): PassbookAnswer =
        port.call("member.passbook", jsonOf("user_id" to userId), ::readPassbookAnswer)
}

/** Miles: issues, cancels, files, campaigns, tags. */
public class Miles internal constructor(private val port: AwaitedPort) {
    /** Issues miles; asked again with the same tran_id it never issues twice. */
    public suspend fun issue(request: IssueRequest): Outcome<IssuedMiles> =
        port.call("miles.issue", writeIssueRequest(request), { readOutcome(it, ::readIssuedMiles) })

    /** Issues up to ten rows under one tran_id. */
    public suspend fun issueByHand(
        tranId: String,
        campaignId: String,
        rows: List<HandRow>,
        settings: IssueSettings? = null,
    ): Outcome<HandIssued> =
        port.call(
            "miles.issue_by_hand",
            jsonOf(
                "tran_id" to tranId,
                "campaign_id" to campaignId,
                "rows" to rows.map(::writeHandRow),
                "settings" to settings?.let(::writeIssueSettings),
            ),
            { readOutcome(it, ::readHandIssued) },
        )

    /** Wishes issues cancelled. */
    public suspend fun cancel(tranId: String, issuanceIds: List<String>, reason: String): Outcome<MileCancellation> =
        port.call(
            "miles.cancel",
            jsonOf("tran_id" to tranId, "issuance_ids" to issuanceIds, "reason" to reason),
            { readOutcome(it, ::readMileCancellation) },
        )

    /** What became of a wish to cancel. */
    public suspend fun cancellation(cancellationId: String): MileCancellation =
        port.call("miles.cancellation", jsonOf("cancellation_id" to cancellationId), ::readMileCancellation)

    /** An issue, an issue by hand or a cancel as the journal knows it. */
    public suspend fun task(kind: String, tranId: String): MileTask =
        port.call("miles.task", jsonOf("kind" to kind, "tran_id" to tranId), ::readMileTask)

    /** Tasks of one kind in some phases. */
    public suspend fun tasks(
        kind: String,
        phases: List<String> = emptyList(),
        after: String? = null,
        limit: Long = 100,
    ): MileTasks =
        port.call(
            "miles.tasks",
            jsonOf("kind" to kind, "phases" to phases, "after" to after, "limit" to limit),
            ::readMileTasks,
        )

    /** Tasks that somebody or something still has to act on. */
    public suspend fun unresolved(limit: Long = 100): MileTasks =
        port.call("miles.unresolved", jsonOf("limit" to limit), ::readMileTasks)

    /** Looks after one task now, instead of when it is due. */
    public suspend fun resolve(kind: String, tranId: String): MileTask =
        port.call("miles.resolve", jsonOf("kind" to kind, "tran_id" to tranId), ::readMileTask)

    /** Records what a person found out about a task under review. */
    public suspend fun review(request: TaskReview): MileTask =
        port.call("miles.review", writeTaskReview(request), ::readMileTask)

    /** A campaign of the site. */
    public suspend fun campaign(campaignId: String): CampaignInfo =
        port.call("miles.campaign", jsonOf("campaign_id" to campaignId), ::readCampaignInfo)

    /** A mail as a member gets it. */
    public suspend fun sampleMail(campaignId: String, kind: String, insertedText: String? = null): SampleMailText =
        port.call(
            "miles.sample_mail",
            jsonOf("campaign_id" to campaignId, "kind" to kind, "inserted_text" to insertedText),
            ::readSampleMailText,
        )

    /** A registration by its id. */
    public suspend fun registration(registrationId: String): MileRegistration =
        port.call("miles.registration", jsonOf("registration_id" to registrationId), ::readMileRegistration)

    /** The registration of a tran_id, if there is one. */
    public suspend fun findRegistration(tranId: String): FoundRegistration =
        port.call("miles.find_registration", jsonOf("tran_id" to tranId), ::readFoundRegistration)

    /** Registrations of the site, page by page. */
    public suspend fun registrations(request: RegistrationQuery): RegistrationPage =
        port.call("miles.registrations", writeRegistrationQuery(request), ::readRegistrationPage)

    /** The issued rows of a registration as a file. */
    public suspend fun completedList(registrationId: String): ListFile =
        port.call("miles.completed_list", jsonOf("registration_id" to registrationId), ::readListFile)

    /** The refused rows of a registration as a file. */
    public suspend fun errorList(registrationId: String): ListFile =
        port.call("miles.error_list", jsonOf("registration_id" to registrationId), ::readListFile)

    /** Deletes both lists of a registration for good. */
    public suspend fun deleteLists(registrationId: String): Outcome<Unit> =
        port.call("miles.delete_lists", jsonOf("registration_id" to registrationId), { readOutcome(it, { }) })

    /** Issues of a campaign, page by page. */
    public suspend fun history(request: HistoryQuery): HistoryPage =
        port.call("miles.history", writeHistoryQuery(request), ::readHistoryPage)

    /** What a month costs. */
    public suspend fun bill(month: String): MileBill =
        port.call("miles.bill", jsonOf("month" to month), ::readMileBill)

    /** Makes a mile-get tag, signed or as published. */
    public suspend fun tag(request: TagRequest): TagText =
        port.call("miles.tag", writeTagRequest(request), ::readTagText)

    /** Reads a mile-get tag; one that must be signed is verified. */
    public suspend fun readTag(tag: String, signed: Boolean = false, at: Instant? = null): TagContents =
        port.call(
            "miles.read_tag",
            jsonOf("tag" to tag, "signed" to signed, "at_ms" to at?.toEpochMilli()),
            ::readTagContents,
        )

    /** Checks a file by all rules before anything is sent. */
    public suspend fun checkFile(request: FileCheckRequest): FileCheckReport =
        port.call("miles.check_file", writeFileCheckRequest(request), ::readFileCheckReport)

    /** Issues the miles of a file of any size; called again with the same it goes on where it stopped. */
    public suspend fun issueFile(request: BatchIssueRequest): BatchIssueReport =
        port.call("miles.issue_file", writeBatchIssueRequest(request), ::readBatchIssueReport)

    /** How far a file is that is being issued in this process; asked from another thread. */
    public suspend fun fileProgress(batchId: String): BatchProgressReport =
        port.call("miles.file_progress", jsonOf("batch_id" to batchId), ::readBatchProgressReport)

    /** A file's issue as the journal knows it, from any process. */
    public suspend fun batch(batchId: String): BatchState =
        port.call("miles.batch", jsonOf("batch_id" to batchId), ::readBatchState)

    /** The uploads of a file as the journal knows them. */
    public suspend fun uploads(batchId: String, firstRow: Long, limit: Long = 100): Uploads =
        port.call(
            "miles.uploads",
            jsonOf("batch_id" to batchId, "first_row" to firstRow, "limit" to limit),
            ::readUploads,
        )

    /** Records what a person found out about an upload under review. */
    public suspend fun reviewUpload(request: UploadReview): Upload =
        port.call("miles.review_upload", writeUploadReview(request), ::readUpload)

    /** Uploads of all sites that somebody or something still has to act on. */
    public suspend fun unresolvedUploads(after: UploadRef? = null, limit: Long = 100): Uploads =
        port.call(
            "miles.unresolved_uploads",
            jsonOf("after" to after?.let(::writeUploadRef), "limit" to limit),
            ::readUploads,
        )

    /** Looks after one upload now, instead of when it is due; its rows are not sent. */
    public suspend fun resolveUpload(batchId: String, firstRow: Long): Upload =
        port.call("miles.resolve_upload", jsonOf("batch_id" to batchId, "first_row" to firstRow), ::readUpload)
}

/** Point exchange. */
public class Exchanges internal constructor(private val port: AwaitedPort) {
    /** What points come to, or why they do not fit and which numbers would. */
    public suspend fun convert(rate: RateTerms, points: Long, held: Long? = null): ConversionAnswer =
        port.call(
            "exchange.convert",
            jsonOf("rate" to writeRateTerms(rate), "points" to points, "held" to held),
            ::readConversionAnswer,
        )

    /** What a customer can exchange at least and at most. */
    public suspend fun offer(rate: RateTerms, held: Long): ExchangeOfferAnswer =
        port.call("exchange.offer", jsonOf("rate" to writeRateTerms(rate), "held" to held), ::readExchangeOfferAnswer)

    /** The rate at which points keep their value. */
    public suspend fun equalValue(yen: Long, points: Long): RateTerms =
        port.call("exchange.equal_value", jsonOf("yen" to yen, "points" to points), ::readRateTerms)

    /** Whether somebody can get miles. */
    public suspend fun applicant(mail: String): ApplicantAnswer =
        port.call("exchange.applicant", jsonOf("mail" to mail), ::readApplicantAnswer)

    /** Records an exchange; then the shop takes the points. */
    public suspend fun begin(request: ExchangeRequest): Exchange =
        port.call("exchange.begin", writeExchangeRequest(request), ::readExchange)

    /** Records that the points are taken. */
    public suspend fun debited(tranId: String): Exchange =
        port.call("exchange.debited", jsonOf("tran_id" to tranId), ::readExchange)

    /** Records that the points could not be taken. */
    public suspend fun notDebited(tranId: String): Exchange =
        port.call("exchange.not_debited", jsonOf("tran_id" to tranId), ::readExchange)

    /** Has the miles issued; asked again it never issues twice. */
    public suspend fun issue(tranId: String): Outcome<ExchangedMiles> =
        port.call("exchange.issue", jsonOf("tran_id" to tranId), { readOutcome(it, ::readExchangedMiles) })

    /** Records that the points of a refused exchange are given back. */
    public suspend fun creditedBack(tranId: String): Exchange =
        port.call("exchange.credited_back", jsonOf("tran_id" to tranId), ::readExchange)

    /** The exchange with this id. */
    public suspend fun get(tranId: String): Exchange =
        port.call("exchange.get", jsonOf("tran_id" to tranId), ::readExchange)

    /** Exchanges in some phases. */
    public suspend fun list(
        phases: List<String> = emptyList(),
        after: String? = null,
        limit: Long = 100,
    ): ExchangeList =
        port.call("exchange.list", jsonOf("phases" to phases, "after" to after, "limit" to limit), ::readExchangeList)

    /** Exchanges that somebody or something still has to act on. */
    public suspend fun unresolved(limit: Long = 100): ExchangeList =
        port.call("exchange.unresolved", jsonOf("limit" to limit), ::readExchangeList)

    /** Looks after one exchange now, instead of when it is due. */
    public suspend fun resolve(tranId: String): Exchange =
        port.call("exchange.resolve", jsonOf("tran_id" to tranId), ::readExchange)

    /** Records what a person found out about an exchange under review. */
    public suspend fun review(tranId: String, verdict: String, issued: ExchangedMiles? = null): Exchange =
        port.call(
            "exchange.review",
            jsonOf("tran_id" to tranId, "verdict" to verdict, "issued" to issued?.let(::writeExchangedMiles)),
            ::readExchange,
        )

    /** Writes upload files of at most 10,000 rows (flow 2). */
    public suspend fun files(siteId: String, at: Instant, rows: List<ExchangeFileRow>): ExchangeFiles =
        port.call(
            "exchange.files",
            jsonOf("site_id" to siteId, "at_ms" to at.toEpochMilli(), "rows" to rows.map(::writeExchangeFileRow)),
            ::readExchangeFiles,
        )

    /** Says of every row of an upload file what became of it. */
    public suspend fun settle(sent: ByteArray, result: ByteArray): SettledFile =
        port.call("exchange.settle", jsonOf("sent" to sent, "result" to result), ::readSettledFile)

    /** Writes the files that NetMile fetches (flow 3). */
    public suspend fun dropWrite(siteId: String, runAt: Instant, rows: List<ExchangeFileRow>): DropFiles =
        port.call(
            "exchange.drop_write",
            jsonOf(
                "site_id" to siteId,
                "run_at_ms" to runAt.toEpochMilli(),
                "rows" to rows.map(::writeExchangeFileRow),
            ),
            ::readDropFiles,
        )

    /** Answers a request of NetMile to the shop's drop; the shop keeps the files. */
    public suspend fun dropHandle(request: DropHandleRequest): DropHandleAnswer =
        port.call("exchange.drop_handle", writeDropHandleRequest(request), ::readDropHandleAnswer)

    /** What became of a run of the drop, if its result is there. */
    public suspend fun dropSettled(name: String, files: List<DropFileEntry>): DropSettleAnswer =
        port.call(
            "exchange.drop_settled",
            jsonOf("name" to name, "files" to files.map(::writeDropFileEntry)),
            ::readDropSettleAnswer,
        )
}

/** Methods and codes as data. */
public class Catalogue internal constructor(private val port: AwaitedPort) {
    /** The payment methods of the client's contract, with limits and what is offered. */
    public suspend fun methods(): MethodList =
        port.call("catalogue.methods", emptyMap(), ::readMethodList)

    /** What is known about a code of the API type. */
    public suspend fun apiCode(code: String): ApiCodeEntry =
        port.call("catalogue.api_code", jsonOf("code" to code), ::readApiCodeEntry)

    /** What is known about a code of one of NetMile's tables. */
    public suspend fun mileCode(table: String, code: String): MileCodeEntry =
        port.call("catalogue.mile_code", jsonOf("table" to table, "code" to code), ::readMileCodeEntry)

    /** Every code of NetMile's tables that is known. */
    public suspend fun mileCodes(): MileCodeCatalogue =
        port.call("catalogue.mile_codes", emptyMap(), ::readMileCodeCatalogue)
}
