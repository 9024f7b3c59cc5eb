// Made by generate.py from ffi/manifest.json; do not edit.

package netmile

import java.time.Instant

/** Whether somebody is a member. */
public data class MembershipAnswer @JvmOverloads constructor(
    /** Whether the address or id belongs to a member. */
    val exists: Boolean,
    /** Whether miles can be issued to it. */
    val active: Boolean,
    /** The user id. Personal. */
    val userId: String? = null,
) {
    override fun toString(): String = "MembershipAnswer(exists=$exists, active=$active)"
}

/** A member. */
public data class MemberInfo(
    /** NetMile user id. Personal. */
    val userId: String,
    /** `provisional`, `full` or `barred`. */
    val status: String,
    /** `YYYY-MM-DD`. */
    val registeredOn: String,
) {
    override fun toString(): String = "MemberInfo(status=$status)"
}

/** Miles that are still to come. */
public data class PendingMiles(
    /** Miles. */
    val miles: Long,
    /** `YYYY-MM-DD`. */
    val depositOn: String,
    /** Of which campaign. */
    val campaignId: String,
) {
    override fun toString(): String = "PendingMiles(campaignId=$campaignId)"
}

/** What a member has. All of it is personal. */
public data class PassbookAnswer(
    /** Deposited miles. */
    val balance: Long,
    /** Miles that are still to come. */
    val pendingTotal: Long,
    /** When which of them come. */
    val pending: List<PendingMiles>,
) {
    override fun toString(): String = "PassbookAnswer()"
}

/** Miles that were issued. */
public data class IssuedMiles(
    /** NetMile's id of the issue. */
    val issuanceId: String,
    /** NetMile's id of the registration. */
    val registrationId: String,
    /** Miles. */
    val miles: Long,
    /** When. */
    val issuedAt: Instant,
    /** When they are deposited, `YYYY-MM-DD`. */
    val depositOn: String,
    /** `held`, `valid` or `cancelled`. */
    val state: String,
) {
    override fun toString(): String =
        "IssuedMiles(issuanceId=$issuanceId, registrationId=$registrationId, miles=$miles, state=$state)"
}

/** Who gets miles. Exactly one is given. */
public data class MileUser @JvmOverloads constructor(
    /** Mail address. Personal. */
    val mail: String? = null,
    /** Mail address of a mobile carrier. Personal. */
    val mobileMail: String? = null,
    /** NetMile user id. Personal. */
    val userId: String? = null,
) {
    override fun toString(): String = "MileUser()"
}

/** Settings of an issue; what is not given is as the campaign says. */
public data class IssueSettings @JvmOverloads constructor(
    /** Days until the miles are deposited: 0 for at once, 1 to 365. */
    val depositDays: Long? = null,
    /** Whether the member is mailed when they are. */
    val depositMail: Boolean? = null,
    /** Text in that mail, at most 500 characters. */
    val insertedText: String? = null,
    /** Register who is no member yet. */
    val memberRegistration: Boolean = false,
    /** And make a password. */
    val passwordGeneration: Boolean = false,
) {
    override fun toString(): String =
        "IssueSettings(depositDays=$depositDays, depositMail=$depositMail, " +
            "memberRegistration=$memberRegistration, passwordGeneration=$passwordGeneration)"
}

/** One issue of miles (自動発行). */
public data class IssueRequest @JvmOverloads constructor(
    /** The shop's own id of the issue, never used twice. */
    val tranId: String,
    /** Campaign (キャンペーンID). */
    val campaignId: String,
    /** Who gets them. */
    val user: MileUser,
    /** The shop's own key of what is rewarded (指定キー). May be personal. */
    val designatedKey: String,
    /** Miles; only for a campaign of variable miles. */
    val miles: Long? = null,
    /** Settings. */
    val settings: IssueSettings? = null,
) {
    override fun toString(): String = "IssueRequest(tranId=$tranId, campaignId=$campaignId, miles=$miles)"
}

/** What became of a row. */
public data class HandRowResult @JvmOverloads constructor(
    /** Whether it was issued. */
    val issued: Boolean,
    /** NetMile's id of the issue. */
    val issuanceId: String? = null,
    /** Why not. */
    val rejection: Refusal? = null,
) {
    override fun toString(): String = "HandRowResult(issued=$issued, issuanceId=$issuanceId, rejection=$rejection)"
}

/** What became of an issue by hand. */
public data class HandIssued(
    /** NetMile's id of the registration. */
    val registrationId: String,
    /** In the order of the request. */
    val rows: List<HandRowResult>,
) {
    override fun toString(): String = "HandIssued(registrationId=$registrationId, rows=$rows)"
}

/** One row of an issue by hand. */
public data class HandRow @JvmOverloads constructor(
    /** Mail address. Personal. */
    val mail: String,
    /** The shop's own key (指定キー). May be personal. */
    val designatedKey: String,
    /** Miles; only for a campaign of variable miles. */
    val miles: Long? = null,
    /** Whether the member is mailed. */
    val depositMail: Boolean? = null,
) {
    override fun toString(): String = "HandRow(miles=$miles, depositMail=$depositMail)"
}

/** What became of the wish for one issue. */
public data class CancelledIssue @JvmOverloads constructor(
    /** NetMile's id of the issue. */
    val issuanceId: String,
    /** `cancelled`, `applied` (NetMile decides), `approved`, `rejected` (by NetMile) or `refused` (by a rule). */
    val standing: String,
    /** Why not. */
    val code: String? = null,
) {
    override fun toString(): String = "CancelledIssue(issuanceId=$issuanceId, standing=$standing, code=$code)"
}

/** What became of a wish to cancel. */
public data class MileCancellation(
    /** NetMile's id of it. */
    val cancellationId: String,
    /** The reason that was given. */
    val reason: String,
    /** Whether NetMile still has to decide about some of it. */
    val pending: Boolean,
    /** In the order of the request. */
    val results: List<CancelledIssue>,
) {
    override fun toString(): String =
        "MileCancellation(cancellationId=$cancellationId, reason=$reason, pending=$pending, results=$results)"
}

/** A task under a `tran_id`, as the journal knows it. */
public data class MileTask @JvmOverloads constructor(
    /** `issue`, `by_hand` or `cancel`. */
    val kind: String,
    /** Site. */
    val siteId: String,
    /** The shop's own id. */
    val tranId: String,
    /** `prepared`, `sending`, `unknown`, `done`, `refused` or `needs_review`. */
    val phase: String,
    /** Since when. */
    val since: Instant,
    /** How often somebody looked for its outcome. */
    val looks: Long,
    /** What was issued. */
    val issued: IssuedMiles? = null,
    /** What became of the rows. */
    val byHand: HandIssued? = null,
    /** What became of the wish. */
    val cancellation: MileCancellation? = null,
    /** Why it was refused. */
    val rejection: Refusal? = null,
) {
    override fun toString(): String =
        "MileTask(kind=$kind, siteId=$siteId, tranId=$tranId, phase=$phase, issued=$issued, byHand=$byHand, " +
            "cancellation=$cancellation, rejection=$rejection)"
}

/** Tasks. */
public data class MileTasks(
    /** In the order of site and `tran_id`. */
    val tasks: List<MileTask>,
) {
    override fun toString(): String = "MileTasks(tasks=$tasks)"
}

/** What a person found out about a task under review. With `happened` comes what NetMile's pages show. */
public data class TaskReview @JvmOverloads constructor(
    /** `issue`, `by_hand` or `cancel`. */
    val kind: String,
    /** The shop's own id. */
    val tranId: String,
    /** `happened` or `missing`. */
    val verdict: String,
    /** What was issued, of an issue that happened. */
    val issued: IssuedMiles? = null,
    /** What became of the rows, of issues by hand that happened. */
    val byHand: HandIssued? = null,
    /** What became of it, of a wish to cancel that happened. */
    val cancellation: MileCancellation? = null,
) {
    override fun toString(): String = "TaskReview(kind=$kind, tranId=$tranId, verdict=$verdict)"
}

/** A campaign. */
public data class CampaignInfo @JvmOverloads constructor(
    /** Its id. */
    val campaignId: String,
    /** Its name. */
    val name: String,
    /** `running`, `ended`, `suspended` or `unapproved`. */
    val state: String,
    /** Whether every issue has the same miles. */
    val fixed: Boolean,
    /** Fewest miles of an issue. */
    val minMiles: Long,
    /** Most miles of an issue. */
    val maxMiles: Long,
    /** First day of issuing. */
    val issueFrom: String,
    /** Last day of issuing. */
    val issueUntil: String,
    /** When issued miles can be used: `at_once`, `after_days` or `on`. */
    val usable: String,
    /** How often a member may get it. */
    val perMember: Long? = null,
    /** How often on one day. */
    val perMemberDay: Long? = null,
    /** Days until then. */
    val usableDays: Long? = null,
    /** The day. */
    val usableOn: String? = null,
) {
    override fun toString(): String =
        "CampaignInfo(campaignId=$campaignId, name=$name, state=$state, fixed=$fixed, minMiles=$minMiles, " +
            "maxMiles=$maxMiles)"
}

/** A mail as a member gets it. */
public data class SampleMailText(
    /** Subject. */
    val subject: String,
    /** Body. */
    val body: String,
) {
    override fun toString(): String = "SampleMailText(subject=$subject)"
}

/** How often a code stands in a registration. */
public data class CodeTally(
    /** Code. */
    val code: String,
    /** Rows. */
    val count: Long,
) {
    override fun toString(): String = "CodeTally(code=$code, count=$count)"
}

/** A registration (登録). */
public data class MileRegistration @JvmOverloads constructor(
    /** NetMile's id. */
    val registrationId: String,
    /** `csv` or `by_hand`. */
    val kind: String,
    /** Campaign. */
    val campaignId: String,
    /** Its name. */
    val campaignName: String,
    /** By what the members are named. */
    val method: String,
    /** When it was accepted. */
    val acceptedAt: Instant,
    /** `accepted`, `processing` or `finished`. */
    val state: String,
    /** Rows. */
    val records: Long,
    /** Refused rows. */
    val errors: Long,
    /** Miles issued. */
    val milesIssued: Long,
    /** Miles refused. */
    val milesRefused: Long,
    /** Refused rows by code. */
    val breakdown: List<CodeTally>,
    /** Whether its lists can be fetched: `none`, `available` or `deleted`. */
    val lists: String,
    /** Name of the file. */
    val fileName: String? = null,
    /** The batch it is of. */
    val batchId: String? = null,
    /** Number of its first row in the batch, from 1. */
    val firstRow: Long? = null,
    /** When all of it was processed. */
    val finishedAt: Instant? = null,
) {
    override fun toString(): String =
        "MileRegistration(registrationId=$registrationId, kind=$kind, campaignId=$campaignId, state=$state, " +
            "records=$records, errors=$errors, milesIssued=$milesIssued, milesRefused=$milesRefused)"
}

/** A registration, if there is one. */
public data class FoundRegistration @JvmOverloads constructor(
    /** It. */
    val registration: MileRegistration? = null,
) {
    override fun toString(): String = "FoundRegistration(registration=$registration)"
}

/** A page of registrations. */
public data class RegistrationPage(
    /** How many there are. */
    val total: Long,
    /** This page. */
    val page: Long,
    /** How many pages. */
    val pages: Long,
    /** Those of this page. */
    val items: List<MileRegistration>,
) {
    override fun toString(): String = "RegistrationPage(total=$total, page=$page, pages=$pages, items=$items)"
}

/** Which registrations. */
public data class RegistrationQuery @JvmOverloads constructor(
    /** Page, from 1. */
    val page: Long,
    /** Of this campaign. */
    val campaignId: String? = null,
    /** With this id. */
    val registrationId: String? = null,
    /** `csv` or `by_hand`. */
    val kind: String? = null,
    /** From this day, `YYYY-MM-DD`. */
    val from: String? = null,
    /** To this day. */
    val to: String? = null,
) {
    override fun toString(): String =
        "RegistrationQuery(page=$page, campaignId=$campaignId, registrationId=$registrationId, kind=$kind, " +
            "from=$from, to=$to)"
}

/** A list of a registration, as CSV in CP932. Personal. */
public data class ListFile(
    /** The bytes. */
    val file: ByteArray,
) {
    override fun toString(): String = "ListFile()"

    override fun equals(other: Any?): Boolean =
        other is ListFile &&
            file.contentEquals(other.file)

    override fun hashCode(): Int = listOf(file.contentHashCode()).hashCode()
}

/** One issue of the history. */
public data class HistoryRow(
    /** NetMile's id. */
    val issuanceId: String,
    /** When. */
    val issuedAt: Instant,
    /** The key. May be personal. */
    val designatedKey: String,
    /** Miles. */
    val miles: Long,
    /** When they are deposited. */
    val depositOn: String,
    /** `held`, `valid` or `cancelled`. */
    val state: String,
) {
    override fun toString(): String = "HistoryRow(issuanceId=$issuanceId, miles=$miles, state=$state)"
}

/** What was issued in a campaign (発行履歴). */
public data class HistoryPage(
    /** Name of the campaign. */
    val campaignName: String,
    /** Miles in all. */
    val milesIssued: Long,
    /** Issues in all. */
    val issued: Long,
    /** Of which valid. */
    val valid: Long,
    /** Of which cancelled. */
    val cancelled: Long,
    /** Rows that were found. */
    val total: Long,
    /** This page. */
    val page: Long,
    /** How many pages. */
    val pages: Long,
    /** Those of this page. */
    val rows: List<HistoryRow>,
) {
    override fun toString(): String =
        "HistoryPage(campaignName=$campaignName, milesIssued=$milesIssued, issued=$issued, valid=$valid, " +
            "cancelled=$cancelled, total=$total, page=$page, pages=$pages, rows=$rows)"
}

/** Which issues of a campaign. */
public data class HistoryQuery @JvmOverloads constructor(
    /** Campaign. */
    val campaignId: String,
    /** Page, from 1. */
    val page: Long,
    /** With this key (指定キー). May be personal. */
    val designatedKey: String? = null,
    /** From this hour, `YYYY-MM-DDTHH`, Japanese time. */
    val from: String? = null,
    /** To this hour. */
    val to: String? = null,
    /** At least so many miles. */
    val milesFrom: Long? = null,
    /** At most so many miles. */
    val milesTo: Long? = null,
    /** `held`, `valid` or `cancelled`. */
    val state: String? = null,
    /**
     * `issued_at`, `designated_key`, `miles`, `deposit_on` or `state`, the least first; with `-` before it the greatest
     * first. Without it the newest first.
     */
    val order: String? = null,
) {
    override fun toString(): String =
        "HistoryQuery(campaignId=$campaignId, page=$page, from=$from, to=$to, milesFrom=$milesFrom, " +
            "milesTo=$milesTo, state=$state, order=$order)"
}

/** Sums of a bill. */
public data class BillSums(
    /** Miles issued. */
    val issued: Long,
    /** Miles cancelled. */
    val cancelled: Long,
    /** Miles to pay. */
    val miles: Long,
    /** Yen to pay. */
    val yen: Long,
) {
    override fun toString(): String = "BillSums(issued=$issued, cancelled=$cancelled, miles=$miles, yen=$yen)"
}

/** A campaign's part of a bill. */
public data class CampaignBill(
    /** Campaign. */
    val campaignId: String,
    /** Sums. */
    val sums: BillSums,
) {
    override fun toString(): String = "CampaignBill(campaignId=$campaignId, sums=$sums)"
}

/** What a month costs. */
public data class MileBill(
    /** `YYYY-MM`. */
    val month: String,
    /** All of it. */
    val total: BillSums,
    /** By campaign. */
    val campaigns: List<CampaignBill>,
) {
    override fun toString(): String = "MileBill(month=$month, total=$total, campaigns=$campaigns)"
}

/** A mile-get tag. */
public data class TagText(
    /** Whether it is signed. */
    val signed: Boolean,
    /** The link. Holds the designated key. */
    val url: String,
    /** The link as HTML. */
    val html: String,
) {
    override fun toString(): String = "TagText(signed=$signed)"
}

/** What miles a campaign issues: `fixed`, or `min` and `max`. */
public data class MileRule @JvmOverloads constructor(
    /** Every issue has so many. */
    val fixed: Long? = null,
    /** At least so many. */
    val min: Long? = null,
    /** At most so many. */
    val max: Long? = null,
) {
    override fun toString(): String = "MileRule(fixed=$fixed, min=$min, max=$max)"
}

/**
 * A mile-get tag to make. With `tran_id` and `expires_at_ms` it is signed by the client's site, which must be the one
 * it is for.
 */
public data class TagRequest @JvmOverloads constructor(
    /** Site (加盟サイトID). */
    val siteId: String,
    /** Campaign. */
    val campaignId: String,
    /** What the campaign issues. */
    val rule: MileRule,
    /** Miles; for a variable campaign only. */
    val miles: Long? = null,
    /** The shop's key of what is rewarded (指定キー). May be personal. */
    val designatedKey: String? = null,
    /** The shop's own id, of a signed tag. */
    val tranId: String? = null,
    /** Until when a signed tag can be used. */
    val expiresAt: Instant? = null,
    /** Where it leads, such as `https://mile.example`; NetMile's own page when not given. */
    val origin: String? = null,
) {
    override fun toString(): String =
        "TagRequest(siteId=$siteId, campaignId=$campaignId, rule=$rule, miles=$miles, tranId=$tranId, " +
            "expiresAt=$expiresAt)"
}

/** What a tag says. */
public data class TagContents @JvmOverloads constructor(
    /** Site. */
    val siteId: String,
    /** Campaign. */
    val campaignId: String,
    /** Whether it is signed. A published tag proves nothing. */
    val signed: Boolean,
    /** The key. May be personal. */
    val designatedKey: String? = null,
    /** Miles. */
    val miles: Long? = null,
    /** The shop's own id. */
    val tranId: String? = null,
    /** Until when it can be used. */
    val expiresAt: Instant? = null,
) {
    override fun toString(): String =
        "TagContents(siteId=$siteId, campaignId=$campaignId, signed=$signed, miles=$miles, tranId=$tranId, " +
            "expiresAt=$expiresAt)"
}

/** What is wrong in a place of a file. */
public data class FileFaultEntry @JvmOverloads constructor(
    /** Line, from 1. */
    val line: Long,
    /** What, in the client's language. Never the value. */
    val text: String,
    /** Column, from 1. */
    val column: Long? = null,
    /** Which field. */
    val field: String? = null,
    /** NetMile's code for it, if it has one. */
    val code: String? = null,
) {
    override fun toString(): String = "FileFaultEntry(line=$line, column=$column, field=$field, code=$code)"
}

/** What a check found. */
public data class FileCheckReport(
    /** Whether it can be uploaded as it is. */
    val clean: Boolean,
    /** Data rows. */
    val rows: Long,
    /** Of which faulty. */
    val faultyRows: Long,
    /** How many faults. */
    val faults: Long,
    /** Miles of the good rows. */
    val miles: Long,
    /** Whether it begins with a header. */
    val hasHeader: Boolean,
    /** The first 1000 faults. */
    val found: List<FileFaultEntry>,
) {
    override fun toString(): String =
        "FileCheckReport(clean=$clean, rows=$rows, faultyRows=$faultyRows, faults=$faults, miles=$miles)"
}

/** A file to check. Exactly one of `file` and `path` is given. */
public data class FileCheckRequest @JvmOverloads constructor(
    /** `mail`, `mobile_mail`, `user_id` or `exchange`. */
    val kind: String,
    /** The bytes, at most 3 MB. Personal. */
    val file: ByteArray? = null,
    /** A file on this machine, of any size. */
    val path: String? = null,
    /** What the campaign issues. */
    val rule: MileRule? = null,
    /** Whether more rows than one upload may have are allowed. */
    val anySize: Boolean = false,
    /** Which mail domains are those of mobile carriers, instead of the known ones. */
    val carrierDomains: List<String>? = null,
) {
    override fun toString(): String = "FileCheckRequest(kind=$kind, path=$path)"

    override fun equals(other: Any?): Boolean =
        other is FileCheckRequest &&
            kind == other.kind &&
            file.contentEquals(other.file) &&
            path == other.path &&
            rule == other.rule &&
            anySize == other.anySize &&
            carrierDomains == other.carrierDomains

    override fun hashCode(): Int = listOf(kind, file.contentHashCode(), path, rule, anySize, carrierDomains).hashCode()
}

/** What became of a file. */
public data class BatchIssueReport @JvmOverloads constructor(
    /** `done`, `waiting` (call again), `refused` or `needs_review`. */
    val state: String,
    /** Rows to issue. */
    val rows: Long,
    /** Their miles. */
    val miles: Long,
    /** Faulty rows that were left out. */
    val leftOut: Long,
    /** Uploads that NetMile has. */
    val uploads: Long,
    /** Rows issued. */
    val issued: Long,
    /** Their miles. */
    val milesIssued: Long,
    /** Rows refused. */
    val refused: Long,
    /** Their miles. */
    val milesRefused: Long,
    /** Rows of which nothing is known yet. */
    val unknown: Long,
    /** Their miles. */
    val milesUnknown: Long,
    /** Refused rows by code. */
    val breakdown: List<CodeTally>,
    /** Whether rows in are issued + refused, and the miles likewise. */
    val addsUp: Boolean,
    /** Why NetMile refused an upload as a whole. */
    val rejection: Refusal? = null,
) {
    override fun toString(): String =
        "BatchIssueReport(state=$state, rows=$rows, miles=$miles, issued=$issued, milesIssued=$milesIssued, " +
            "refused=$refused, milesRefused=$milesRefused, unknown=$unknown, addsUp=$addsUp)"
}

/** Miles for a file of any size, under one batch id. Called again with the same, also after a crash, it goes on. */
public data class BatchIssueRequest @JvmOverloads constructor(
    /** The shop's own id, at most 40 characters. */
    val batchId: String,
    /** Campaign. */
    val campaignId: String,
    /** `mail`, `mobile_mail`, `user_id` or `exchange`. */
    val kind: String,
    /** The file on this machine. */
    val path: String,
    /** Where faulty rows are written, with all their faults. Personal. */
    val faultsPath: String,
    /** Where refused rows are written, with their codes. Personal. */
    val refusedPath: String,
    /** Settings of the issues. */
    val settings: IssueSettings? = null,
    /** What the campaign issues; with it rows are checked against it. */
    val rule: MileRule? = null,
    /** Name under which NetMile shows it. */
    val fileName: String? = null,
    /** Whom NetMile mails when an upload is processed. Personal. */
    val notify: String? = null,
    /** Rows of one upload, 1 to 10000. */
    val rowsPerUpload: Long? = null,
    /** Issue the good rows although there are faulty ones. */
    val leaveOutFaulty: Boolean = false,
    /** Which mail domains are those of mobile carriers, instead of the known ones. */
    val carrierDomains: List<String>? = null,
) {
    override fun toString(): String =
        "BatchIssueRequest(batchId=$batchId, campaignId=$campaignId, kind=$kind, path=$path, " +
            "leaveOutFaulty=$leaveOutFaulty)"
}

/** How far a batch is that runs in this process. */
public data class BatchProgressReport @JvmOverloads constructor(
    /** Whether it was started in this process. */
    val known: Boolean,
    /** Bytes read in this stage. */
    val bytes: Long,
    /** Good rows found. */
    val rows: Long,
    /** Rows that NetMile has. */
    val uploaded: Long,
    /** Rows whose outcome is known. */
    val finished: Long,
    /** Of which refused. */
    val refused: Long,
    /** `checking` or `issuing`. */
    val stage: String? = null,
    /** Bytes of the file. */
    val bytesTotal: Long? = null,
) {
    override fun toString(): String =
        "BatchProgressReport(known=$known, bytes=$bytes, rows=$rows, uploaded=$uploaded, finished=$finished, " +
            "refused=$refused, stage=$stage, bytesTotal=$bytesTotal)"
}

/** A batch as the journal knows it. */
public data class BatchState(
    /** The shop's own id. */
    val batchId: String,
    /** Site. */
    val siteId: String,
    /** SHA-256 of the file. */
    val fileSha256: String,
    /** Rows to issue. */
    val rows: Long,
    /** Their miles. */
    val miles: Long,
    /** Faulty rows that were left out. */
    val leftOut: Long,
    /** `running`, `done` or `needs_review`. */
    val phase: String,
) {
    override fun toString(): String =
        "BatchState(batchId=$batchId, siteId=$siteId, rows=$rows, miles=$miles, leftOut=$leftOut, phase=$phase)"
}

/** One upload of a batch. */
public data class Upload @JvmOverloads constructor(
    /** Site. */
    val siteId: String,
    /** The shop's own id of the batch. */
    val batchId: String,
    /** Its first row. */
    val firstRow: Long,
    /** Its rows. */
    val rows: Long,
    /** Their miles. */
    val miles: Long,
    /** `sending`, `accepted`, `finished`, `refused` or `needs_review`. */
    val phase: String,
    /** Refused rows. */
    val refused: Long,
    /** Miles issued. */
    val milesIssued: Long,
    /** Miles refused. */
    val milesRefused: Long,
    /** Refused rows by code. */
    val breakdown: List<CodeTally>,
    /** NetMile's id. */
    val registrationId: String? = null,
    /** Why it was refused as a whole. */
    val rejection: Refusal? = null,
    /** Why a person must look: `unanswered`, `refused`, `sums_differ`, `two_ids` or `list_differs`. */
    val review: String? = null,
) {
    override fun toString(): String =
        "Upload(siteId=$siteId, batchId=$batchId, firstRow=$firstRow, rows=$rows, miles=$miles, phase=$phase, " +
            "refused=$refused, milesIssued=$milesIssued, milesRefused=$milesRefused, " +
            "registrationId=$registrationId, review=$review)"
}

/** Uploads. */
public data class Uploads(
    /** In the order of site, batch and rows. */
    val uploads: List<Upload>,
) {
    override fun toString(): String = "Uploads(uploads=$uploads)"
}

/** What a person found out about an upload under review: it is not there, or what was counted. */
public data class UploadReview @JvmOverloads constructor(
    /** The shop's own id. */
    val batchId: String,
    /** Its first row. */
    val firstRow: Long,
    /** `not_there` or `counted`. */
    val verdict: String,
    /** Refused rows, when counted. */
    val refused: Long? = null,
    /** Miles refused, when counted. */
    val milesRefused: Long? = null,
) {
    override fun toString(): String =
        "UploadReview(batchId=$batchId, firstRow=$firstRow, verdict=$verdict, refused=$refused, " +
            "milesRefused=$milesRefused)"
}

/** Names an upload of any site of the client. */
public data class UploadRef(
    /** Site. */
    val siteId: String,
    /** The shop's own id of the batch. */
    val batchId: String,
    /** Its first row. */
    val firstRow: Long,
) {
    override fun toString(): String = "UploadRef(siteId=$siteId, batchId=$batchId, firstRow=$firstRow)"
}
