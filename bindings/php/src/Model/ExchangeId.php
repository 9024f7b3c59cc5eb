<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Names an exchange.
 */
final readonly class ExchangeId extends Record
{
    /** @internal */
    public const SCHEMA = [
        'tranId' => ['tran_id', 'string', 'rs'],
    ];

    /**
     * @param string $tranId The shop's own id.
     */
    public function __construct(
        public string $tranId,
    ) {
    }
}
