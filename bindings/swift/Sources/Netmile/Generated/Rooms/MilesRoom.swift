// Made by generate.py from ffi/manifest.json; do not edit.

import Foundation

/// Miles: issues, cancels, files, campaigns, tags.
public struct MilesRoom: Sendable {
    let calls: Calls

    /// Issues miles; asked again with the same tran_id it never issues twice.
    public func issue(_ request: IssueRequest) async throws -> IssueOutcome {
        try await calls.invoke("miles.issue", request)
    }

    /// Issues up to ten rows under one tran_id.
    public func issueByHand(
        tranId: String,
        campaignId: String,
        rows: [HandRow],
        settings: IssueSettings? = nil
    ) async throws -> HandIssueOutcome {
        try await calls.invoke(
            "miles.issue_by_hand",
            HandIssueRequest(tranId: tranId, campaignId: campaignId, rows: rows, settings: settings)
        )
    }

    /// Wishes issues cancelled.
    public func cancel(tranId: String, issuanceIds: [String], reason: String) async throws -> MileCancelOutcome {
        try await calls.invoke(
            "miles.cancel",
            MileCancelRequest(tranId: tranId, issuanceIds: issuanceIds, reason: reason)
        )
    }

    /// What became of a wish to cancel.
    public func cancellation(_ cancellationId: String) async throws -> MileCancellation {
        try await calls.invoke("miles.cancellation", CancellationId(cancellationId: cancellationId))
    }

    /// An issue, an issue by hand or a cancel as the journal knows it.
    public func task(kind: TaskKind, tranId: String) async throws -> MileTask {
        try await calls.invoke("miles.task", TaskId(kind: kind, tranId: tranId))
    }

    /// Tasks of one kind in some phases.
    public func tasks(
        _ kind: TaskKind,
        limit: Int64 = 100,
        phases: [TaskPhase] = [],
        after: String? = nil
    ) async throws -> MileTasks {
        try await calls.invoke("miles.tasks", TaskQuery(kind: kind, limit: limit, phases: phases, after: after))
    }

    /// Tasks that somebody or something still has to act on.
    public func unresolved(limit: Int64 = 100) async throws -> MileTasks {
        try await calls.invoke("miles.unresolved", Limit(limit: limit))
    }

    /// Looks after one task now, instead of when it is due.
    public func resolve(kind: TaskKind, tranId: String) async throws -> MileTask {
        try await calls.invoke("miles.resolve", TaskId(kind: kind, tranId: tranId))
    }

    /// Records what a person found out about a task under review.
    public func review(_ request: TaskReview) async throws -> MileTask {
        try await calls.invoke("miles.review", request)
    }

    /// A campaign of the site.
    public func campaign(_ campaignId: String) async throws -> CampaignInfo {
        try await calls.invoke("miles.campaign", CampaignId(campaignId: campaignId))
    }

    /// A mail as a member gets it.
    public func sampleMail(
        campaignId: String,
        kind: String,
        insertedText: String? = nil
    ) async throws -> SampleMailText {
        try await calls.invoke(
            "miles.sample_mail",
            SampleQuery(campaignId: campaignId, kind: kind, insertedText: insertedText)
        )
    }

    /// A registration by its id.
    public func registration(_ registrationId: String) async throws -> MileRegistration {
        try await calls.invoke("miles.registration", RegistrationRef(registrationId: registrationId))
    }

    /// The registration of a tran_id, if there is one.
    public func findRegistration(_ tranId: String) async throws -> FoundRegistration {
        try await calls.invoke("miles.find_registration", TranRef(tranId: tranId))
    }

    /// Registrations of the site, page by page.
    public func registrations(_ request: RegistrationQuery) async throws -> RegistrationPage {
        try await calls.invoke("miles.registrations", request)
    }

    /// The issued rows of a registration as a file.
    public func completedList(_ registrationId: String) async throws -> ListFile {
        try await calls.invoke("miles.completed_list", RegistrationRef(registrationId: registrationId))
    }

    /// The refused rows of a registration as a file.
    public func errorList(_ registrationId: String) async throws -> ListFile {
        try await calls.invoke("miles.error_list", RegistrationRef(registrationId: registrationId))
    }

    /// Deletes both lists of a registration for good.
    public func deleteLists(_ registrationId: String) async throws -> DeletionOutcome {
        try await calls.invoke("miles.delete_lists", RegistrationRef(registrationId: registrationId))
    }

    /// Issues of a campaign, page by page.
    public func history(_ request: HistoryQuery) async throws -> HistoryPage {
        try await calls.invoke("miles.history", request)
    }

    /// What a month costs.
    public func bill(_ month: String) async throws -> MileBill {
        try await calls.invoke("miles.bill", MonthRef(month: month))
    }

    /// Makes a mile-get tag, signed or as published.
    public func tag(_ request: TagRequest) async throws -> TagText {
        try await calls.invoke("miles.tag", request)
    }

    /// Reads a mile-get tag; one that must be signed is verified.
    public func readTag(_ tag: String, signed: Bool = false, at: Date? = nil) async throws -> TagContents {
        try await calls.invoke("miles.read_tag", TagCheck(tag: tag, signed: signed, at: at))
    }

    /// Checks a file by all rules before anything is sent.
    public func checkFile(_ request: FileCheckRequest) async throws -> FileCheckReport {
        try await calls.invoke("miles.check_file", request)
    }

    /// Issues the miles of a file of any size; called again with the same it goes on where it stopped.
    public func issueFile(_ request: BatchIssueRequest) async throws -> BatchIssueReport {
        try await calls.invoke("miles.issue_file", request)
    }

    /// How far a file is that is being issued in this process; asked from another thread.
    public func fileProgress(_ batchId: String) async throws -> BatchProgressReport {
        try await calls.invoke("miles.file_progress", BatchId(batchId: batchId))
    }

    /// A file's issue as the journal knows it, from any process.
    public func batch(_ batchId: String) async throws -> BatchState {
        try await calls.invoke("miles.batch", BatchId(batchId: batchId))
    }

    /// The uploads of a file as the journal knows them.
    public func uploads(batchId: String, firstRow: Int64, limit: Int64 = 100) async throws -> Uploads {
        try await calls.invoke("miles.uploads", UploadQuery(batchId: batchId, firstRow: firstRow, limit: limit))
    }

    /// Records what a person found out about an upload under review.
    public func reviewUpload(_ request: UploadReview) async throws -> Upload {
        try await calls.invoke("miles.review_upload", request)
    }

    /// Uploads of all sites that somebody or something still has to act on.
    public func unresolvedUploads(limit: Int64 = 100, after: UploadRef? = nil) async throws -> Uploads {
        try await calls.invoke("miles.unresolved_uploads", OpenUploadQuery(limit: limit, after: after))
    }

    /// Looks after one upload now, instead of when it is due; its rows are not sent.
    public func resolveUpload(batchId: String, firstRow: Int64) async throws -> Upload {
        try await calls.invoke("miles.resolve_upload", UploadId(batchId: batchId, firstRow: firstRow))
    }
}

/// Miles: issues, cancels, files, campaigns, tags. On the calling thread.
public struct BlockingMilesRoom: Sendable {
    let calls: BlockingCalls

    /// Issues miles; asked again with the same tran_id it never issues twice.
    @available(*, noasync)
    public func issue(_ request: IssueRequest) throws -> IssueOutcome {
        try calls.invoke("miles.issue", request)
    }

    /// Issues up to ten rows under one tran_id.
    @available(*, noasync)
    public func issueByHand(
        tranId: String,
        campaignId: String,
        rows: [HandRow],
        settings: IssueSettings? = nil
    ) throws -> HandIssueOutcome {
        try calls.invoke(
            "miles.issue_by_hand",
            HandIssueRequest(tranId: tranId, campaignId: campaignId, rows: rows, settings: settings)
        )
    }

    /// Wishes issues cancelled.
    @available(*, noasync)
    public func cancel(tranId: String, issuanceIds: [String], reason: String) throws -> MileCancelOutcome {
        try calls.invoke("miles.cancel", MileCancelRequest(tranId: tranId, issuanceIds: issuanceIds, reason: reason))
    }

    /// What became of a wish to cancel.
    @available(*, noasync)
    public func cancellation(_ cancellationId: String) throws -> MileCancellation {
        try calls.invoke("miles.cancellation", CancellationId(cancellationId: cancellationId))
    }

    /// An issue, an issue by hand or a cancel as the journal knows it.
    @available(*, noasync)
    public func task(kind: TaskKind, tranId: String) throws -> MileTask {
        try calls.invoke("miles.task", TaskId(kind: kind, tranId: tranId))
    }

    /// Tasks of one kind in some phases.
    @available(*, noasync)
    public func tasks(
        _ kind: TaskKind,
        limit: Int64 = 100,
        phases: [TaskPhase] = [],
        after: String? = nil
    ) throws -> MileTasks {
        try calls.invoke("miles.tasks", TaskQuery(kind: kind, limit: limit, phases: phases, after: after))
    }

    /// Tasks that somebody or something still has to act on.
    @available(*, noasync)
    public func unresolved(limit: Int64 = 100) throws -> MileTasks {
        try calls.invoke("miles.unresolved", Limit(limit: limit))
    }

    /// Looks after one task now, instead of when it is due.
    @available(*, noasync)
    public func resolve(kind: TaskKind, tranId: String) throws -> MileTask {
        try calls.invoke("miles.resolve", TaskId(kind: kind, tranId: tranId))
    }

    /// Records what a person found out about a task under review.
    @available(*, noasync)
    public func review(_ request: TaskReview) throws -> MileTask {
        try calls.invoke("miles.review", request)
    }

    /// A campaign of the site.
    @available(*, noasync)
    public func campaign(_ campaignId: String) throws -> CampaignInfo {
        try calls.invoke("miles.campaign", CampaignId(campaignId: campaignId))
    }

    /// A mail as a member gets it.
    @available(*, noasync)
    public func sampleMail(campaignId: String, kind: String, insertedText: String? = nil) throws -> SampleMailText {
        try calls.invoke(
            "miles.sample_mail",
            SampleQuery(campaignId: campaignId, kind: kind, insertedText: insertedText)
        )
    }

    /// A registration by its id.
    @available(*, noasync)
    public func registration(_ registrationId: String) throws -> MileRegistration {
        try calls.invoke("miles.registration", RegistrationRef(registrationId: registrationId))
    }

    /// The registration of a tran_id, if there is one.
    @available(*, noasync)
    public func findRegistration(_ tranId: String) throws -> FoundRegistration {
        try calls.invoke("miles.find_registration", TranRef(tranId: tranId))
    }

    /// Registrations of the site, page by page.
    @available(*, noasync)
    public func registrations(_ request: RegistrationQuery) throws -> RegistrationPage {
        try calls.invoke("miles.registrations", request)
    }

    /// The issued rows of a registration as a file.
    @available(*, noasync)
    public func completedList(_ registrationId: String) throws -> ListFile {
        try calls.invoke("miles.completed_list", RegistrationRef(registrationId: registrationId))
    }

    /// The refused rows of a registration as a file.
    @available(*, noasync)
    public func errorList(_ registrationId: String) throws -> ListFile {
        try calls.invoke("miles.error_list", RegistrationRef(registrationId: registrationId))
    }

    /// Deletes both lists of a registration for good.
    @available(*, noasync)
    public func deleteLists(_ registrationId: String) throws -> DeletionOutcome {
        try calls.invoke("miles.delete_lists", RegistrationRef(registrationId: registrationId))
    }

    /// Issues of a campaign, page by page.
    @available(*, noasync)
    public func history(_ request: HistoryQuery) throws -> HistoryPage {
        try calls.invoke("miles.history", request)
    }

    /// What a month costs.
    @available(*, noasync)
    public func bill(_ month: String) throws -> MileBill {
        try calls.invoke("miles.bill", MonthRef(month: month))
    }

    /// Makes a mile-get tag, signed or as published.
    @available(*, noasync)
    public func tag(_ request: TagRequest) throws -> TagText {
        try calls.invoke("miles.tag", request)
    }

    /// Reads a mile-get tag; one that must be signed is verified.
    @available(*, noasync)
    public func readTag(_ tag: String, signed: Bool = false, at: Date? = nil) throws -> TagContents {
        try calls.invoke("miles.read_tag", TagCheck(tag: tag, signed: signed, at: at))
    }

    /// Checks a file by all rules before anything is sent.
    @available(*, noasync)
    public func checkFile(_ request: FileCheckRequest) throws -> FileCheckReport {
        try calls.invoke("miles.check_file", request)
    }

    /// Issues the miles of a file of any size; called again with the same it goes on where it stopped.
    @available(*, noasync)
    public func issueFile(_ request: BatchIssueRequest) throws -> BatchIssueReport {
        try calls.invoke("miles.issue_file", request)
    }

    /// How far a file is that is being issued in this process; asked from another thread.
    @available(*, noasync)
    public func fileProgress(_ batchId: String) throws -> BatchProgressReport {
        try calls.invoke("miles.file_progress", BatchId(batchId: batchId))
    }

    /// A file's issue as the journal knows it, from any process.
    @available(*, noasync)
    public func batch(_ batchId: String) throws -> BatchState {
        try calls.invoke("miles.batch", BatchId(batchId: batchId))
    }

    /// The uploads of a file as the journal knows them.
    @available(*, noasync)
    public func uploads(batchId: String, firstRow: Int64, limit: Int64 = 100) throws -> Uploads {
        try calls.invoke("miles.uploads", UploadQuery(batchId: batchId, firstRow: firstRow, limit: limit))
    }

    /// Records what a person found out about an upload under review.
    @available(*, noasync)
    public func reviewUpload(_ request: UploadReview) throws -> Upload {
        try calls.invoke("miles.review_upload", request)
    }

    /// Uploads of all sites that somebody or something still has to act on.
    @available(*, noasync)
    public func unresolvedUploads(limit: Int64 = 100, after: UploadRef? = nil) throws -> Uploads {
        try calls.invoke("miles.unresolved_uploads", OpenUploadQuery(limit: limit, after: after))
    }

    /// Looks after one upload now, instead of when it is due; its rows are not sent.
    @available(*, noasync)
    public func resolveUpload(batchId: String, firstRow: Int64) throws -> Upload {
        try calls.invoke("miles.resolve_upload", UploadId(batchId: batchId, firstRow: firstRow))
    }
}
