// Made by generate.py from ffi/manifest.json; do not edit.

package netmile.conformance

import netmile.*
import netmile.internal.*

/** The method of every operation, called with what is in JSON, its answer as JSON. */
internal object Calls {
    /** What the newest call gave. */
    var last: Any? = null

    private fun <T> kept(value: T): T = value.also { last = it }

    val fields: Map<String, Set<String>> = mapOf(
        "checkout.start" to setOf("purchase_id", "cust_code", "item_id", "amount", "urls", "terminal", "item_name", "tax", "billing", "pay_methods", "camp_type", "last_charge_month", "free", "free_csv", "rows"),
        "checkout.render" to setOf("purchase_id"),
        "checkout.give_up" to setOf("purchase_id"),
        "notice.handle" to setOf("body", "content_type"),
        "notice.inspect" to setOf("body", "content_type"),
        "notice.refuse" to setOf("body", "content_type", "reason"),
        "return.read" to setOf("by", "body", "content_type"),
        "events.next" to setOf("limit"),
        "events.ack" to setOf("id"),
        "purchase.get" to setOf("purchase_id"),
        "purchase.by_order" to setOf("order_id"),
        "purchase.list" to setOf("phases", "after", "limit"),
        "purchase.unresolved" to setOf("limit"),
        "purchase.resolve" to setOf(),
        "purchase.review" to setOf("purchase_id", "paid", "order_id", "tracking_id"),
        "purchase.accept_late" to setOf("purchase_id"),
        "purchase.evidence" to setOf("limit"),
        "refund.request" to setOf("purchase_id", "reason", "tracking_id"),
        "refund.confirm" to setOf("purchase_id", "tracking_id", "evidence"),
        "refund.withdraw" to setOf("purchase_id", "tracking_id"),
        "subscription.start" to setOf("purchase_id", "cust_code", "item_id", "amount", "urls", "terminal", "item_name", "tax", "billing", "pay_methods", "camp_type", "last_charge_month", "free", "free_csv", "rows"),
        "subscription.apply" to setOf("purchase_id", "cust_code", "item_id", "pay_methods", "urls", "terminal", "item_name", "free"),
        "subscription.end" to setOf("purchase_id"),
        "registration.register" to setOf("cust_code", "pay_methods", "urls", "terminal", "sps_cust_no", "sps_payment_no", "free", "free_csv"),
        "registration.delete" to setOf("cust_code", "pay_methods", "urls", "terminal", "sps_cust_no", "sps_payment_no", "free", "free_csv"),
        "registration.notice" to setOf("body", "content_type"),
        "registration.returned" to setOf("body", "content_type"),
        "link.sign_purchase" to setOf("request", "order_id", "at"),
        "link.sign_recurring" to setOf("request", "order_id", "at"),
        "link.sign_registration" to setOf("request", "delete", "at"),
        "link.verify" to setOf("kind", "body", "content_type"),
        "hash.explain" to setOf("message", "fields", "claimed"),
        "catalogue.errors" to setOf(),
        "catalogue.code" to setOf("code"),
        "catalogue.codes" to setOf(),
        "registration.check" to setOf("body", "content_type", "returned", "asked", "request_dates"),
        "payment.charge" to setOf("id", "method", "amount", "cust_code", "item_id", "item_name", "terminal", "tax", "free", "rows", "token", "stored_customer", "member", "slip", "fields", "contract", "return_customer_info", "camp_type"),
        "payment.capture" to setOf("id", "amount"),
        "payment.refund" to setOf("id"),
        "payment.refund_part" to setOf("id", "name", "amount"),
        "payment.get" to setOf("id"),
        "payment.list" to setOf("phases", "after", "limit"),
        "payment.unresolved" to setOf("limit"),
        "payment.resolve" to setOf("id"),
        "payment.inquire" to setOf("id"),
        "payment.notice" to setOf("body"),
        "payment.review" to setOf("id", "verdict", "tracking_id"),
        "payment.raw" to setOf("id", "method", "function", "fields"),
        "payment.raw_unresolved" to setOf("limit"),
        "payment.raw_review" to setOf("id", "verdict"),
        "payment.balance" to setOf("method", "member"),
        "payment.customer_data" to setOf("method", "cust_code", "action", "token", "token_key"),
        "subscription.apply_by_api" to setOf("id", "method", "amount", "cust_code", "item_id", "item_name", "terminal", "tax", "free", "rows", "token", "stored_customer", "member", "slip", "fields", "contract", "return_customer_info", "camp_type"),
        "subscription.adopt" to setOf("id", "method", "tracking_id", "cust_code", "item_id", "item_name", "amount", "schedule"),
        "subscription.adopt_purchase" to setOf("purchase_id", "id", "method", "amount", "schedule"),
        "subscription.adopt_simple" to setOf("id", "method", "tracking_id", "cust_code", "item_id", "item_name", "amount", "terminal"),
        "subscription.adopt_simple_purchase" to setOf("purchase_id", "id", "method"),
        "subscription.bill" to setOf("id", "period", "amount"),
        "subscription.bill_again" to setOf("id", "period"),
        "subscription.due" to setOf(),
        "subscription.bill_due" to setOf("contract_amount", "amounts"),
        "subscription.periods" to setOf("id"),
        "subscription.end_by_api" to setOf("id"),
        "subscription.refund_month" to setOf("id", "month"),
        "settlement.read" to setOf("file", "path", "month", "from", "until", "profile", "terms"),
        "settlement.reconcile" to setOf("file", "path", "month", "from", "until", "profile", "terms"),
        "settlement.repair" to setOf("statement", "steps"),
        "member.verify" to setOf("mail", "user_id"),
        "member.info" to setOf("user_id"),
        "member.passbook" to setOf("user_id"),
        "miles.issue" to setOf("tran_id", "campaign_id", "user", "designated_key", "miles", "settings"),
        "miles.issue_by_hand" to setOf("tran_id", "campaign_id", "rows", "settings"),
        "miles.cancel" to setOf("tran_id", "issuance_ids", "reason"),
        "miles.cancellation" to setOf("cancellation_id"),
        "miles.task" to setOf("kind", "tran_id"),
        "miles.tasks" to setOf("kind", "phases", "after", "limit"),
        "miles.unresolved" to setOf("limit"),
        "miles.resolve" to setOf("kind", "tran_id"),
        "miles.review" to setOf("kind", "tran_id", "verdict", "issued", "by_hand", "cancellation"),
        "miles.campaign" to setOf("campaign_id"),
        "miles.sample_mail" to setOf("campaign_id", "kind", "inserted_text"),
        "miles.registration" to setOf("registration_id"),
        "miles.find_registration" to setOf("tran_id"),
        "miles.registrations" to setOf("campaign_id", "registration_id", "kind", "from", "to", "page"),
        "miles.completed_list" to setOf("registration_id"),
        "miles.error_list" to setOf("registration_id"),
        "miles.delete_lists" to setOf("registration_id"),
        "miles.history" to setOf("campaign_id", "designated_key", "from", "to", "miles_from", "miles_to", "state", "order", "page"),
        "miles.bill" to setOf("month"),
        "miles.tag" to setOf("site_id", "campaign_id", "rule", "miles", "designated_key", "tran_id", "expires_at_ms", "origin"),
        "miles.read_tag" to setOf("tag", "signed", "at_ms"),
        "miles.check_file" to setOf("kind", "file", "path", "rule", "any_size", "carrier_domains"),
        "miles.issue_file" to setOf("batch_id", "campaign_id", "kind", "path", "faults_path", "refused_path", "settings", "rule", "file_name", "notify", "rows_per_upload", "leave_out_faulty", "carrier_domains"),
        "miles.file_progress" to setOf("batch_id"),
        "miles.batch" to setOf("batch_id"),
        "miles.unresolved_batches" to setOf("after", "limit"),
        "miles.uploads" to setOf("batch_id", "first_row", "limit"),
        "miles.review_upload" to setOf("batch_id", "first_row", "verdict", "refused", "miles_refused"),
        "miles.unresolved_uploads" to setOf("after", "limit"),
        "miles.resolve_upload" to setOf("batch_id", "first_row"),
        "exchange.convert" to setOf("rate", "points", "held"),
        "exchange.offer" to setOf("rate", "held"),
        "exchange.equal_value" to setOf("yen", "points"),
        "exchange.applicant" to setOf("mail"),
        "exchange.begin" to setOf("tran_id", "user", "designated_key", "points", "rate"),
        "exchange.debited" to setOf("tran_id"),
        "exchange.not_debited" to setOf("tran_id"),
        "exchange.issue" to setOf("tran_id"),
        "exchange.credited_back" to setOf("tran_id"),
        "exchange.get" to setOf("tran_id"),
        "exchange.list" to setOf("phases", "after", "limit"),
        "exchange.unresolved" to setOf("limit"),
        "exchange.resolve" to setOf("tran_id"),
        "exchange.review" to setOf("tran_id", "verdict", "issued"),
        "exchange.files" to setOf("site_id", "at_ms", "rows"),
        "exchange.settle" to setOf("sent", "result"),
        "exchange.drop_write" to setOf("site_id", "run_at_ms", "rows"),
        "exchange.drop_handle" to setOf("site_id", "base_path", "allow", "user", "password", "method", "path", "peer_ip", "authorization", "body", "files"),
        "exchange.drop_settled" to setOf("name", "files"),
        "client.resolve" to setOf(),
        "client.recover" to setOf(),
        "catalogue.methods" to setOf(),
        "catalogue.api_code" to setOf("code"),
        "catalogue.mile_code" to setOf("table", "code"),
        "catalogue.mile_codes" to setOf(),
    )

    fun blocking(client: BlockingClient, operation: String, from: Fields): Json = when (operation) {
        "checkout.start" -> writeCheckout(kept(client.checkout.start(readPurchaseRequest(from))))
        "checkout.render" -> writeCheckout(kept(client.checkout.render(from.string("purchase_id"))))
        "checkout.give_up" -> writePurchase(kept(client.checkout.giveUp(from.string("purchase_id"))))
        "notice.handle" -> writeNoticeAnswer(kept(client.notices.handle(from.bytes("body"), from.stringOrNull("content_type"))))
        "notice.inspect" -> writeNoticeView(kept(client.notices.inspect(from.bytes("body"), from.stringOrNull("content_type"))))
        "notice.refuse" -> writeNoticeAnswer(kept(client.notices.refuse(from.bytes("body"), from.string("reason"), from.stringOrNull("content_type"))))
        "return.read" -> writeBrowserReturn(kept(client.returns.read(ReturnedBy.of(from.string("by")), from.bytes("body"), from.stringOrNull("content_type"))))
        "events.next" -> jsonOf("deliveries" to kept(client.events.next(from.longOrNull("limit") ?: 100)).map(::writeEvent))
        "events.ack" -> jsonOf("acknowledged" to kept(client.events.ack(from.long("id"))))
        "purchase.get" -> writePurchase(kept(client.purchases.get(from.string("purchase_id"))))
        "purchase.by_order" -> writePurchase(kept(client.purchases.byOrder(from.string("order_id"))))
        "purchase.list" -> jsonOf("purchases" to kept(client.purchases.list(from.strings("phases").map(Phase::of), from.stringOrNull("after"), from.longOrNull("limit") ?: 100)).map(::writePurchase))
        "purchase.unresolved" -> jsonOf("purchases" to kept(client.purchases.unresolved(from.longOrNull("limit") ?: 100)).map(::writePurchase))
        "purchase.resolve" -> jsonOf("purchases" to kept(client.purchases.resolve()).map(::writePurchase))
        "purchase.review" -> writePurchase(
            kept(
                if (from.boolean("paid")) client.purchases.reviewPaid(
                    from.string("purchase_id"), from.string("order_id"), from.string("tracking_id"),
                ) else client.purchases.reviewNotPaid(from.string("purchase_id")),
            ),
        )
        "purchase.accept_late" -> writePurchase(kept(client.purchases.acceptLate(from.string("purchase_id"))))
        "purchase.evidence" -> jsonOf("evidence" to kept(client.purchases.evidence(from.longOrNull("limit") ?: 100)).map(::writeEvidence))
        "refund.request" -> writeRefundTicket(kept(client.refunds.request(from.string("purchase_id"), from.string("reason"), from.stringOrNull("tracking_id"))))
        "refund.confirm" -> writePurchase(kept(client.refunds.confirm(from.string("purchase_id"), from.string("tracking_id"), from.record("evidence", ::readRefundEvidence))))
        "refund.withdraw" -> writePurchase(kept(client.refunds.withdraw(from.string("purchase_id"), from.string("tracking_id"))))
        "subscription.start" -> writeCheckout(kept(client.subscriptions.start(readPurchaseRequest(from))))
        "subscription.apply" -> writeCheckout(kept(client.subscriptions.apply(readRecurringRequest(from))))
        "subscription.end" -> writeCheckout(kept(client.subscriptions.end(from.string("purchase_id"))))
        "registration.register" -> writeSignedForm(kept(client.registrations.register(readRegistrationRequest(from))))
        "registration.delete" -> writeSignedForm(kept(client.registrations.delete(readRegistrationRequest(from))))
        "registration.notice" -> writeRegistrationResult(kept(client.registrations.notice(from.bytes("body"), from.stringOrNull("content_type"))))
        "registration.returned" -> writeRegistrationResult(kept(client.registrations.returned(from.bytes("body"), from.stringOrNull("content_type"))))
        "link.sign_purchase" -> writeSignedForm(kept(client.link.signPurchase(from.record("request", ::readPurchaseRequest), from.string("order_id"), from.string("at"))))
        "link.sign_recurring" -> writeSignedForm(kept(client.link.signRecurring(from.record("request", ::readRecurringRequest), from.string("order_id"), from.string("at"))))
        "link.sign_registration" -> writeSignedForm(kept(client.link.signRegistration(from.record("request", ::readRegistrationRequest), from.string("at"), from.booleanOrNull("delete") ?: false)))
        "link.verify" -> writeMessage(kept(client.link.verify(MessageKind.of(from.string("kind")), from.bytes("body"), from.stringOrNull("content_type"))))
        "hash.explain" -> writeHashExplanation(kept(client.explainHash(from.string("message"), from.list("fields", ::readFormField), from.string("claimed"))))
        "catalogue.errors" -> jsonOf("errors" to kept(client.errorCatalogue()).map(::writeErrorEntry))
        "catalogue.code" -> writeCodeEntry(kept(client.code(from.string("code"))))
        "catalogue.codes" -> jsonOf("codes" to kept(client.codeCatalogue()).map(::writeCodeEntry))
        "registration.check" -> writeRegistrationResult(kept(client.registrations.check(readRegistrationCheck(from))))
        "payment.charge" -> writeChargeOutcome(kept(client.payments.charge(readChargeRequest(from))))
        "payment.capture" -> writeChargeOutcome(kept(client.payments.capture(from.string("id"), from.longOrNull("amount"))))
        "payment.refund" -> writeChargeOutcome(kept(client.payments.refund(from.string("id"))))
        "payment.refund_part" -> writeChargeOutcome(kept(client.payments.refundPart(from.string("id"), from.string("name"), from.long("amount"))))
        "payment.get" -> writeCharge(kept(client.payments.get(from.string("id"))))
        "payment.list" -> writeCharges(kept(client.payments.list(from.strings("phases"), from.stringOrNull("after"), from.longOrNull("limit") ?: 100)))
        "payment.unresolved" -> writeCharges(kept(client.payments.unresolved(from.longOrNull("limit") ?: 100)))
        "payment.resolve" -> writeCharge(kept(client.payments.resolve(from.string("id"))))
        "payment.inquire" -> writeInquiryAnswer(kept(client.payments.inquire(from.string("id"))))
        "payment.notice" -> writeXmlNoticeAnswer(kept(client.payments.notice(from.bytes("body"))))
        "payment.review" -> writeCharge(kept(client.payments.review(from.string("id"), from.string("verdict"), from.stringOrNull("tracking_id"))))
        "payment.raw" -> writeRawOutcome(kept(client.payments.raw(from.string("id"), from.string("method"), from.string("function"), from.list("fields", ::readRawField))))
        "payment.raw_unresolved" -> writeIds(kept(client.payments.rawUnresolved(from.longOrNull("limit") ?: 100)))
        "payment.raw_review" -> writeRawReview(kept(client.payments.rawReview(from.string("id"), from.string("verdict"))))
        "payment.balance" -> writeBalance(kept(client.payments.balance(from.string("method"), from.string("member"))))
        "payment.customer_data" -> writeCustomerDataOutcome(kept(client.payments.customerData(readCustomerDataRequest(from))))
        "subscription.apply_by_api" -> writeChargeOutcome(kept(client.subscriptions.applyByApi(readChargeRequest(from))))
        "subscription.adopt" -> writeCharge(kept(client.subscriptions.adopt(readAdoptRequest(from))))
        "subscription.adopt_purchase" -> writeCharge(kept(client.subscriptions.adoptPurchase(readAdoptPurchaseRequest(from))))
        "subscription.adopt_simple" -> writeCharge(kept(client.subscriptions.adoptSimple(readAdoptSimpleRequest(from))))
        "subscription.adopt_simple_purchase" -> writeCharge(kept(client.subscriptions.adoptSimplePurchase(from.string("purchase_id"), from.string("id"), from.string("method"))))
        "subscription.bill" -> writeChargeOutcome(kept(client.subscriptions.bill(from.string("id"), from.string("period"), from.long("amount"))))
        "subscription.bill_again" -> writeChargeOutcome(kept(client.subscriptions.billAgain(from.string("id"), from.string("period"))))
        "subscription.due" -> writeDuePeriods(kept(client.subscriptions.due()))
        "subscription.bill_due" -> writeBilledPeriods(kept(client.subscriptions.billDue(from.booleanOrNull("contract_amount") ?: false, from.list("amounts", ::readPeriodAmount))))
        "subscription.periods" -> writeCharges(kept(client.subscriptions.periods(from.string("id"))))
        "subscription.end_by_api" -> writeChargeOutcome(kept(client.subscriptions.endByApi(from.string("id"))))
        "subscription.refund_month" -> writeChargeOutcome(kept(client.subscriptions.refundMonth(from.string("id"), from.string("month"))))
        "settlement.read" -> writeStatementSummary(kept(client.settlement.read(readStatementRequest(from))))
        "settlement.reconcile" -> writeReconciliationReport(kept(client.settlement.reconcile(readStatementRequest(from))))
        "settlement.repair" -> writeRepairReport(kept(client.settlement.repair(from.record("statement", ::readStatementRequest), from.stringsOrNull("steps"))))
        "member.verify" -> writeMembershipAnswer(kept(client.members.verify(from.stringOrNull("mail"), from.stringOrNull("user_id"))))
        "member.info" -> writeMemberInfo(kept(client.members.info(from.string("user_id"))))
        "member.passbook" -> writePassbookAnswer(kept(client.members.passbook(from.string("user_id"))))
        "miles.issue" -> writeIssueOutcome(kept(client.miles.issue(readIssueRequest(from))))
        "miles.issue_by_hand" -> writeHandIssueOutcome(kept(client.miles.issueByHand(from.string("tran_id"), from.string("campaign_id"), from.list("rows", ::readHandRow), from.recordOrNull("settings", ::readIssueSettings))))
        "miles.cancel" -> writeMileCancelOutcome(kept(client.miles.cancel(from.string("tran_id"), from.strings("issuance_ids"), from.string("reason"))))
        "miles.cancellation" -> writeMileCancellation(kept(client.miles.cancellation(from.string("cancellation_id"))))
        "miles.task" -> writeMileTask(kept(client.miles.task(from.string("kind"), from.string("tran_id"))))
        "miles.tasks" -> writeMileTasks(kept(client.miles.tasks(from.string("kind"), from.strings("phases"), from.stringOrNull("after"), from.longOrNull("limit") ?: 100)))
        "miles.unresolved" -> writeMileTasks(kept(client.miles.unresolved(from.longOrNull("limit") ?: 100)))
        "miles.resolve" -> writeMileTask(kept(client.miles.resolve(from.string("kind"), from.string("tran_id"))))
        "miles.review" -> writeMileTask(kept(client.miles.review(readTaskReview(from))))
        "miles.campaign" -> writeCampaignInfo(kept(client.miles.campaign(from.string("campaign_id"))))
        "miles.sample_mail" -> writeSampleMailText(kept(client.miles.sampleMail(from.string("campaign_id"), from.string("kind"), from.stringOrNull("inserted_text"))))
        "miles.registration" -> writeMileRegistration(kept(client.miles.registration(from.string("registration_id"))))
        "miles.find_registration" -> writeFoundRegistration(kept(client.miles.findRegistration(from.string("tran_id"))))
        "miles.registrations" -> writeRegistrationPage(kept(client.miles.registrations(readRegistrationQuery(from))))
        "miles.completed_list" -> writeListFile(kept(client.miles.completedList(from.string("registration_id"))))
        "miles.error_list" -> writeListFile(kept(client.miles.errorList(from.string("registration_id"))))
        "miles.delete_lists" -> writeDeletionOutcome(kept(client.miles.deleteLists(from.string("registration_id"))))
        "miles.history" -> writeHistoryPage(kept(client.miles.history(readHistoryQuery(from))))
        "miles.bill" -> writeMileBill(kept(client.miles.bill(from.string("month"))))
        "miles.tag" -> writeTagText(kept(client.miles.tag(readTagRequest(from))))
        "miles.read_tag" -> writeTagContents(kept(client.miles.readTag(from.string("tag"), from.booleanOrNull("signed") ?: false, from.instantOrNull("at_ms"))))
        "miles.check_file" -> writeFileCheckReport(kept(client.miles.checkFile(readFileCheckRequest(from))))
        "miles.issue_file" -> writeBatchIssueReport(kept(client.miles.issueFile(readBatchIssueRequest(from))))
        "miles.file_progress" -> writeBatchProgressReport(kept(client.miles.fileProgress(from.string("batch_id"))))
        "miles.batch" -> writeBatchState(kept(client.miles.batch(from.string("batch_id"))))
        "miles.unresolved_batches" -> writeBatches(kept(client.miles.unresolvedBatches(from.recordOrNull("after", ::readBatchRef), from.longOrNull("limit") ?: 100)))
        "miles.uploads" -> writeUploads(kept(client.miles.uploads(from.string("batch_id"), from.long("first_row"), from.longOrNull("limit") ?: 100)))
        "miles.review_upload" -> writeUpload(kept(client.miles.reviewUpload(readUploadReview(from))))
        "miles.unresolved_uploads" -> writeUploads(kept(client.miles.unresolvedUploads(from.recordOrNull("after", ::readUploadRef), from.longOrNull("limit") ?: 100)))
        "miles.resolve_upload" -> writeUpload(kept(client.miles.resolveUpload(from.string("batch_id"), from.long("first_row"))))
        "exchange.convert" -> writeConversionAnswer(kept(client.exchanges.convert(from.record("rate", ::readRateTerms), from.long("points"), from.longOrNull("held"))))
        "exchange.offer" -> writeExchangeOfferAnswer(kept(client.exchanges.offer(from.record("rate", ::readRateTerms), from.long("held"))))
        "exchange.equal_value" -> writeRateTerms(kept(client.exchanges.equalValue(from.long("yen"), from.long("points"))))
        "exchange.applicant" -> writeApplicantAnswer(kept(client.exchanges.applicant(from.string("mail"))))
        "exchange.begin" -> writeExchange(kept(client.exchanges.begin(readExchangeRequest(from))))
        "exchange.debited" -> writeExchange(kept(client.exchanges.debited(from.string("tran_id"))))
        "exchange.not_debited" -> writeExchange(kept(client.exchanges.notDebited(from.string("tran_id"))))
        "exchange.issue" -> writeExchangeOutcome(kept(client.exchanges.issue(from.string("tran_id"))))
        "exchange.credited_back" -> writeExchange(kept(client.exchanges.creditedBack(from.string("tran_id"))))
        "exchange.get" -> writeExchange(kept(client.exchanges.get(from.string("tran_id"))))
        "exchange.list" -> writeExchangeList(kept(client.exchanges.list(from.strings("phases"), from.stringOrNull("after"), from.longOrNull("limit") ?: 100)))
        "exchange.unresolved" -> writeExchangeList(kept(client.exchanges.unresolved(from.longOrNull("limit") ?: 100)))
        "exchange.resolve" -> writeExchange(kept(client.exchanges.resolve(from.string("tran_id"))))
        "exchange.review" -> writeExchange(kept(client.exchanges.review(from.string("tran_id"), from.string("verdict"), from.recordOrNull("issued", ::readExchangedMiles))))
        "exchange.files" -> writeExchangeFiles(kept(client.exchanges.files(from.string("site_id"), from.instant("at_ms"), from.list("rows", ::readExchangeFileRow))))
        "exchange.settle" -> writeSettledFile(kept(client.exchanges.settle(from.bytes("sent"), from.bytes("result"))))
        "exchange.drop_write" -> writeDropFiles(kept(client.exchanges.dropWrite(from.string("site_id"), from.instant("run_at_ms"), from.list("rows", ::readExchangeFileRow))))
        "exchange.drop_handle" -> writeDropHandleAnswer(kept(client.exchanges.dropHandle(readDropHandleRequest(from))))
        "exchange.drop_settled" -> writeDropSettleAnswer(kept(client.exchanges.dropSettled(from.string("name"), from.list("files", ::readDropFileEntry))))
        "client.resolve" -> writeResolvedAll(kept(client.resolve()))
        "client.recover" -> writeRecoveredAll(kept(client.recover()))
        "catalogue.methods" -> writeMethodList(kept(client.catalogue.methods()))
        "catalogue.api_code" -> writeApiCodeEntry(kept(client.catalogue.apiCode(from.string("code"))))
        "catalogue.mile_code" -> writeMileCodeEntry(kept(client.catalogue.mileCode(from.string("table"), from.string("code"))))
        "catalogue.mile_codes" -> writeMileCodeCatalogue(kept(client.catalogue.mileCodes()))
        else -> throw NoSuchElementException(operation)
    }

    suspend fun awaited(client: Client, operation: String, from: Fields): Json = when (operation) {
        "checkout.start" -> writeCheckout(kept(client.checkout.start(readPurchaseRequest(from))))
        "checkout.render" -> writeCheckout(kept(client.checkout.render(from.string("purchase_id"))))
        "checkout.give_up" -> writePurchase(kept(client.checkout.giveUp(from.string("purchase_id"))))
        "notice.handle" -> writeNoticeAnswer(kept(client.notices.handle(from.bytes("body"), from.stringOrNull("content_type"))))
        "notice.inspect" -> writeNoticeView(kept(client.notices.inspect(from.bytes("body"), from.stringOrNull("content_type"))))
        "notice.refuse" -> writeNoticeAnswer(kept(client.notices.refuse(from.bytes("body"), from.string("reason"), from.stringOrNull("content_type"))))
        "return.read" -> writeBrowserReturn(kept(client.returns.read(ReturnedBy.of(from.string("by")), from.bytes("body"), from.stringOrNull("content_type"))))
        "events.next" -> jsonOf("deliveries" to kept(client.events.next(from.longOrNull("limit") ?: 100)).map(::writeEvent))
        "events.ack" -> jsonOf("acknowledged" to kept(client.events.ack(from.long("id"))))
        "purchase.get" -> writePurchase(kept(client.purchases.get(from.string("purchase_id"))))
        "purchase.by_order" -> writePurchase(kept(client.purchases.byOrder(from.string("order_id"))))
        "purchase.list" -> jsonOf("purchases" to kept(client.purchases.list(from.strings("phases").map(Phase::of), from.stringOrNull("after"), from.longOrNull("limit") ?: 100)).map(::writePurchase))
        "purchase.unresolved" -> jsonOf("purchases" to kept(client.purchases.unresolved(from.longOrNull("limit") ?: 100)).map(::writePurchase))
        "purchase.resolve" -> jsonOf("purchases" to kept(client.purchases.resolve()).map(::writePurchase))
        "purchase.review" -> writePurchase(
            kept(
                if (from.boolean("paid")) client.purchases.reviewPaid(
                    from.string("purchase_id"), from.string("order_id"), from.string("tracking_id"),
                ) else client.purchases.reviewNotPaid(from.string("purchase_id")),
            ),
        )
        "purchase.accept_late" -> writePurchase(kept(client.purchases.acceptLate(from.string("purchase_id"))))
        "purchase.evidence" -> jsonOf("evidence" to kept(client.purchases.evidence(from.longOrNull("limit") ?: 100)).map(::writeEvidence))
        "refund.request" -> writeRefundTicket(kept(client.refunds.request(from.string("purchase_id"), from.string("reason"), from.stringOrNull("tracking_id"))))
        "refund.confirm" -> writePurchase(kept(client.refunds.confirm(from.string("purchase_id"), from.string("tracking_id"), from.record("evidence", ::readRefundEvidence))))
        "refund.withdraw" -> writePurchase(kept(client.refunds.withdraw(from.string("purchase_id"), from.string("tracking_id"))))
        "subscription.start" -> writeCheckout(kept(client.subscriptions.start(readPurchaseRequest(from))))
        "subscription.apply" -> writeCheckout(kept(client.subscriptions.apply(readRecurringRequest(from))))
        "subscription.end" -> writeCheckout(kept(client.subscriptions.end(from.string("purchase_id"))))
        "registration.register" -> writeSignedForm(kept(client.registrations.register(readRegistrationRequest(from))))
        "registration.delete" -> writeSignedForm(kept(client.registrations.delete(readRegistrationRequest(from))))
        "registration.notice" -> writeRegistrationResult(kept(client.registrations.notice(from.bytes("body"), from.stringOrNull("content_type"))))
        "registration.returned" -> writeRegistrationResult(kept(client.registrations.returned(from.bytes("body"), from.stringOrNull("content_type"))))
        "link.sign_purchase" -> writeSignedForm(kept(client.link.signPurchase(from.record("request", ::readPurchaseRequest), from.string("order_id"), from.string("at"))))
        "link.sign_recurring" -> writeSignedForm(kept(client.link.signRecurring(from.record("request", ::readRecurringRequest), from.string("order_id"), from.string("at"))))
        "link.sign_registration" -> writeSignedForm(kept(client.link.signRegistration(from.record("request", ::readRegistrationRequest), from.string("at"), from.booleanOrNull("delete") ?: false)))
        "link.verify" -> writeMessage(kept(client.link.verify(MessageKind.of(from.string("kind")), from.bytes("body"), from.stringOrNull("content_type"))))
        "hash.explain" -> writeHashExplanation(kept(client.explainHash(from.string("message"), from.list("fields", ::readFormField), from.string("claimed"))))
        "catalogue.errors" -> jsonOf("errors" to kept(client.errorCatalogue()).map(::writeErrorEntry))
        "catalogue.code" -> writeCodeEntry(kept(client.code(from.string("code"))))
        "catalogue.codes" -> jsonOf("codes" to kept(client.codeCatalogue()).map(::writeCodeEntry))
        "registration.check" -> writeRegistrationResult(kept(client.registrations.check(readRegistrationCheck(from))))
        "payment.charge" -> writeChargeOutcome(kept(client.payments.charge(readChargeRequest(from))))
        "payment.capture" -> writeChargeOutcome(kept(client.payments.capture(from.string("id"), from.longOrNull("amount"))))
        "payment.refund" -> writeChargeOutcome(kept(client.payments.refund(from.string("id"))))
        "payment.refund_part" -> writeChargeOutcome(kept(client.payments.refundPart(from.string("id"), from.string("name"), from.long("amount"))))
        "payment.get" -> writeCharge(kept(client.payments.get(from.string("id"))))
        "payment.list" -> writeCharges(kept(client.payments.list(from.strings("phases"), from.stringOrNull("after"), from.longOrNull("limit") ?: 100)))
        "payment.unresolved" -> writeCharges(kept(client.payments.unresolved(from.longOrNull("limit") ?: 100)))
        "payment.resolve" -> writeCharge(kept(client.payments.resolve(from.string("id"))))
        "payment.inquire" -> writeInquiryAnswer(kept(client.payments.inquire(from.string("id"))))
        "payment.notice" -> writeXmlNoticeAnswer(kept(client.payments.notice(from.bytes("body"))))
        "payment.review" -> writeCharge(kept(client.payments.review(from.string("id"), from.string("verdict"), from.stringOrNull("tracking_id"))))
        "payment.raw" -> writeRawOutcome(kept(client.payments.raw(from.string("id"), from.string("method"), from.string("function"), from.list("fields", ::readRawField))))
        "payment.raw_unresolved" -> writeIds(kept(client.payments.rawUnresolved(from.longOrNull("limit") ?: 100)))
        "payment.raw_review" -> writeRawReview(kept(client.payments.rawReview(from.string("id"), from.string("verdict"))))
        "payment.balance" -> writeBalance(kept(client.payments.balance(from.string("method"), from.string("member"))))
        "payment.customer_data" -> writeCustomerDataOutcome(kept(client.payments.customerData(readCustomerDataRequest(from))))
        "subscription.apply_by_api" -> writeChargeOutcome(kept(client.subscriptions.applyByApi(readChargeRequest(from))))
        "subscription.adopt" -> writeCharge(kept(client.subscriptions.adopt(readAdoptRequest(from))))
        "subscription.adopt_purchase" -> writeCharge(kept(client.subscriptions.adoptPurchase(readAdoptPurchaseRequest(from))))
        "subscription.adopt_simple" -> writeCharge(kept(client.subscriptions.adoptSimple(readAdoptSimpleRequest(from))))
        "subscription.adopt_simple_purchase" -> writeCharge(kept(client.subscriptions.adoptSimplePurchase(from.string("purchase_id"), from.string("id"), from.string("method"))))
        "subscription.bill" -> writeChargeOutcome(kept(client.subscriptions.bill(from.string("id"), from.string("period"), from.long("amount"))))
        "subscription.bill_again" -> writeChargeOutcome(kept(client.subscriptions.billAgain(from.string("id"), from.string("period"))))
        "subscription.due" -> writeDuePeriods(kept(client.subscriptions.due()))
        "subscription.bill_due" -> writeBilledPeriods(kept(client.subscriptions.billDue(from.booleanOrNull("contract_amount") ?: false, from.list("amounts", ::readPeriodAmount))))
        "subscription.periods" -> writeCharges(kept(client.subscriptions.periods(from.string("id"))))
        "subscription.end_by_api" -> writeChargeOutcome(kept(client.subscriptions.endByApi(from.string("id"))))
        "subscription.refund_month" -> writeChargeOutcome(kept(client.subscriptions.refundMonth(from.string("id"), from.string("month"))))
        "settlement.read" -> writeStatementSummary(kept(client.settlement.read(readStatementRequest(from))))
        "settlement.reconcile" -> writeReconciliationReport(kept(client.settlement.reconcile(readStatementRequest(from))))
        "settlement.repair" -> writeRepairReport(kept(client.settlement.repair(from.record("statement", ::readStatementRequest), from.stringsOrNull("steps"))))
        "member.verify" -> writeMembershipAnswer(kept(client.members.verify(from.stringOrNull("mail"), from.stringOrNull("user_id"))))
        "member.info" -> writeMemberInfo(kept(client.members.info(from.string("user_id"))))
        "member.passbook" -> writePassbookAnswer(kept(client.members.passbook(from.string("user_id"))))
        "miles.issue" -> writeIssueOutcome(kept(client.miles.issue(readIssueRequest(from))))
        "miles.issue_by_hand" -> writeHandIssueOutcome(kept(client.miles.issueByHand(from.string("tran_id"), from.string("campaign_id"), from.list("rows", ::readHandRow), from.recordOrNull("settings", ::readIssueSettings))))
        "miles.cancel" -> writeMileCancelOutcome(kept(client.miles.cancel(from.string("tran_id"), from.strings("issuance_ids"), from.string("reason"))))
        "miles.cancellation" -> writeMileCancellation(kept(client.miles.cancellation(from.string("cancellation_id"))))
        "miles.task" -> writeMileTask(kept(client.miles.task(from.string("kind"), from.string("tran_id"))))
        "miles.tasks" -> writeMileTasks(kept(client.miles.tasks(from.string("kind"), from.strings("phases"), from.stringOrNull("after"), from.longOrNull("limit") ?: 100)))
        "miles.unresolved" -> writeMileTasks(kept(client.miles.unresolved(from.longOrNull("limit") ?: 100)))
        "miles.resolve" -> writeMileTask(kept(client.miles.resolve(from.string("kind"), from.string("tran_id"))))
        "miles.review" -> writeMileTask(kept(client.miles.review(readTaskReview(from))))
        "miles.campaign" -> writeCampaignInfo(kept(client.miles.campaign(from.string("campaign_id"))))
        "miles.sample_mail" -> writeSampleMailText(kept(client.miles.sampleMail(from.string("campaign_id"), from.string("kind"), from.stringOrNull("inserted_text"))))
        "miles.registration" -> writeMileRegistration(kept(client.miles.registration(from.string("registration_id"))))
        "miles.find_registration" -> writeFoundRegistration(kept(client.miles.findRegistration(from.string("tran_id"))))
        "miles.registrations" -> writeRegistrationPage(kept(client.miles.registrations(readRegistrationQuery(from))))
        "miles.completed_list" -> writeListFile(kept(client.miles.completedList(from.string("registration_id"))))
        "miles.error_list" -> writeListFile(kept(client.miles.errorList(from.string("registration_id"))))
        "miles.delete_lists" -> writeDeletionOutcome(kept(client.miles.deleteLists(from.string("registration_id"))))
        "miles.history" -> writeHistoryPage(kept(client.miles.history(readHistoryQuery(from))))
        "miles.bill" -> writeMileBill(kept(client.miles.bill(from.string("month"))))
        "miles.tag" -> writeTagText(kept(client.miles.tag(readTagRequest(from))))
        "miles.read_tag" -> writeTagContents(kept(client.miles.readTag(from.string("tag"), from.booleanOrNull("signed") ?: false, from.instantOrNull("at_ms"))))
        "miles.check_file" -> writeFileCheckReport(kept(client.miles.checkFile(readFileCheckRequest(from))))
        "miles.issue_file" -> writeBatchIssueReport(kept(client.miles.issueFile(readBatchIssueRequest(from))))
        "miles.file_progress" -> writeBatchProgressReport(kept(client.miles.fileProgress(from.string("batch_id"))))
        "miles.batch" -> writeBatchState(kept(client.miles.batch(from.string("batch_id"))))
        "miles.unresolved_batches" -> writeBatches(kept(client.miles.unresolvedBatches(from.recordOrNull("after", ::readBatchRef), from.longOrNull("limit") ?: 100)))
        "miles.uploads" -> writeUploads(kept(client.miles.uploads(from.string("batch_id"), from.long("first_row"), from.longOrNull("limit") ?: 100)))
        "miles.review_upload" -> writeUpload(kept(client.miles.reviewUpload(readUploadReview(from))))
        "miles.unresolved_uploads" -> writeUploads(kept(client.miles.unresolvedUploads(from.recordOrNull("after", ::readUploadRef), from.longOrNull("limit") ?: 100)))
        "miles.resolve_upload" -> writeUpload(kept(client.miles.resolveUpload(from.string("batch_id"), from.long("first_row"))))
        "exchange.convert" -> writeConversionAnswer(kept(client.exchanges.convert(from.record("rate", ::readRateTerms), from.long("points"), from.longOrNull("held"))))
        "exchange.offer" -> writeExchangeOfferAnswer(kept(client.exchanges.offer(from.record("rate", ::readRateTerms), from.long("held"))))
        "exchange.equal_value" -> writeRateTerms(kept(client.exchanges.equalValue(from.long("yen"), from.long("points"))))
        "exchange.applicant" -> writeApplicantAnswer(kept(client.exchanges.applicant(from.string("mail"))))
        "exchange.begin" -> writeExchange(kept(client.exchanges.begin(readExchangeRequest(from))))
        "exchange.debited" -> writeExchange(kept(client.exchanges.debited(from.string("tran_id"))))
        "exchange.not_debited" -> writeExchange(kept(client.exchanges.notDebited(from.string("tran_id"))))
        "exchange.issue" -> writeExchangeOutcome(kept(client.exchanges.issue(from.string("tran_id"))))
        "exchange.credited_back" -> writeExchange(kept(client.exchanges.creditedBack(from.string("tran_id"))))
        "exchange.get" -> writeExchange(kept(client.exchanges.get(from.string("tran_id"))))
        "exchange.list" -> writeExchangeList(kept(client.exchanges.list(from.strings("phases"), from.stringOrNull("after"), from.longOrNull("limit") ?: 100)))
        "exchange.unresolved" -> writeExchangeList(kept(client.exchanges.unresolved(from.longOrNull("limit") ?: 100)))
        "exchange.resolve" -> writeExchange(kept(client.exchanges.resolve(from.string("tran_id"))))
        "exchange.review" -> writeExchange(kept(client.exchanges.review(from.string("tran_id"), from.string("verdict"), from.recordOrNull("issued", ::readExchangedMiles))))
        "exchange.files" -> writeExchangeFiles(kept(client.exchanges.files(from.string("site_id"), from.instant("at_ms"), from.list("rows", ::readExchangeFileRow))))
        "exchange.settle" -> writeSettledFile(kept(client.exchanges.settle(from.bytes("sent"), from.bytes("result"))))
        "exchange.drop_write" -> writeDropFiles(kept(client.exchanges.dropWrite(from.string("site_id"), from.instant("run_at_ms"), from.list("rows", ::readExchangeFileRow))))
        "exchange.drop_handle" -> writeDropHandleAnswer(kept(client.exchanges.dropHandle(readDropHandleRequest(from))))
        "exchange.drop_settled" -> writeDropSettleAnswer(kept(client.exchanges.dropSettled(from.string("name"), from.list("files", ::readDropFileEntry))))
        "client.resolve" -> writeResolvedAll(kept(client.resolve()))
        "client.recover" -> writeRecoveredAll(kept(client.recover()))
        "catalogue.methods" -> writeMethodList(kept(client.catalogue.methods()))
        "catalogue.api_code" -> writeApiCodeEntry(kept(client.catalogue.apiCode(from.string("code"))))
        "catalogue.mile_code" -> writeMileCodeEntry(kept(client.catalogue.mileCode(from.string("table"), from.string("code"))))
        "catalogue.mile_codes" -> writeMileCodeCatalogue(kept(client.catalogue.mileCodes()))
        else -> throw NoSuchElementException(operation)
    }

    /** The value of a record of the manifest, and the same as JSON; null where methods take its fields one by one. */
    fun held(record: String, from: Fields): Pair<Any, Json>? = when (record) {
        "AdoptPurchaseRequest" -> readAdoptPurchaseRequest(from).let { it to writeAdoptPurchaseRequest(it) }
        "AdoptRequest" -> readAdoptRequest(from).let { it to writeAdoptRequest(it) }
        "AdoptSimpleRequest" -> readAdoptSimpleRequest(from).let { it to writeAdoptSimpleRequest(it) }
        "ApiCodeEntry" -> readApiCodeEntry(from).let { it to writeApiCodeEntry(it) }
        "ApplicantAnswer" -> readApplicantAnswer(from).let { it to writeApplicantAnswer(it) }
        "Attempt" -> readAttempt(from).let { it to writeAttempt(it) }
        "Balance" -> readBalance(from).let { it to writeBalance(it) }
        "BatchIssueReport" -> readBatchIssueReport(from).let { it to writeBatchIssueReport(it) }
        "BatchIssueRequest" -> readBatchIssueRequest(from).let { it to writeBatchIssueRequest(it) }
        "BatchProgressReport" -> readBatchProgressReport(from).let { it to writeBatchProgressReport(it) }
        "BatchRef" -> readBatchRef(from).let { it to writeBatchRef(it) }
        "BatchState" -> readBatchState(from).let { it to writeBatchState(it) }
        "Batches" -> readBatches(from).let { it to writeBatches(it) }
        "BillSums" -> readBillSums(from).let { it to writeBillSums(it) }
        "BilledPeriod" -> readBilledPeriod(from).let { it to writeBilledPeriod(it) }
        "BilledPeriods" -> readBilledPeriods(from).let { it to writeBilledPeriods(it) }
        "BillingSchedule" -> readBillingSchedule(from).let { it to writeBillingSchedule(it) }
        "BrowserReturn" -> readBrowserReturn(from).let { it to writeBrowserReturn(it) }
        "CampaignBill" -> readCampaignBill(from).let { it to writeCampaignBill(it) }
        "CampaignInfo" -> readCampaignInfo(from).let { it to writeCampaignInfo(it) }
        "CancelledIssue" -> readCancelledIssue(from).let { it to writeCancelledIssue(it) }
        "CardTerms" -> readCardTerms(from).let { it to writeCardTerms(it) }
        "CardToken" -> readCardToken(from).let { it to writeCardToken(it) }
        "Charge" -> readCharge(from).let { it to writeCharge(it) }
        "ChargeRequest" -> readChargeRequest(from).let { it to writeChargeRequest(it) }
        "ChargeStep" -> readChargeStep(from).let { it to writeChargeStep(it) }
        "Charges" -> readCharges(from).let { it to writeCharges(it) }
        "Checkout" -> readCheckout(from).let { it to writeCheckout(it) }
        "ClassTally" -> readClassTally(from).let { it to writeClassTally(it) }
        "CodeEntry" -> readCodeEntry(from).let { it to writeCodeEntry(it) }
        "CodeTally" -> readCodeTally(from).let { it to writeCodeTally(it) }
        "ConversionAnswer" -> readConversionAnswer(from).let { it to writeConversionAnswer(it) }
        "CustomerDataRequest" -> readCustomerDataRequest(from).let { it to writeCustomerDataRequest(it) }
        "Delivery" -> readEvent(from).let { it to writeEvent(it) }
        "DetailRow" -> readDetailRow(from).let { it to writeDetailRow(it) }
        "DropFileEntry" -> readDropFileEntry(from).let { it to writeDropFileEntry(it) }
        "DropFiles" -> readDropFiles(from).let { it to writeDropFiles(it) }
        "DropHandleAnswer" -> readDropHandleAnswer(from).let { it to writeDropHandleAnswer(it) }
        "DropHandleRequest" -> readDropHandleRequest(from).let { it to writeDropHandleRequest(it) }
        "DropSettleAnswer" -> readDropSettleAnswer(from).let { it to writeDropSettleAnswer(it) }
        "DuePeriod" -> readDuePeriod(from).let { it to writeDuePeriod(it) }
        "DuePeriods" -> readDuePeriods(from).let { it to writeDuePeriods(it) }
        "ErrorEntry" -> readErrorEntry(from).let { it to writeErrorEntry(it) }
        "Evidence" -> readEvidence(from).let { it to writeEvidence(it) }
        "Exchange" -> readExchange(from).let { it to writeExchange(it) }
        "ExchangeFile" -> readExchangeFile(from).let { it to writeExchangeFile(it) }
        "ExchangeFileRow" -> readExchangeFileRow(from).let { it to writeExchangeFileRow(it) }
        "ExchangeFiles" -> readExchangeFiles(from).let { it to writeExchangeFiles(it) }
        "ExchangeOfferAnswer" -> readExchangeOfferAnswer(from).let { it to writeExchangeOfferAnswer(it) }
        "ExchangeRequest" -> readExchangeRequest(from).let { it to writeExchangeRequest(it) }
        "ExchangedMiles" -> readExchangedMiles(from).let { it to writeExchangedMiles(it) }
        "Exchanges" -> readExchangeList(from).let { it to writeExchangeList(it) }
        "FileCheckReport" -> readFileCheckReport(from).let { it to writeFileCheckReport(it) }
        "FileCheckRequest" -> readFileCheckRequest(from).let { it to writeFileCheckRequest(it) }
        "FileFaultEntry" -> readFileFaultEntry(from).let { it to writeFileFaultEntry(it) }
        "FoundRegistration" -> readFoundRegistration(from).let { it to writeFoundRegistration(it) }
        "HandIssued" -> readHandIssued(from).let { it to writeHandIssued(it) }
        "HandRow" -> readHandRow(from).let { it to writeHandRow(it) }
        "HandRowResult" -> readHandRowResult(from).let { it to writeHandRowResult(it) }
        "HashExplanation" -> readHashExplanation(from).let { it to writeHashExplanation(it) }
        "HashFault" -> readHashFault(from).let { it to writeHashFault(it) }
        "HistoryPage" -> readHistoryPage(from).let { it to writeHistoryPage(it) }
        "HistoryQuery" -> readHistoryQuery(from).let { it to writeHistoryQuery(it) }
        "HistoryRow" -> readHistoryRow(from).let { it to writeHistoryRow(it) }
        "Ids" -> readIds(from).let { it to writeIds(it) }
        "InquiryAnswer" -> readInquiryAnswer(from).let { it to writeInquiryAnswer(it) }
        "IssueRequest" -> readIssueRequest(from).let { it to writeIssueRequest(it) }
        "IssueSettings" -> readIssueSettings(from).let { it to writeIssueSettings(it) }
        "IssuedMiles" -> readIssuedMiles(from).let { it to writeIssuedMiles(it) }
        "ListFile" -> readListFile(from).let { it to writeListFile(it) }
        "MemberInfo" -> readMemberInfo(from).let { it to writeMemberInfo(it) }
        "MembershipAnswer" -> readMembershipAnswer(from).let { it to writeMembershipAnswer(it) }
        "Message" -> readMessage(from).let { it to writeMessage(it) }
        "MethodCell" -> readMethodCell(from).let { it to writeMethodCell(it) }
        "MethodField" -> readMethodField(from).let { it to writeMethodField(it) }
        "MethodInfo" -> readMethodInfo(from).let { it to writeMethodInfo(it) }
        "MethodList" -> readMethodList(from).let { it to writeMethodList(it) }
        "MileBill" -> readMileBill(from).let { it to writeMileBill(it) }
        "MileCancellation" -> readMileCancellation(from).let { it to writeMileCancellation(it) }
        "MileCodeCatalogue" -> readMileCodeCatalogue(from).let { it to writeMileCodeCatalogue(it) }
        "MileCodeEntry" -> readMileCodeEntry(from).let { it to writeMileCodeEntry(it) }
        "MileRegistration" -> readMileRegistration(from).let { it to writeMileRegistration(it) }
        "MileRule" -> readMileRule(from).let { it to writeMileRule(it) }
        "MileTask" -> readMileTask(from).let { it to writeMileTask(it) }
        "MileTasks" -> readMileTasks(from).let { it to writeMileTasks(it) }
        "MileUser" -> readMileUser(from).let { it to writeMileUser(it) }
        "NoticeAnswer" -> readNoticeAnswer(from).let { it to writeNoticeAnswer(it) }
        "NoticeView" -> readNoticeView(from).let { it to writeNoticeView(it) }
        "OpenStep" -> readOpenStep(from).let { it to writeOpenStep(it) }
        "OpenTicket" -> readOpenTicket(from).let { it to writeOpenTicket(it) }
        "Page" -> readPage(from).let { it to writePage(it) }
        "PassbookAnswer" -> readPassbookAnswer(from).let { it to writePassbookAnswer(it) }
        "Payment" -> readPayment(from).let { it to writePayment(it) }
        "PendingMiles" -> readPendingMiles(from).let { it to writePendingMiles(it) }
        "PeriodAmount" -> readPeriodAmount(from).let { it to writePeriodAmount(it) }
        "PlannedRepair" -> readPlannedRepair(from).let { it to writePlannedRepair(it) }
        "Problem" -> readProblem(from).let { it to writeProblem(it) }
        "Purchase" -> readPurchase(from).let { it to writePurchase(it) }
        "PurchaseRequest" -> readPurchaseRequest(from).let { it to writePurchaseRequest(it) }
        "RateTerms" -> readRateTerms(from).let { it to writeRateTerms(it) }
        "RawField" -> readRawField(from).let { it to writeRawField(it) }
        "RawReview" -> readRawReview(from).let { it to writeRawReview(it) }
        "ReconciliationEntry" -> readReconciliationEntry(from).let { it to writeReconciliationEntry(it) }
        "ReconciliationReport" -> readReconciliationReport(from).let { it to writeReconciliationReport(it) }
        "RecoveredAll" -> readRecoveredAll(from).let { it to writeRecoveredAll(it) }
        "RecurringRequest" -> readRecurringRequest(from).let { it to writeRecurringRequest(it) }
        "Refund" -> readRefund(from).let { it to writeRefund(it) }
        "RefundEvidence" -> readRefundEvidence(from).let { it to writeRefundEvidence(it) }
        "RefundTicket" -> readRefundTicket(from).let { it to writeRefundTicket(it) }
        "Refusal" -> readRefusal(from).let { it to writeRefusal(it) }
        "RegistrationCheck" -> readRegistrationCheck(from).let { it to writeRegistrationCheck(it) }
        "RegistrationPage" -> readRegistrationPage(from).let { it to writeRegistrationPage(it) }
        "RegistrationQuery" -> readRegistrationQuery(from).let { it to writeRegistrationQuery(it) }
        "RegistrationRequest" -> readRegistrationRequest(from).let { it to writeRegistrationRequest(it) }
        "RegistrationResult" -> readRegistrationResult(from).let { it to writeRegistrationResult(it) }
        "RepairReport" -> readRepairReport(from).let { it to writeRepairReport(it) }
        "RepairResult" -> readRepairResult(from).let { it to writeRepairResult(it) }
        "ResolvedAll" -> readResolvedAll(from).let { it to writeResolvedAll(it) }
        "RowTotal" -> readRowTotal(from).let { it to writeRowTotal(it) }
        "SampleMailText" -> readSampleMailText(from).let { it to writeSampleMailText(it) }
        "SettledFile" -> readSettledFile(from).let { it to writeSettledFile(it) }
        "SettledRow" -> readSettledRow(from).let { it to writeSettledRow(it) }
        "SignedForm" -> readSignedForm(from).let { it to writeSignedForm(it) }
        "Slip" -> readSlip(from).let { it to writeSlip(it) }
        "StatementRequest" -> readStatementRequest(from).let { it to writeStatementRequest(it) }
        "StatementSummary" -> readStatementSummary(from).let { it to writeStatementSummary(it) }
        "TagContents" -> readTagContents(from).let { it to writeTagContents(it) }
        "TagRequest" -> readTagRequest(from).let { it to writeTagRequest(it) }
        "TagText" -> readTagText(from).let { it to writeTagText(it) }
        "TaskReview" -> readTaskReview(from).let { it to writeTaskReview(it) }
        "Upload" -> readUpload(from).let { it to writeUpload(it) }
        "UploadRef" -> readUploadRef(from).let { it to writeUploadRef(it) }
        "UploadReview" -> readUploadReview(from).let { it to writeUploadReview(it) }
        "Uploads" -> readUploads(from).let { it to writeUploads(it) }
        "Urls" -> readUrls(from).let { it to writeUrls(it) }
        "XmlNoticeAnswer" -> readXmlNoticeAnswer(from).let { it to writeXmlNoticeAnswer(it) }
        else -> null
    }
}
