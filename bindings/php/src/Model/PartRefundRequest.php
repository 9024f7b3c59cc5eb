<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A refund of a part.
 */
final readonly class PartRefundRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'id' => ['id', 'string', 'rs'],
        'name' => ['name', 'string', 'rs'],
        'amount' => ['amount', 'integer', 'rs'],
    ];

    /**
     * @param string $id The shop's id.
     * @param string $name The shop's own name of this part, 1 to 64 characters: a repeat is recognised by it.
     * @param int $amount Yen.
     */
    public function __construct(
        public string $id,
        public string $name,
        public int $amount,
    ) {
    }
}
