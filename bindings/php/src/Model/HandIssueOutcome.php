<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * How an issue by hand ended.
 */
final readonly class HandIssueOutcome extends Record
{
    /** @internal */
    public const SCHEMA = [
        'outcome' => ['outcome', \Netmile\Outcome::class, 'rs'],
        'value' => ['value', HandIssued::class, 'ns'],
        'rejection' => ['rejection', Refusal::class, 'ns'],
        'ticket' => ['ticket', OpenTicket::class, 'ns'],
    ];

    /**
     * @param \Netmile\Outcome $outcome `done` (each row tells for itself), `rejected` or `unknown`.
     * @param ?HandIssued $value What became of the rows.
     * @param ?Refusal $rejection Why all of it was refused.
     * @param ?OpenTicket $ticket What is not known yet.
     */
    public function __construct(
        public \Netmile\Outcome $outcome,
        public ?HandIssued $value = null,
        public ?Refusal $rejection = null,
        public ?OpenTicket $ticket = null,
    ) {
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
