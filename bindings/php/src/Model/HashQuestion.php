<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A hash that does not match.
 *
 * @property-read list<Pair> $fields Names and values as sent, in the order sent. Personal.
 * @property-read string $claimed The hash that somebody else computed.
 */
final readonly class HashQuestion extends Record
{
    /** @internal */
    public const SCHEMA = [
        'message' => ['message', 'string', 'rs'],
        'fields' => ['fields', [Pair::class], 'r'],
        'claimed' => ['claimed', 'string', 'r'],
    ];

    /**
     * @param string $message `purchase`, `purchase_result`, `purchase_return`, `registration`,
     *     `registration_result`, `registration_return`, `recurring`, `recurring_result` or `recurring_return`.
     * @param list<Pair>|array<string, string> $fields Names and values as sent, in the order sent. Personal.
     * @param string $claimed The hash that somebody else computed.
     */
    public function __construct(
        public string $message,
        #[\SensitiveParameter] array $fields,
        #[\SensitiveParameter] string $claimed,
    ) {
        $this->hide([
            'fields' => $fields,
            'claimed' => $claimed,
        ]);
    }
}
