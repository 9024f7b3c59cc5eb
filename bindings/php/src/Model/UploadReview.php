<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What a person found out about an upload under review: it is not there, or what was counted.
 */
final readonly class UploadReview extends Record
{
    /** @internal */
    public const SCHEMA = [
        'batchId' => ['batch_id', 'string', 'rs'],
        'firstRow' => ['first_row', 'integer', 'rs'],
        'verdict' => ['verdict', 'string', 'rs'],
        'refused' => ['refused', 'integer', 'ns'],
        'milesRefused' => ['miles_refused', 'integer', 'ns'],
    ];

    /**
     * @param string $batchId The shop's own id.
     * @param int $firstRow Its first row.
     * @param string $verdict `not_there` or `counted`.
     * @param ?int $refused Refused rows, when counted.
     * @param ?int $milesRefused Miles refused, when counted.
     */
    public function __construct(
        public string $batchId,
        public int $firstRow,
        public string $verdict,
        public ?int $refused = null,
        public ?int $milesRefused = null,
    ) {
    }
}
