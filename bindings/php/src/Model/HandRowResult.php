<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What became of a row.
 */
final readonly class HandRowResult extends Record
{
    /** @internal */
    public const SCHEMA = [
        'issued' => ['issued', 'boolean', 'rs'],
        'issuanceId' => ['issuance_id', 'string', 'ns'],
        'rejection' => ['rejection', Refusal::class, 'ns'],
    ];

    /**
     * @param bool $issued Whether it was issued.
     * @param ?string $issuanceId NetMile's id of the issue.
     * @param ?Refusal $rejection Why not.
     */
    public function __construct(
        public bool $issued,
        public ?string $issuanceId = null,
        public ?Refusal $rejection = null,
    ) {
    }
}
