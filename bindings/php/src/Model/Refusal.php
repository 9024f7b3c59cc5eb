<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Why the gateway or NetMile refused. Nothing moved.
 *
 * @property-read array<string, string> $details Further facts of the answer, by name.
 */
final readonly class Refusal extends Record
{
    /** @internal */
    public const SCHEMA = [
        'code' => ['code', 'string', 'rs'],
        'details' => ['details', 'map', 'r'],
    ];

    /**
     * @param string $code The code. Those of NetMile's tables carry their table: `manual:44038`.
     * @param array<string, string> $details Further facts of the answer, by name.
     */
    public function __construct(
        public string $code,
        #[\SensitiveParameter] array $details,
    ) {
        $this->hide([
            'details' => $details,
        ]);
    }
}
