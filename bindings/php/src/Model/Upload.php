<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * One upload of a batch.
 *
 * @property-read list<CodeTally> $breakdown Refused rows by code.
 * @property-read ?Refusal $rejection Why it was refused as a whole.
 */
final readonly class Upload extends Record
{
    /** @internal */
    public const SCHEMA = [
        'siteId' => ['site_id', 'string', 'rs'],
        'batchId' => ['batch_id', 'string', 'rs'],
        'firstRow' => ['first_row', 'integer', 'rs'],
        'rows' => ['rows', 'integer', 'rs'],
        'miles' => ['miles', 'integer', 'rs'],
        'phase' => ['phase', 'string', 'rs'],
        'refused' => ['refused', 'integer', 'rs'],
        'milesIssued' => ['miles_issued', 'integer', 'rs'],
        'milesRefused' => ['miles_refused', 'integer', 'rs'],
        'breakdown' => ['breakdown', [CodeTally::class], 'r'],
        'registrationId' => ['registration_id', 'string', 'ns'],
        'rejection' => ['rejection', Refusal::class, 'n'],
        'review' => ['review', 'string', 'ns'],
    ];

    /**
     * @param string $siteId Site.
     * @param string $batchId The shop's own id of the batch.
     * @param int $firstRow Its first row.
     * @param int $rows Its rows.
     * @param int $miles Their miles.
     * @param string $phase `sending`, `accepted`, `finished`, `refused` or `needs_review`.
     * @param int $refused Refused rows.
     * @param int $milesIssued Miles issued.
     * @param int $milesRefused Miles refused.
     * @param list<CodeTally> $breakdown Refused rows by code.
     * @param ?string $registrationId NetMile's id.
     * @param ?Refusal $rejection Why it was refused as a whole.
     * @param ?string $review Why a person must look: `unanswered`, `refused`, `sums_differ`, `two_ids` or
     *     `list_differs`.
     */
    public function __construct(
        public string $siteId,
        public string $batchId,
        public int $firstRow,
        public int $rows,
        public int $miles,
        public string $phase,
        public int $refused,
        public int $milesIssued,
        public int $milesRefused,
        #[\SensitiveParameter] array $breakdown,
        public ?string $registrationId = null,
        #[\SensitiveParameter] ?Refusal $rejection = null,
        public ?string $review = null,
    ) {
        $this->hide([
            'breakdown' => $breakdown,
            'rejection' => $rejection,
        ]);
    }
}
