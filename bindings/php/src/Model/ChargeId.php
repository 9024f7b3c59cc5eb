<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Names a charge.
 */
final readonly class ChargeId extends Record
{
    /** @internal */
    public const SCHEMA = [
        'id' => ['id', 'string', 'rs'],
    ];

    /**
     * @param string $id The shop's id.
     */
    public function __construct(
        public string $id,
    ) {
    }
}
