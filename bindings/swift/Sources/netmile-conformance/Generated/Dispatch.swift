// Made by generate.py from ffi/manifest.json; do not edit.

import Netmile

/// Runs an operation by the facade's own method. `nil` for a name that it has no method for.
func dispatched(_ operation: String, _ json: JSONValue, by client: Client) async throws -> JSONValue? {
    switch operation {
    case "checkout.start":
        let request = try asked(PurchaseRequest.self, json)
        return try answered(try await client.checkout.start(request))
    case "checkout.render":
        let request = try asked(PurchaseId.self, json)
        return try answered(try await client.checkout.render(request.purchaseId))
    case "checkout.give_up":
        let request = try asked(PurchaseId.self, json)
        return try answered(try await client.checkout.giveUp(request.purchaseId))
    case "notice.handle":
        let request = try asked(Received.self, json)
        return try answered(try await client.notices.handle(request.body, contentType: request.contentType))
    case "notice.inspect":
        let request = try asked(Received.self, json)
        return try answered(try await client.notices.inspect(request.body, contentType: request.contentType))
    case "notice.refuse":
        let request = try asked(RefusedNotice.self, json)
        return try answered(try await client.notices.refuse(body: request.body, reason: request.reason, contentType: request.contentType))
    case "return.read":
        let request = try asked(ReceivedReturn.self, json)
        return try answered(try await client.returns.read(by: request.by, body: request.body, contentType: request.contentType))
    case "events.next":
        let request = try asked(Limit.self, json)
        return try answered(Deliveries(deliveries: try await client.events.next(limit: request.limit)))
    case "events.ack":
        let request = try asked(EventId.self, json)
        return try answered(Acknowledged(acknowledged: try await client.events.ack(request.id)))
    case "purchase.get":
        let request = try asked(PurchaseId.self, json)
        return try answered(try await client.purchases.get(request.purchaseId))
    case "purchase.by_order":
        let request = try asked(OrderId.self, json)
        return try answered(try await client.purchases.byOrder(request.orderId))
    case "purchase.list":
        let request = try asked(PurchaseQuery.self, json)
        return try answered(Purchases(purchases: try await client.purchases.list(phases: request.phases, limit: request.limit, after: request.after)))
    case "purchase.unresolved":
        let request = try asked(Limit.self, json)
        return try answered(Purchases(purchases: try await client.purchases.unresolved(limit: request.limit)))
    case "purchase.resolve":
        _ = try asked(Nothing.self, json)
        return try answered(Purchases(purchases: try await client.purchases.resolve()))
    case "purchase.review":
        let request = try asked(PurchaseReview.self, json)
        return try answered(try await client.purchases.review(purchaseId: request.purchaseId, paid: request.paid, orderId: request.orderId, trackingId: request.trackingId))
    case "purchase.accept_late":
        let request = try asked(PurchaseId.self, json)
        return try answered(try await client.purchases.acceptLate(request.purchaseId))
    case "purchase.evidence":
        let request = try asked(Limit.self, json)
        return try answered(EvidenceList(evidence: try await client.purchases.evidence(limit: request.limit)))
    case "refund.request":
        let request = try asked(RefundRequest.self, json)
        return try answered(try await client.refunds.request(purchaseId: request.purchaseId, reason: request.reason, trackingId: request.trackingId))
    case "refund.confirm":
        let request = try asked(RefundConfirmation.self, json)
        return try answered(try await client.refunds.confirm(purchaseId: request.purchaseId, trackingId: request.trackingId, evidence: request.evidence))
    case "refund.withdraw":
        let request = try asked(PaymentId.self, json)
        return try answered(try await client.refunds.withdraw(purchaseId: request.purchaseId, trackingId: request.trackingId))
    case "subscription.start":
        let request = try asked(PurchaseRequest.self, json)
        return try answered(try await client.subscriptions.start(request))
    case "subscription.apply":
        let request = try asked(RecurringRequest.self, json)
        return try answered(try await client.subscriptions.apply(request))
    case "subscription.end":
        let request = try asked(PurchaseId.self, json)
        return try answered(try await client.subscriptions.end(request.purchaseId))
    case "registration.register":
        let request = try asked(RegistrationRequest.self, json)
        return try answered(try await client.registrations.register(request))
    case "registration.delete":
        let request = try asked(RegistrationRequest.self, json)
        return try answered(try await client.registrations.delete(request))
    case "registration.notice":
        let request = try asked(Received.self, json)
        return try answered(try await client.registrations.notice(request.body, contentType: request.contentType))
    case "registration.returned":
        let request = try asked(Received.self, json)
        return try answered(try await client.registrations.returned(request.body, contentType: request.contentType))
    case "link.sign_purchase":
        let request = try asked(SignPurchase.self, json)
        return try answered(try await client.link.signPurchase(request.request, orderId: request.orderId, at: request.at))
    case "link.sign_recurring":
        let request = try asked(SignRecurring.self, json)
        return try answered(try await client.link.signRecurring(request.request, orderId: request.orderId, at: request.at))
    case "link.sign_registration":
        let request = try asked(SignRegistration.self, json)
        return try answered(try await client.link.signRegistration(request.request, at: request.at, delete: request.delete))
    case "link.verify":
        let request = try asked(ReceivedMessage.self, json)
        return try answered(try await client.link.verify(kind: request.kind, body: request.body, contentType: request.contentType))
    case "hash.explain":
        let request = try asked(HashQuestion.self, json)
        return try answered(try await client.explainHash(message: request.message, fields: request.fields, claimed: request.claimed))
    case "catalogue.errors":
        _ = try asked(Nothing.self, json)
        return try answered(ErrorCatalogue(errors: try await client.errorCatalogue()))
    case "catalogue.code":
        let request = try asked(CodeQuery.self, json)
        return try answered(try await client.code(request.code))
    case "catalogue.codes":
        _ = try asked(Nothing.self, json)
        return try answered(CodeCatalogue(codes: try await client.codeCatalogue()))
    case "registration.check":
        let request = try asked(RegistrationCheck.self, json)
        return try answered(try await client.registrations.check(request))
    case "payment.charge":
        let request = try asked(ChargeRequest.self, json)
        return try answered(try await client.payments.charge(request))
    case "payment.capture":
        let request = try asked(CaptureRequest.self, json)
        return try answered(try await client.payments.capture(request.id, amount: request.amount))
    case "payment.refund":
        let request = try asked(ChargeId.self, json)
        return try answered(try await client.payments.refund(request.id))
    case "payment.refund_part":
        let request = try asked(PartRefundRequest.self, json)
        return try answered(try await client.payments.refundPart(id: request.id, name: request.name, amount: request.amount))
    case "payment.get":
        let request = try asked(ChargeId.self, json)
        return try answered(try await client.payments.get(request.id))
    case "payment.list":
        let request = try asked(ChargeQuery.self, json)
        return try answered(try await client.payments.list(limit: request.limit, phases: request.phases, after: request.after))
    case "payment.unresolved":
        let request = try asked(Limit.self, json)
        return try answered(try await client.payments.unresolved(limit: request.limit))
    case "payment.resolve":
        let request = try asked(ChargeId.self, json)
        return try answered(try await client.payments.resolve(request.id))
    case "payment.inquire":
        let request = try asked(ChargeId.self, json)
        return try answered(try await client.payments.inquire(request.id))
    case "payment.notice":
        let request = try asked(XmlNotice.self, json)
        return try answered(try await client.payments.notice(request.body))
    case "payment.review":
        let request = try asked(ChargeReview.self, json)
        return try answered(try await client.payments.review(id: request.id, verdict: request.verdict, trackingId: request.trackingId))
    case "payment.raw":
        let request = try asked(RawRequest.self, json)
        return try answered(try await client.payments.raw(id: request.id, method: request.method, function: request.function, fields: request.fields))
    case "payment.raw_unresolved":
        let request = try asked(Limit.self, json)
        return try answered(try await client.payments.rawUnresolved(limit: request.limit))
    case "payment.raw_review":
        let request = try asked(RawReview.self, json)
        return try answered(try await client.payments.rawReview(id: request.id, verdict: request.verdict))
    case "payment.balance":
        let request = try asked(BalanceQuery.self, json)
        return try answered(try await client.payments.balance(method: request.method, member: request.member))
    case "payment.customer_data":
        let request = try asked(CustomerDataRequest.self, json)
        return try answered(try await client.payments.customerData(request))
    case "subscription.apply_by_api":
        let request = try asked(ChargeRequest.self, json)
        return try answered(try await client.subscriptions.applyByApi(request))
    case "subscription.adopt":
        let request = try asked(AdoptRequest.self, json)
        return try answered(try await client.subscriptions.adopt(request))
    case "subscription.adopt_purchase":
        let request = try asked(AdoptPurchaseRequest.self, json)
        return try answered(try await client.subscriptions.adoptPurchase(request))
    case "subscription.adopt_simple":
        let request = try asked(AdoptSimpleRequest.self, json)
        return try answered(try await client.subscriptions.adoptSimple(request))
    case "subscription.adopt_simple_purchase":
        let request = try asked(AdoptSimplePurchaseRequest.self, json)
        return try answered(try await client.subscriptions.adoptSimplePurchase(purchaseId: request.purchaseId, id: request.id, method: request.method))
    case "subscription.bill":
        let request = try asked(BillRequest.self, json)
        return try answered(try await client.subscriptions.bill(id: request.id, period: request.period, amount: request.amount))
    case "subscription.bill_again":
        let request = try asked(PeriodId.self, json)
        return try answered(try await client.subscriptions.billAgain(id: request.id, period: request.period))
    case "subscription.due":
        _ = try asked(Nothing.self, json)
        return try answered(try await client.subscriptions.due())
    case "subscription.bill_due":
        let request = try asked(BillDueRequest.self, json)
        return try answered(try await client.subscriptions.billDue(contractAmount: request.contractAmount, amounts: request.amounts))
    case "subscription.periods":
        let request = try asked(ChargeId.self, json)
        return try answered(try await client.subscriptions.periods(request.id))
    case "subscription.end_by_api":
        let request = try asked(ChargeId.self, json)
        return try answered(try await client.subscriptions.endByApi(request.id))
    case "subscription.refund_month":
        let request = try asked(MonthRefundRequest.self, json)
        return try answered(try await client.subscriptions.refundMonth(id: request.id, month: request.month))
    case "settlement.read":
        let request = try asked(StatementRequest.self, json)
        return try answered(try await client.settlement.read(request))
    case "settlement.reconcile":
        let request = try asked(StatementRequest.self, json)
        return try answered(try await client.settlement.reconcile(request))
    case "settlement.repair":
        let request = try asked(RepairRequest.self, json)
        return try answered(try await client.settlement.repair(request.statement, steps: request.steps))
    case "member.verify":
        let request = try asked(MemberQuery.self, json)
        return try answered(try await client.members.verify(mail: request.mail, userId: request.userId))
    case "member.info":
        let request = try asked(MemberId.self, json)
        return try answered(try await client.members.info(request.userId))
    case "member.passbook":
        let request = try asked(MemberId.self, json)
        return try answered(try await client.members.passbook(request.userId))
    case "miles.issue":
        let request = try asked(IssueRequest.self, json)
        return try answered(try await client.miles.issue(request))
    case "miles.issue_by_hand":
        let request = try asked(HandIssueRequest.self, json)
        return try answered(try await client.miles.issueByHand(tranId: request.tranId, campaignId: request.campaignId, rows: request.rows, settings: request.settings))
    case "miles.cancel":
        let request = try asked(MileCancelRequest.self, json)
        return try answered(try await client.miles.cancel(tranId: request.tranId, issuanceIds: request.issuanceIds, reason: request.reason))
    case "miles.cancellation":
        let request = try asked(CancellationId.self, json)
        return try answered(try await client.miles.cancellation(request.cancellationId))
    case "miles.task":
        let request = try asked(TaskId.self, json)
        return try answered(try await client.miles.task(kind: request.kind, tranId: request.tranId))
    case "miles.tasks":
        let request = try asked(TaskQuery.self, json)
        return try answered(try await client.miles.tasks(request.kind, limit: request.limit, phases: request.phases, after: request.after))
    case "miles.unresolved":
        let request = try asked(Limit.self, json)
        return try answered(try await client.miles.unresolved(limit: request.limit))
    case "miles.resolve":
        let request = try asked(TaskId.self, json)
        return try answered(try await client.miles.resolve(kind: request.kind, tranId: request.tranId))
    case "miles.review":
        let request = try asked(TaskReview.self, json)
        return try answered(try await client.miles.review(request))
    case "miles.campaign":
        let request = try asked(CampaignId.self, json)
        return try answered(try await client.miles.campaign(request.campaignId))
    case "miles.sample_mail":
        let request = try asked(SampleQuery.self, json)
        return try answered(try await client.miles.sampleMail(campaignId: request.campaignId, kind: request.kind, insertedText: request.insertedText))
    case "miles.registration":
        let request = try asked(RegistrationRef.self, json)
        return try answered(try await client.miles.registration(request.registrationId))
    case "miles.find_registration":
        let request = try asked(TranRef.self, json)
        return try answered(try await client.miles.findRegistration(request.tranId))
    case "miles.registrations":
        let request = try asked(RegistrationQuery.self, json)
        return try answered(try await client.miles.registrations(request))
    case "miles.completed_list":
        let request = try asked(RegistrationRef.self, json)
        return try answered(try await client.miles.completedList(request.registrationId))
    case "miles.error_list":
        let request = try asked(RegistrationRef.self, json)
        return try answered(try await client.miles.errorList(request.registrationId))
    case "miles.delete_lists":
        let request = try asked(RegistrationRef.self, json)
        return try answered(try await client.miles.deleteLists(request.registrationId))
    case "miles.history":
        let request = try asked(HistoryQuery.self, json)
        return try answered(try await client.miles.history(request))
    case "miles.bill":
        let request = try asked(MonthRef.self, json)
        return try answered(try await client.miles.bill(request.month))
    case "miles.tag":
        let request = try asked(TagRequest.self, json)
        return try answered(try await client.miles.tag(request))
    case "miles.read_tag":
        let request = try asked(TagCheck.self, json)
        return try answered(try await client.miles.readTag(request.tag, signed: request.signed, at: request.at))
    case "miles.check_file":
        let request = try asked(FileCheckRequest.self, json)
        return try answered(try await client.miles.checkFile(request))
    case "miles.issue_file":
        let request = try asked(BatchIssueRequest.self, json)
        return try answered(try await client.miles.issueFile(request))
    case "miles.file_progress":
        let request = try asked(BatchId.self, json)
        return try answered(try await client.miles.fileProgress(request.batchId))
    case "miles.batch":
        let request = try asked(BatchId.self, json)
        return try answered(try await client.miles.batch(request.batchId))
    case "miles.uploads":
        let request = try asked(UploadQuery.self, json)
        return try answered(try await client.miles.uploads(batchId: request.batchId, firstRow: request.firstRow, limit: request.limit))
    case "miles.review_upload":
        let request = try asked(UploadReview.self, json)
        return try answered(try await client.miles.reviewUpload(request))
    case "miles.unresolved_uploads":
        let request = try asked(OpenUploadQuery.self, json)
        return try answered(try await client.miles.unresolvedUploads(limit: request.limit, after: request.after))
    case "miles.resolve_upload":
        let request = try asked(UploadId.self, json)
        return try answered(try await client.miles.resolveUpload(batchId: request.batchId, firstRow: request.firstRow))
    case "exchange.convert":
        let request = try asked(ConversionRequest.self, json)
        return try answered(try await client.exchanges.convert(rate: request.rate, points: request.points, held: request.held))
    case "exchange.offer":
        let request = try asked(ExchangeOffer.self, json)
        return try answered(try await client.exchanges.offer(rate: request.rate, held: request.held))
    case "exchange.equal_value":
        let request = try asked(PriceQuery.self, json)
        return try answered(try await client.exchanges.equalValue(yen: request.yen, points: request.points))
    case "exchange.applicant":
        let request = try asked(MailQuery.self, json)
        return try answered(try await client.exchanges.applicant(request.mail))
    case "exchange.begin":
        let request = try asked(ExchangeRequest.self, json)
        return try answered(try await client.exchanges.begin(request))
    case "exchange.debited":
        let request = try asked(ExchangeId.self, json)
        return try answered(try await client.exchanges.debited(request.tranId))
    case "exchange.not_debited":
        let request = try asked(ExchangeId.self, json)
        return try answered(try await client.exchanges.notDebited(request.tranId))
    case "exchange.issue":
        let request = try asked(ExchangeId.self, json)
        return try answered(try await client.exchanges.issue(request.tranId))
    case "exchange.credited_back":
        let request = try asked(ExchangeId.self, json)
        return try answered(try await client.exchanges.creditedBack(request.tranId))
    case "exchange.get":
        let request = try asked(ExchangeId.self, json)
        return try answered(try await client.exchanges.get(request.tranId))
    case "exchange.list":
        let request = try asked(ExchangeQuery.self, json)
        return try answered(try await client.exchanges.list(limit: request.limit, phases: request.phases, after: request.after))
    case "exchange.unresolved":
        let request = try asked(Limit.self, json)
        return try answered(try await client.exchanges.unresolved(limit: request.limit))
    case "exchange.resolve":
        let request = try asked(ExchangeId.self, json)
        return try answered(try await client.exchanges.resolve(request.tranId))
    case "exchange.review":
        let request = try asked(ExchangeReview.self, json)
        return try answered(try await client.exchanges.review(tranId: request.tranId, verdict: request.verdict, issued: request.issued))
    case "exchange.files":
        let request = try asked(ExchangeFileRequest.self, json)
        return try answered(try await client.exchanges.files(siteId: request.siteId, at: request.at, rows: request.rows))
    case "exchange.settle":
        let request = try asked(SettleRequest.self, json)
        return try answered(try await client.exchanges.settle(sent: request.sent, result: request.result))
    case "exchange.drop_write":
        let request = try asked(DropWriteRequest.self, json)
        return try answered(try await client.exchanges.dropWrite(siteId: request.siteId, runAt: request.runAt, rows: request.rows))
    case "exchange.drop_handle":
        let request = try asked(DropHandleRequest.self, json)
        return try answered(try await client.exchanges.dropHandle(request))
    case "exchange.drop_settled":
        let request = try asked(DropSettleRequest.self, json)
        return try answered(try await client.exchanges.dropSettled(name: request.name, files: request.files))
    case "client.resolve":
        _ = try asked(Nothing.self, json)
        return try answered(try await client.resolve())
    case "client.recover":
        _ = try asked(Nothing.self, json)
        return try answered(try await client.recover())
    case "catalogue.methods":
        _ = try asked(Nothing.self, json)
        return try answered(try await client.catalogue.methods())
    case "catalogue.api_code":
        let request = try asked(CodeQuery.self, json)
        return try answered(try await client.catalogue.apiCode(request.code))
    case "catalogue.mile_code":
        let request = try asked(MileCodeQuery.self, json)
        return try answered(try await client.catalogue.mileCode(table: request.table, code: request.code))
    case "catalogue.mile_codes":
        _ = try asked(Nothing.self, json)
        return try answered(try await client.catalogue.mileCodes())
    default:
        return nil
    }
}

/// Runs an operation by the facade's own method. `nil` for a name that it has no method for.
func dispatched(_ operation: String, _ json: JSONValue, by client: BlockingClient) throws -> JSONValue? {
    switch operation {
    case "checkout.start":
        let request = try asked(PurchaseRequest.self, json)
        return try answered(try client.checkout.start(request))
    case "checkout.render":
        let request = try asked(PurchaseId.self, json)
        return try answered(try client.checkout.render(request.purchaseId))
    case "checkout.give_up":
        let request = try asked(PurchaseId.self, json)
        return try answered(try client.checkout.giveUp(request.purchaseId))
    case "notice.handle":
        let request = try asked(Received.self, json)
        return try answered(try client.notices.handle(request.body, contentType: request.contentType))
    case "notice.inspect":
        let request = try asked(Received.self, json)
        return try answered(try client.notices.inspect(request.body, contentType: request.contentType))
    case "notice.refuse":
        let request = try asked(RefusedNotice.self, json)
        return try answered(try client.notices.refuse(body: request.body, reason: request.reason, contentType: request.contentType))
    case "return.read":
        let request = try asked(ReceivedReturn.self, json)
        return try answered(try client.returns.read(by: request.by, body: request.body, contentType: request.contentType))
    case "events.next":
        let request = try asked(Limit.self, json)
        return try answered(Deliveries(deliveries: try client.events.next(limit: request.limit)))
    case "events.ack":
        let request = try asked(EventId.self, json)
        return try answered(Acknowledged(acknowledged: try client.events.ack(request.id)))
    case "purchase.get":
        let request = try asked(PurchaseId.self, json)
        return try answered(try client.purchases.get(request.purchaseId))
    case "purchase.by_order":
        let request = try asked(OrderId.self, json)
        return try answered(try client.purchases.byOrder(request.orderId))
    case "purchase.list":
        let request = try asked(PurchaseQuery.self, json)
        return try answered(Purchases(purchases: try client.purchases.list(phases: request.phases, limit: request.limit, after: request.after)))
    case "purchase.unresolved":
        let request = try asked(Limit.self, json)
        return try answered(Purchases(purchases: try client.purchases.unresolved(limit: request.limit)))
    case "purchase.resolve":
        _ = try asked(Nothing.self, json)
        return try answered(Purchases(purchases: try client.purchases.resolve()))
    case "purchase.review":
        let request = try asked(PurchaseReview.self, json)
        return try answered(try client.purchases.review(purchaseId: request.purchaseId, paid: request.paid, orderId: request.orderId, trackingId: request.trackingId))
    case "purchase.accept_late":
        let request = try asked(PurchaseId.self, json)
        return try answered(try client.purchases.acceptLate(request.purchaseId))
    case "purchase.evidence":
        let request = try asked(Limit.self, json)
        return try answered(EvidenceList(evidence: try client.purchases.evidence(limit: request.limit)))
    case "refund.request":
        let request = try asked(RefundRequest.self, json)
        return try answered(try client.refunds.request(purchaseId: request.purchaseId, reason: request.reason, trackingId: request.trackingId))
    case "refund.confirm":
        let request = try asked(RefundConfirmation.self, json)
        return try answered(try client.refunds.confirm(purchaseId: request.purchaseId, trackingId: request.trackingId, evidence: request.evidence))
    case "refund.withdraw":
        let request = try asked(PaymentId.self, json)
        return try answered(try client.refunds.withdraw(purchaseId: request.purchaseId, trackingId: request.trackingId))
    case "subscription.start":
        let request = try asked(PurchaseRequest.self, json)
        return try answered(try client.subscriptions.start(request))
    case "subscription.apply":
        let request = try asked(RecurringRequest.self, json)
        return try answered(try client.subscriptions.apply(request))
    case "subscription.end":
        let request = try asked(PurchaseId.self, json)
        return try answered(try client.subscriptions.end(request.purchaseId))
    case "registration.register":
        let request = try asked(RegistrationRequest.self, json)
        return try answered(try client.registrations.register(request))
    case "registration.delete":
        let request = try asked(RegistrationRequest.self, json)
        return try answered(try client.registrations.delete(request))
    case "registration.notice":
        let request = try asked(Received.self, json)
        return try answered(try client.registrations.notice(request.body, contentType: request.contentType))
    case "registration.returned":
        let request = try asked(Received.self, json)
        return try answered(try client.registrations.returned(request.body, contentType: request.contentType))
    case "link.sign_purchase":
        let request = try asked(SignPurchase.self, json)
        return try answered(try client.link.signPurchase(request.request, orderId: request.orderId, at: request.at))
    case "link.sign_recurring":
        let request = try asked(SignRecurring.self, json)
        return try answered(try client.link.signRecurring(request.request, orderId: request.orderId, at: request.at))
    case "link.sign_registration":
        let request = try asked(SignRegistration.self, json)
        return try answered(try client.link.signRegistration(request.request, at: request.at, delete: request.delete))
    case "link.verify":
        let request = try asked(ReceivedMessage.self, json)
        return try answered(try client.link.verify(kind: request.kind, body: request.body, contentType: request.contentType))
    case "hash.explain":
        let request = try asked(HashQuestion.self, json)
        return try answered(try client.explainHash(message: request.message, fields: request.fields, claimed: request.claimed))
    case "catalogue.errors":
        _ = try asked(Nothing.self, json)
        return try answered(ErrorCatalogue(errors: try client.errorCatalogue()))
    case "catalogue.code":
        let request = try asked(CodeQuery.self, json)
        return try answered(try client.code(request.code))
    case "catalogue.codes":
        _ = try asked(Nothing.self, json)
        return try answered(CodeCatalogue(codes: try client.codeCatalogue()))
    case "registration.check":
        let request = try asked(RegistrationCheck.self, json)
        return try answered(try client.registrations.check(request))
    case "payment.charge":
        let request = try asked(ChargeRequest.self, json)
        return try answered(try client.payments.charge(request))
    case "payment.capture":
        let request = try asked(CaptureRequest.self, json)
        return try answered(try client.payments.capture(request.id, amount: request.amount))
    case "payment.refund":
        let request = try asked(ChargeId.self, json)
        return try answered(try client.payments.refund(request.id))
    case "payment.refund_part":
        let request = try asked(PartRefundRequest.self, json)
        return try answered(try client.payments.refundPart(id: request.id, name: request.name, amount: request.amount))
    case "payment.get":
        let request = try asked(ChargeId.self, json)
        return try answered(try client.payments.get(request.id))
    case "payment.list":
        let request = try asked(ChargeQuery.self, json)
        return try answered(try client.payments.list(limit: request.limit, phases: request.phases, after: request.after))
    case "payment.unresolved":
        let request = try asked(Limit.self, json)
        return try answered(try client.payments.unresolved(limit: request.limit))
    case "payment.resolve":
        let request = try asked(ChargeId.self, json)
        return try answered(try client.payments.resolve(request.id))
    case "payment.inquire":
        let request = try asked(ChargeId.self, json)
        return try answered(try client.payments.inquire(request.id))
    case "payment.notice":
        let request = try asked(XmlNotice.self, json)
        return try answered(try client.payments.notice(request.body))
    case "payment.review":
        let request = try asked(ChargeReview.self, json)
        return try answered(try client.payments.review(id: request.id, verdict: request.verdict, trackingId: request.trackingId))
    case "payment.raw":
        let request = try asked(RawRequest.self, json)
        return try answered(try client.payments.raw(id: request.id, method: request.method, function: request.function, fields: request.fields))
    case "payment.raw_unresolved":
        let request = try asked(Limit.self, json)
        return try answered(try client.payments.rawUnresolved(limit: request.limit))
    case "payment.raw_review":
        let request = try asked(RawReview.self, json)
        return try answered(try client.payments.rawReview(id: request.id, verdict: request.verdict))
    case "payment.balance":
        let request = try asked(BalanceQuery.self, json)
        return try answered(try client.payments.balance(method: request.method, member: request.member))
    case "payment.customer_data":
        let request = try asked(CustomerDataRequest.self, json)
        return try answered(try client.payments.customerData(request))
    case "subscription.apply_by_api":
        let request = try asked(ChargeRequest.self, json)
        return try answered(try client.subscriptions.applyByApi(request))
    case "subscription.adopt":
        let request = try asked(AdoptRequest.self, json)
        return try answered(try client.subscriptions.adopt(request))
    case "subscription.adopt_purchase":
        let request = try asked(AdoptPurchaseRequest.self, json)
        return try answered(try client.subscriptions.adoptPurchase(request))
    case "subscription.adopt_simple":
        let request = try asked(AdoptSimpleRequest.self, json)
        return try answered(try client.subscriptions.adoptSimple(request))
    case "subscription.adopt_simple_purchase":
        let request = try asked(AdoptSimplePurchaseRequest.self, json)
        return try answered(try client.subscriptions.adoptSimplePurchase(purchaseId: request.purchaseId, id: request.id, method: request.method))
    case "subscription.bill":
        let request = try asked(BillRequest.self, json)
        return try answered(try client.subscriptions.bill(id: request.id, period: request.period, amount: request.amount))
    case "subscription.bill_again":
        let request = try asked(PeriodId.self, json)
        return try answered(try client.subscriptions.billAgain(id: request.id, period: request.period))
    case "subscription.due":
        _ = try asked(Nothing.self, json)
        return try answered(try client.subscriptions.due())
    case "subscription.bill_due":
        let request = try asked(BillDueRequest.self, json)
        return try answered(try client.subscriptions.billDue(contractAmount: request.contractAmount, amounts: request.amounts))
    case "subscription.periods":
        let request = try asked(ChargeId.self, json)
        return try answered(try client.subscriptions.periods(request.id))
    case "subscription.end_by_api":
        let request = try asked(ChargeId.self, json)
        return try answered(try client.subscriptions.endByApi(request.id))
    case "subscription.refund_month":
        let request = try asked(MonthRefundRequest.self, json)
        return try answered(try client.subscriptions.refundMonth(id: request.id, month: request.month))
    case "settlement.read":
        let request = try asked(StatementRequest.self, json)
        return try answered(try client.settlement.read(request))
    case "settlement.reconcile":
        let request = try asked(StatementRequest.self, json)
        return try answered(try client.settlement.reconcile(request))
    case "settlement.repair":
        let request = try asked(RepairRequest.self, json)
        return try answered(try client.settlement.repair(request.statement, steps: request.steps))
    case "member.verify":
        let request = try asked(MemberQuery.self, json)
        return try answered(try client.members.verify(mail: request.mail, userId: request.userId))
    case "member.info":
        let request = try asked(MemberId.self, json)
        return try answered(try client.members.info(request.userId))
    case "member.passbook":
        let request = try asked(MemberId.self, json)
        return try answered(try client.members.passbook(request.userId))
    case "miles.issue":
        let request = try asked(IssueRequest.self, json)
        return try answered(try client.miles.issue(request))
    case "miles.issue_by_hand":
        let request = try asked(HandIssueRequest.self, json)
        return try answered(try client.miles.issueByHand(tranId: request.tranId, campaignId: request.campaignId, rows: request.rows, settings: request.settings))
    case "miles.cancel":
        let request = try asked(MileCancelRequest.self, json)
        return try answered(try client.miles.cancel(tranId: request.tranId, issuanceIds: request.issuanceIds, reason: request.reason))
    case "miles.cancellation":
        let request = try asked(CancellationId.self, json)
        return try answered(try client.miles.cancellation(request.cancellationId))
    case "miles.task":
        let request = try asked(TaskId.self, json)
        return try answered(try client.miles.task(kind: request.kind, tranId: request.tranId))
    case "miles.tasks":
        let request = try asked(TaskQuery.self, json)
        return try answered(try client.miles.tasks(request.kind, limit: request.limit, phases: request.phases, after: request.after))
    case "miles.unresolved":
        let request = try asked(Limit.self, json)
        return try answered(try client.miles.unresolved(limit: request.limit))
    case "miles.resolve":
        let request = try asked(TaskId.self, json)
        return try answered(try client.miles.resolve(kind: request.kind, tranId: request.tranId))
    case "miles.review":
        let request = try asked(TaskReview.self, json)
        return try answered(try client.miles.review(request))
    case "miles.campaign":
        let request = try asked(CampaignId.self, json)
        return try answered(try client.miles.campaign(request.campaignId))
    case "miles.sample_mail":
        let request = try asked(SampleQuery.self, json)
        return try answered(try client.miles.sampleMail(campaignId: request.campaignId, kind: request.kind, insertedText: request.insertedText))
    case "miles.registration":
        let request = try asked(RegistrationRef.self, json)
        return try answered(try client.miles.registration(request.registrationId))
    case "miles.find_registration":
        let request = try asked(TranRef.self, json)
        return try answered(try client.miles.findRegistration(request.tranId))
    case "miles.registrations":
        let request = try asked(RegistrationQuery.self, json)
        return try answered(try client.miles.registrations(request))
    case "miles.completed_list":
        let request = try asked(RegistrationRef.self, json)
        return try answered(try client.miles.completedList(request.registrationId))
    case "miles.error_list":
        let request = try asked(RegistrationRef.self, json)
        return try answered(try client.miles.errorList(request.registrationId))
    case "miles.delete_lists":
        let request = try asked(RegistrationRef.self, json)
        return try answered(try client.miles.deleteLists(request.registrationId))
    case "miles.history":
        let request = try asked(HistoryQuery.self, json)
        return try answered(try client.miles.history(request))
    case "miles.bill":
        let request = try asked(MonthRef.self, json)
        return try answered(try client.miles.bill(request.month))
    case "miles.tag":
        let request = try asked(TagRequest.self, json)
        return try answered(try client.miles.tag(request))
    case "miles.read_tag":
        let request = try asked(TagCheck.self, json)
        return try answered(try client.miles.readTag(request.tag, signed: request.signed, at: request.at))
    case "miles.check_file":
        let request = try asked(FileCheckRequest.self, json)
        return try answered(try client.miles.checkFile(request))
    case "miles.issue_file":
        let request = try asked(BatchIssueRequest.self, json)
        return try answered(try client.miles.issueFile(request))
    case "miles.file_progress":
        let request = try asked(BatchId.self, json)
        return try answered(try client.miles.fileProgress(request.batchId))
    case "miles.batch":
        let request = try asked(BatchId.self, json)
        return try answered(try client.miles.batch(request.batchId))
    case "miles.uploads":
        let request = try asked(UploadQuery.self, json)
        return try answered(try client.miles.uploads(batchId: request.batchId, firstRow: request.firstRow, limit: request.limit))
    case "miles.review_upload":
        let request = try asked(UploadReview.self, json)
        return try answered(try client.miles.reviewUpload(request))
    case "miles.unresolved_uploads":
        let request = try asked(OpenUploadQuery.self, json)
        return try answered(try client.miles.unresolvedUploads(limit: request.limit, after: request.after))
    case "miles.resolve_upload":
        let request = try asked(UploadId.self, json)
        return try answered(try client.miles.resolveUpload(batchId: request.batchId, firstRow: request.firstRow))
    case "exchange.convert":
        let request = try asked(ConversionRequest.self, json)
        return try answered(try client.exchanges.convert(rate: request.rate, points: request.points, held: request.held))
    case "exchange.offer":
        let request = try asked(ExchangeOffer.self, json)
        return try answered(try client.exchanges.offer(rate: request.rate, held: request.held))
    case "exchange.equal_value":
        let request = try asked(PriceQuery.self, json)
        return try answered(try client.exchanges.equalValue(yen: request.yen, points: request.points))
    case "exchange.applicant":
        let request = try asked(MailQuery.self, json)
        return try answered(try client.exchanges.applicant(request.mail))
    case "exchange.begin":
        let request = try asked(ExchangeRequest.self, json)
        return try answered(try client.exchanges.begin(request))
    case "exchange.debited":
        let request = try asked(ExchangeId.self, json)
        return try answered(try client.exchanges.debited(request.tranId))
    case "exchange.not_debited":
        let request = try asked(ExchangeId.self, json)
        return try answered(try client.exchanges.notDebited(request.tranId))
    case "exchange.issue":
        let request = try asked(ExchangeId.self, json)
        return try answered(try client.exchanges.issue(request.tranId))
    case "exchange.credited_back":
        let request = try asked(ExchangeId.self, json)
        return try answered(try client.exchanges.creditedBack(request.tranId))
    case "exchange.get":
        let request = try asked(ExchangeId.self, json)
        return try answered(try client.exchanges.get(request.tranId))
    case "exchange.list":
        let request = try asked(ExchangeQuery.self, json)
        return try answered(try client.exchanges.list(limit: request.limit, phases: request.phases, after: request.after))
    case "exchange.unresolved":
        let request = try asked(Limit.self, json)
        return try answered(try client.exchanges.unresolved(limit: request.limit))
    case "exchange.resolve":
        let request = try asked(ExchangeId.self, json)
        return try answered(try client.exchanges.resolve(request.tranId))
    case "exchange.review":
        let request = try asked(ExchangeReview.self, json)
        return try answered(try client.exchanges.review(tranId: request.tranId, verdict: request.verdict, issued: request.issued))
    case "exchange.files":
        let request = try asked(ExchangeFileRequest.self, json)
        return try answered(try client.exchanges.files(siteId: request.siteId, at: request.at, rows: request.rows))
    case "exchange.settle":
        let request = try asked(SettleRequest.self, json)
        return try answered(try client.exchanges.settle(sent: request.sent, result: request.result))
    case "exchange.drop_write":
        let request = try asked(DropWriteRequest.self, json)
        return try answered(try client.exchanges.dropWrite(siteId: request.siteId, runAt: request.runAt, rows: request.rows))
    case "exchange.drop_handle":
        let request = try asked(DropHandleRequest.self, json)
        return try answered(try client.exchanges.dropHandle(request))
    case "exchange.drop_settled":
        let request = try asked(DropSettleRequest.self, json)
        return try answered(try client.exchanges.dropSettled(name: request.name, files: request.files))
    case "client.resolve":
        _ = try asked(Nothing.self, json)
        return try answered(try client.resolve())
    case "client.recover":
        _ = try asked(Nothing.self, json)
        return try answered(try client.recover())
    case "catalogue.methods":
        _ = try asked(Nothing.self, json)
        return try answered(try client.catalogue.methods())
    case "catalogue.api_code":
        let request = try asked(CodeQuery.self, json)
        return try answered(try client.catalogue.apiCode(request.code))
    case "catalogue.mile_code":
        let request = try asked(MileCodeQuery.self, json)
        return try answered(try client.catalogue.mileCode(table: request.table, code: request.code))
    case "catalogue.mile_codes":
        _ = try asked(Nothing.self, json)
        return try answered(try client.catalogue.mileCodes())
    default:
        return nil
    }
}
