<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Generated;

use Netmile\Internal\Port;
use Netmile\Model;

/**
 * Explains hashes.
 *
 * @internal use the room of the client
 */
abstract class Hash
{
    final public function __construct(private readonly Port $port)
    {
    }

    /**
     * Names the wrong recipe behind a hash.
     *
     * @param string $message `purchase`, `purchase_result`, `purchase_return`, `registration`,
     *     `registration_result`, `registration_return`, `recurring`, `recurring_result` or `recurring_return`.
     * @param list<Model\Pair>|array<string, string> $fields Names and values as sent, in the order sent. Personal.
     * @param string $claimed The hash that somebody else computed.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function explain(
        string $message,
        #[\SensitiveParameter] array $fields,
        #[\SensitiveParameter] string $claimed,
    ): Model\HashExplanation {
        return $this->port->call(
            'hash.explain',
            new Model\HashQuestion(message: $message, fields: $fields, claimed: $claimed),
            Model\HashExplanation::class,
        );
    }
}
