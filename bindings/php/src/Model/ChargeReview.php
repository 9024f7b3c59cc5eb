<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What a person found out about a charge under review.
 */
final readonly class ChargeReview extends Record
{
    /** @internal */
    public const SCHEMA = [
        'id' => ['id', 'string', 'rs'],
        'verdict' => ['verdict', 'string', 'rs'],
        'trackingId' => ['tracking_id', 'string', 'ns'],
    ];

    /**
     * @param string $id The shop's id.
     * @param string $verdict `happened` or `missing`.
     * @param ?string $trackingId The gateway's id that the management page shows, where the journal does not know
     *     it.
     */
    public function __construct(
        public string $id,
        public string $verdict,
        public ?string $trackingId = null,
    ) {
    }
}
