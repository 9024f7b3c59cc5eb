<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What is wrong with a hash. Holds neither key nor values.
 *
 * @property-read list<HashFault> $faults The mistakes that give exactly this hash.
 */
final readonly class HashExplanation extends Record
{
    /** @internal */
    public const SCHEMA = [
        'verdict' => ['verdict', 'string', 'rs'],
        'faults' => ['faults', [HashFault::class], 'r'],
        'text' => ['text', 'string', 'rs'],
    ];

    /**
     * @param string $verdict `correct`, `recipe`, `no_known_recipe` or `not_a_hash`.
     * @param list<HashFault> $faults The mistakes that give exactly this hash.
     * @param string $text The explanation in the client's language.
     */
    public function __construct(
        public string $verdict,
        #[\SensitiveParameter] array $faults,
        public string $text,
    ) {
        $this->hide([
            'faults' => $faults,
        ]);
    }
}
