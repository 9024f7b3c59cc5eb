<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Issues to cancel.
 */
final readonly class MileCancelRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'tranId' => ['tran_id', 'string', 'rs'],
        'issuanceIds' => ['issuance_ids', ['string'], 'rs'],
        'reason' => ['reason', 'string', 'rs'],
    ];

    /**
     * @param string $tranId The shop's own id of this wish.
     * @param list<string> $issuanceIds NetMile's ids of the issues, 1 to 1000.
     * @param string $reason `duplicate`, `condition_not_met`, `returned_goods`, `wrong_amount` or `other`.
     */
    public function __construct(
        public string $tranId,
        public array $issuanceIds,
        public string $reason,
    ) {
    }
}
