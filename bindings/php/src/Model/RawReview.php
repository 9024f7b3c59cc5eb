<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What a person found out about a raw message whose outcome nobody knows.
 */
final readonly class RawReview extends Record
{
    /** @internal */
    public const SCHEMA = [
        'id' => ['id', 'string', 'rs'],
        'verdict' => ['verdict', 'string', 'rs'],
    ];

    /**
     * @param string $id The shop's own id of it.
     * @param string $verdict `happened` or `missing`.
     */
    public function __construct(
        public string $id,
        public string $verdict,
    ) {
    }
}
