<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A balance.
 *
 * @property-read int $miles Miles. Personal.
 */
final readonly class Balance extends Record
{
    /** @internal */
    public const SCHEMA = [
        'miles' => ['miles', 'integer', 'r'],
    ];

    /**
     * @param int $miles Miles. Personal.
     */
    public function __construct(
        #[\SensitiveParameter] int $miles,
    ) {
        $this->hide([
            'miles' => $miles,
        ]);
    }
}
