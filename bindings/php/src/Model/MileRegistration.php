<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A registration (登録).
 *
 * @property-read string $campaignName Its name.
 * @property-read string $method By what the members are named.
 * @property-read \DateTimeImmutable $acceptedAt When it was accepted.
 * @property-read list<CodeTally> $breakdown Refused rows by code.
 * @property-read string $lists Whether its lists can be fetched: `none`, `available` or `deleted`.
 * @property-read ?string $fileName Name of the file.
 * @property-read ?string $batchId The batch it is of.
 * @property-read ?int $firstRow Number of its first row in the batch, from 1.
 * @property-read ?\DateTimeImmutable $finishedAt When all of it was processed.
 */
final readonly class MileRegistration extends Record
{
    /** @internal */
    public const SCHEMA = [
        'registrationId' => ['registration_id', 'string', 'rs'],
        'kind' => ['kind', 'string', 'rs'],
        'campaignId' => ['campaign_id', 'string', 'rs'],
        'campaignName' => ['campaign_name', 'string', 'r'],
        'method' => ['method', 'string', 'r'],
        'acceptedAt' => ['accepted_at_ms', 'instant', 'r'],
        'state' => ['state', 'string', 'rs'],
        'records' => ['records', 'integer', 'rs'],
        'errors' => ['errors', 'integer', 'rs'],
        'milesIssued' => ['miles_issued', 'integer', 'rs'],
        'milesRefused' => ['miles_refused', 'integer', 'rs'],
        'breakdown' => ['breakdown', [CodeTally::class], 'r'],
        'lists' => ['lists', 'string', 'r'],
        'fileName' => ['file_name', 'string', 'n'],
        'batchId' => ['batch_id', 'string', 'n'],
        'firstRow' => ['first_row', 'integer', 'n'],
        'finishedAt' => ['finished_at_ms', 'instant', 'n'],
    ];

    /**
     * @param string $registrationId NetMile's id.
     * @param string $kind `csv` or `by_hand`.
     * @param string $campaignId Campaign.
     * @param string $campaignName Its name.
     * @param string $method By what the members are named.
     * @param \DateTimeImmutable $acceptedAt When it was accepted.
     * @param string $state `accepted`, `processing` or `finished`.
     * @param int $records Rows.
     * @param int $errors Refused rows.
     * @param int $milesIssued Miles issued.
     * @param int $milesRefused Miles refused.
     * @param list<CodeTally> $breakdown Refused rows by code.
     * @param string $lists Whether its lists can be fetched: `none`, `available` or `deleted`.
     * @param ?string $fileName Name of the file.
     * @param ?string $batchId The batch it is of.
     * @param ?int $firstRow Number of its first row in the batch, from 1.
     * @param ?\DateTimeImmutable $finishedAt When all of it was processed.
     */
    public function __construct(
        public string $registrationId,
        public string $kind,
        public string $campaignId,
        #[\SensitiveParameter] string $campaignName,
        #[\SensitiveParameter] string $method,
        #[\SensitiveParameter] \DateTimeImmutable $acceptedAt,
        public string $state,
        public int $records,
        public int $errors,
        public int $milesIssued,
        public int $milesRefused,
        #[\SensitiveParameter] array $breakdown,
        #[\SensitiveParameter] string $lists,
        #[\SensitiveParameter] ?string $fileName = null,
        #[\SensitiveParameter] ?string $batchId = null,
        #[\SensitiveParameter] ?int $firstRow = null,
        #[\SensitiveParameter] ?\DateTimeImmutable $finishedAt = null,
    ) {
        $this->hide([
            'campaignName' => $campaignName,
            'method' => $method,
            'acceptedAt' => $acceptedAt,
            'breakdown' => $breakdown,
            'lists' => $lists,
            'fileName' => $fileName,
            'batchId' => $batchId,
            'firstRow' => $firstRow,
            'finishedAt' => $finishedAt,
        ]);
    }
}
