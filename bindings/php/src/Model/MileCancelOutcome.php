<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * How a wish to cancel ended.
 */
final readonly class MileCancelOutcome extends Record
{
    /** @internal */
    public const SCHEMA = [
        'outcome' => ['outcome', \Netmile\Outcome::class, 'rs'],
        'value' => ['value', MileCancellation::class, 'ns'],
        'rejection' => ['rejection', Refusal::class, 'ns'],
        'ticket' => ['ticket', OpenTicket::class, 'ns'],
    ];

    /**
     * @param \Netmile\Outcome $outcome `done`, `rejected` or `unknown`.
     * @param ?MileCancellation $value What became of it.
     * @param ?Refusal $rejection Why all of it was refused.
     * @param ?OpenTicket $ticket What is not known yet.
     */
    public function __construct(
        public \Netmile\Outcome $outcome,
        public ?MileCancellation $value = null,
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
