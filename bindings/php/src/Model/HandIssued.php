<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What became of an issue by hand.
 */
final readonly class HandIssued extends Record
{
    /** @internal */
    public const SCHEMA = [
        'registrationId' => ['registration_id', 'string', 'rs'],
        'rows' => ['rows', [HandRowResult::class], 'rs'],
    ];

    /**
     * @param string $registrationId NetMile's id of the registration.
     * @param list<HandRowResult> $rows In the order of the request.
     */
    public function __construct(
        public string $registrationId,
        public array $rows,
    ) {
    }
}
