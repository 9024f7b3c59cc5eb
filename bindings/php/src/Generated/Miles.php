<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Generated;

use Netmile\Internal\Port;
use Netmile\Model;

/**
 * Miles: issues, cancels, files, campaigns, tags.
 *
 * @internal use the room of the client
 */
abstract class Miles
{
    final public function __construct(private readonly Port $port)
    {
    }

    /**
     * Issues miles; asked again with the same tran_id it never issues twice.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function issue(Model\IssueRequest $request): Model\IssueOutcome
    {
        return $this->port->call('miles.issue', $request, Model\IssueOutcome::class);
    }

    /**
     * Issues up to ten rows under one tran_id.
     *
     * @param string $tranId The shop's own id.
     * @param string $campaignId Campaign.
     * @param list<Model\HandRow> $rows 1 to 10 rows.
     * @param ?Model\IssueSettings $settings Settings.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function issueByHand(
        string $tranId,
        string $campaignId,
        #[\SensitiveParameter] array $rows,
        #[\SensitiveParameter] ?Model\IssueSettings $settings = null,
    ): Model\HandIssueOutcome {
        return $this->port->call(
            'miles.issue_by_hand',
            new Model\HandIssueRequest(tranId: $tranId, campaignId: $campaignId, rows: $rows, settings: $settings),
            Model\HandIssueOutcome::class,
        );
    }

    /**
     * Wishes issues cancelled.
     *
     * @param string $tranId The shop's own id of this wish.
     * @param list<string> $issuanceIds NetMile's ids of the issues, 1 to 1000.
     * @param string $reason `duplicate`, `condition_not_met`, `returned_goods`, `wrong_amount` or `other`.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function cancel(string $tranId, array $issuanceIds, string $reason): Model\MileCancelOutcome
    {
        return $this->port->call(
            'miles.cancel',
            new Model\MileCancelRequest(tranId: $tranId, issuanceIds: $issuanceIds, reason: $reason),
            Model\MileCancelOutcome::class,
        );
    }

    /**
     * What became of a wish to cancel.
     *
     * @param string $cancellationId NetMile's id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function cancellation(string $cancellationId): Model\MileCancellation
    {
        return $this->port->call(
            'miles.cancellation',
            new Model\CancellationId(cancellationId: $cancellationId),
            Model\MileCancellation::class,
        );
    }

    /**
     * An issue, an issue by hand or a cancel as the journal knows it.
     *
     * @param \Netmile\TaskKind|string $kind `issue`, `by_hand` or `cancel`.
     * @param string $tranId The shop's own id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function task(\Netmile\TaskKind|string $kind, string $tranId): Model\MileTask
    {
        return $this->port->call('miles.task', new Model\TaskId(kind: $kind, tranId: $tranId), Model\MileTask::class);
    }

    /**
     * Tasks of one kind in some phases.
     *
     * @param \Netmile\TaskKind|string $kind `issue`, `by_hand` or `cancel`.
     * @param list<\Netmile\TaskPhase|string> $phases In one of these phases; none means any.
     * @param ?string $after After the one with this `tran_id` (of the client's site): the last one of the previous
     *     page.
     * @param int $limit At most so many, 1 to 1000.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function tasks(
        \Netmile\TaskKind|string $kind,
        array $phases = [],
        ?string $after = null,
        int $limit = 100,
    ): Model\MileTasks {
        return $this->port->call(
            'miles.tasks',
            new Model\TaskQuery(kind: $kind, phases: $phases, after: $after, limit: $limit),
            Model\MileTasks::class,
        );
    }

    /**
     * Tasks that somebody or something still has to act on.
     *
     * @param int $limit 1 to 1000.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function unresolved(int $limit = 100): Model\MileTasks
    {
        return $this->port->call('miles.unresolved', new Model\Limit(limit: $limit), Model\MileTasks::class);
    }

    /**
     * Looks after one task now, instead of when it is due.
     *
     * @param \Netmile\TaskKind|string $kind `issue`, `by_hand` or `cancel`.
     * @param string $tranId The shop's own id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function resolve(\Netmile\TaskKind|string $kind, string $tranId): Model\MileTask
    {
        return $this->port->call(
            'miles.resolve',
            new Model\TaskId(kind: $kind, tranId: $tranId),
            Model\MileTask::class,
        );
    }

    /**
     * Records what a person found out about a task under review.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function review(Model\TaskReview $request): Model\MileTask
    {
        return $this->port->call('miles.review', $request, Model\MileTask::class);
    }

    /**
     * A campaign of the site.
     *
     * @param string $campaignId Campaign (キャンペーンID).
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function campaign(string $campaignId): Model\CampaignInfo
    {
        return $this->port->call(
            'miles.campaign',
            new Model\CampaignId(campaignId: $campaignId),
            Model\CampaignInfo::class,
        );
    }

    /**
     * A mail as a member gets it.
     *
     * @param string $campaignId Campaign.
     * @param string $kind `deposit` or `member_registration`.
     * @param ?string $insertedText Text to insert.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function sampleMail(
        string $campaignId,
        string $kind,
        #[\SensitiveParameter] ?string $insertedText = null,
    ): Model\SampleMailText {
        return $this->port->call(
            'miles.sample_mail',
            new Model\SampleQuery(campaignId: $campaignId, kind: $kind, insertedText: $insertedText),
            Model\SampleMailText::class,
        );
    }

    /**
     * A registration by its id.
     *
     * @param string $registrationId NetMile's id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function registration(string $registrationId): Model\MileRegistration
    {
        return $this->port->call(
            'miles.registration',
            new Model\RegistrationRef(registrationId: $registrationId),
            Model\MileRegistration::class,
        );
    }

    /**
     * The registration of a tran_id, if there is one.
     *
     * @param string $tranId The shop's own id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function findRegistration(string $tranId): Model\FoundRegistration
    {
        return $this->port->call(
            'miles.find_registration',
            new Model\TranRef(tranId: $tranId),
            Model\FoundRegistration::class,
        );
    }

    /**
     * Registrations of the site, page by page.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function registrations(Model\RegistrationQuery $request): Model\RegistrationPage
    {
        return $this->port->call('miles.registrations', $request, Model\RegistrationPage::class);
    }

    /**
     * The issued rows of a registration as a file.
     *
     * @param string $registrationId NetMile's id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function completedList(string $registrationId): Model\ListFile
    {
        return $this->port->call(
            'miles.completed_list',
            new Model\RegistrationRef(registrationId: $registrationId),
            Model\ListFile::class,
        );
    }

    /**
     * The refused rows of a registration as a file.
     *
     * @param string $registrationId NetMile's id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function errorList(string $registrationId): Model\ListFile
    {
        return $this->port->call(
            'miles.error_list',
            new Model\RegistrationRef(registrationId: $registrationId),
            Model\ListFile::class,
        );
    }

    /**
     * Deletes both lists of a registration for good.
     *
     * @param string $registrationId NetMile's id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function deleteLists(string $registrationId): Model\DeletionOutcome
    {
        return $this->port->call(
            'miles.delete_lists',
            new Model\RegistrationRef(registrationId: $registrationId),
            Model\DeletionOutcome::class,
        );
    }

    /**
     * Issues of a campaign, page by page.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function history(Model\HistoryQuery $request): Model\HistoryPage
    {
        return $this->port->call('miles.history', $request, Model\HistoryPage::class);
    }

    /**
     * What a month costs.
     *
     * @param string $month `YYYYMM`.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function bill(string $month): Model\MileBill
    {
        return $this->port->call('miles.bill', new Model\MonthRef(month: $month), Model\MileBill::class);
    }

    /**
     * Makes a mile-get tag, signed or as published.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function tag(Model\TagRequest $request): Model\TagText
    {
        return $this->port->call('miles.tag', $request, Model\TagText::class);
    }

    /**
     * Reads a mile-get tag; one that must be signed is verified.
     *
     * @param string $tag Link or HTML. Holds the designated key.
     * @param bool $signed Whether it must be signed by the client's site.
     * @param ?\DateTimeImmutable $at Now, for tests; the machine's clock when not given.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function readTag(
        #[\SensitiveParameter] string $tag,
        bool $signed = false,
        ?\DateTimeImmutable $at = null,
    ): Model\TagContents {
        return $this->port->call(
            'miles.read_tag',
            new Model\TagCheck(tag: $tag, signed: $signed, at: $at),
            Model\TagContents::class,
        );
    }

    /**
     * Checks a file by all rules before anything is sent.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function checkFile(Model\FileCheckRequest $request): Model\FileCheckReport
    {
        return $this->port->call('miles.check_file', $request, Model\FileCheckReport::class);
    }

    /**
     * Issues the miles of a file of any size; called again with the same it goes on where it stopped.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function issueFile(Model\BatchIssueRequest $request): Model\BatchIssueReport
    {
        return $this->port->call('miles.issue_file', $request, Model\BatchIssueReport::class);
    }

    /**
     * How far a file is that is being issued in this process; asked from another thread.
     *
     * @param string $batchId The shop's own id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function fileProgress(string $batchId): Model\BatchProgressReport
    {
        return $this->port->call(
            'miles.file_progress',
            new Model\BatchId(batchId: $batchId),
            Model\BatchProgressReport::class,
        );
    }

    /**
     * A file's issue as the journal knows it, from any process.
     *
     * @param string $batchId The shop's own id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function batch(string $batchId): Model\BatchState
    {
        return $this->port->call('miles.batch', new Model\BatchId(batchId: $batchId), Model\BatchState::class);
    }

    /**
     * The uploads of a file as the journal knows them.
     *
     * @param string $batchId The shop's own id.
     * @param int $firstRow From the upload whose first row is this; 1 for the first.
     * @param int $limit At most so many, 1 to 1000.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function uploads(string $batchId, int $firstRow, int $limit = 100): Model\Uploads
    {
        return $this->port->call(
            'miles.uploads',
            new Model\UploadQuery(batchId: $batchId, firstRow: $firstRow, limit: $limit),
            Model\Uploads::class,
        );
    }

    /**
     * Records what a person found out about an upload under review.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function reviewUpload(Model\UploadReview $request): Model\Upload
    {
        return $this->port->call('miles.review_upload', $request, Model\Upload::class);
    }

    /**
     * Uploads of all sites that somebody or something still has to act on.
     *
     * @param ?Model\UploadRef $after After this one: the last one of the previous page.
     * @param int $limit At most so many, 1 to 1000.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function unresolvedUploads(?Model\UploadRef $after = null, int $limit = 100): Model\Uploads
    {
        return $this->port->call(
            'miles.unresolved_uploads',
            new Model\OpenUploadQuery(after: $after, limit: $limit),
            Model\Uploads::class,
        );
    }

    /**
     * Looks after one upload now, instead of when it is due; its rows are not sent.
     *
     * @param string $batchId The shop's own id of the batch.
     * @param int $firstRow Its first row.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function resolveUpload(string $batchId, int $firstRow): Model\Upload
    {
        return $this->port->call(
            'miles.resolve_upload',
            new Model\UploadId(batchId: $batchId, firstRow: $firstRow),
            Model\Upload::class,
        );
    }
}
