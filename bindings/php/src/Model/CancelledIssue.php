<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What became of the wish for one issue.
 */
final readonly class CancelledIssue extends Record
{
    /** @internal */
    public const SCHEMA = [
        'issuanceId' => ['issuance_id', 'string', 'rs'],
        'standing' => ['standing', 'string', 'rs'],
        'code' => ['code', 'string', 'ns'],
    ];

    /**
     * @param string $issuanceId NetMile's id of the issue.
     * @param string $standing `cancelled`, `applied` (NetMile decides), `approved`, `rejected` (by NetMile) or
     *     `refused` (by a rule).
     * @param ?string $code Why not.
     */
    public function __construct(
        public string $issuanceId,
        public string $standing,
        public ?string $code = null,
    ) {
    }
}
