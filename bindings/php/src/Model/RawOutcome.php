<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * How a raw message ended.
 *
 * @property-read ?array<string, string> $value The leaves of the answer, by path. May be personal.
 */
final readonly class RawOutcome extends Record
{
    /** @internal */
    public const SCHEMA = [
        'outcome' => ['outcome', \Netmile\Outcome::class, 'rs'],
        'value' => ['value', 'map', 'n'],
        'rejection' => ['rejection', Refusal::class, 'ns'],
        'ticket' => ['ticket', OpenTicket::class, 'ns'],
    ];

    /**
     * @param \Netmile\Outcome $outcome `done`, `rejected` or `unknown`.
     * @param ?array<string, string> $value The leaves of the answer, by path. May be personal.
     * @param ?Refusal $rejection Why it was refused.
     * @param ?OpenTicket $ticket What is not known yet.
     */
    public function __construct(
        public \Netmile\Outcome $outcome,
        #[\SensitiveParameter] ?array $value = null,
        public ?Refusal $rejection = null,
        public ?OpenTicket $ticket = null,
    ) {
        $this->hide([
            'value' => $value,
        ]);
    }

    /** Whether it happened. */
    public function isDone(): bool
    {
        return $this->outcome === \Netmile\Outcome::Done;
    }

    /** Whether it was refused; nothing moved. */
    public function isRejected(): bool
    {
        return $this->outcome === \Netmile\Outcome::Rejected;
    }

    /** Whether it may have happened: it is found out later, and must not be repeated by hand. */
    public function isUnknown(): bool
    {
        return $this->outcome === \Netmile\Outcome::Unknown;
    }
}
