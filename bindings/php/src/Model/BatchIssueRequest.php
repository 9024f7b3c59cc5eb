<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Miles for a file of any size, under one batch id. Called again with the same, also after a crash, it goes on.
 *
 * @property-read string $faultsPath Where faulty rows are written, with all their faults. Personal.
 * @property-read string $refusedPath Where refused rows are written, with their codes. Personal.
 * @property-read ?IssueSettings $settings Settings of the issues.
 * @property-read ?MileRule $rule What the campaign issues; with it rows are checked against it.
 * @property-read ?string $fileName Name under which NetMile shows it.
 * @property-read ?string $notify Whom NetMile mails when an upload is processed. Personal.
 * @property-read ?int $rowsPerUpload Rows of one upload, 1 to 10000.
 * @property-read ?list<string> $carrierDomains Which mail domains are those of mobile carriers, instead of the
 *     known ones.
 */
final readonly class BatchIssueRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'batchId' => ['batch_id', 'string', 'rs'],
        'campaignId' => ['campaign_id', 'string', 'rs'],
        'kind' => ['kind', 'string', 'rs'],
        'path' => ['path', 'string', 'rs'],
        'faultsPath' => ['faults_path', 'string', 'r'],
        'refusedPath' => ['refused_path', 'string', 'r'],
        'settings' => ['settings', IssueSettings::class, 'n'],
        'rule' => ['rule', MileRule::class, 'n'],
        'fileName' => ['file_name', 'string', 'n'],
        'notify' => ['notify', 'string', 'n'],
        'rowsPerUpload' => ['rows_per_upload', 'integer', 'n'],
        'leaveOutFaulty' => ['leave_out_faulty', 'boolean', 's'],
        'carrierDomains' => ['carrier_domains', ['string'], 'n'],
    ];

    /**
     * @param string $batchId The shop's own id, at most 40 characters.
     * @param string $campaignId Campaign.
     * @param string $kind `mail`, `mobile_mail`, `user_id` or `exchange`.
     * @param string $path The file on this machine.
     * @param string $faultsPath Where faulty rows are written, with all their faults. Personal.
     * @param string $refusedPath Where refused rows are written, with their codes. Personal.
     * @param ?IssueSettings $settings Settings of the issues.
     * @param ?MileRule $rule What the campaign issues; with it rows are checked against it.
     * @param ?string $fileName Name under which NetMile shows it.
     * @param ?string $notify Whom NetMile mails when an upload is processed. Personal.
     * @param ?int $rowsPerUpload Rows of one upload, 1 to 10000.
     * @param bool $leaveOutFaulty Issue the good rows although there are faulty ones.
     * @param ?list<string> $carrierDomains Which mail domains are those of mobile carriers, instead of the known
     *     ones.
     */
    public function __construct(
        public string $batchId,
        public string $campaignId,
        public string $kind,
        public string $path,
        #[\SensitiveParameter] string $faultsPath,
        #[\SensitiveParameter] string $refusedPath,
        #[\SensitiveParameter] ?IssueSettings $settings = null,
        #[\SensitiveParameter] ?MileRule $rule = null,
        #[\SensitiveParameter] ?string $fileName = null,
        #[\SensitiveParameter] ?string $notify = null,
        #[\SensitiveParameter] ?int $rowsPerUpload = null,
        public bool $leaveOutFaulty = false,
        #[\SensitiveParameter] ?array $carrierDomains = null,
    ) {
        $this->hide([
            'faultsPath' => $faultsPath,
            'refusedPath' => $refusedPath,
            'settings' => $settings,
            'rule' => $rule,
            'fileName' => $fileName,
            'notify' => $notify,
            'rowsPerUpload' => $rowsPerUpload,
            'carrierDomains' => $carrierDomains,
        ]);
    }
}
