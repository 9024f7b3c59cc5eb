<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Exchanges.
 */
final readonly class Exchanges extends Record
{
    /** @internal */
    public const SCHEMA = [
        'exchanges' => ['exchanges', [Exchange::class], 'rs'],
    ];

    /**
     * @param list<Exchange> $exchanges In the order of site and `tran_id`.
     */
    public function __construct(
        public array $exchanges,
    ) {
    }
}
