<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Names what is not known yet. The journal knows of it, and the resolver will find out.
 */
final readonly class OpenTicket extends Record
{
    /** @internal */
    public const SCHEMA = [
        'id' => ['id', 'string', 'rs'],
        'step' => ['step', 'string', 'rs'],
        'since' => ['since_ms', 'instant', 'rs'],
        'key' => ['key', 'string', 'ns'],
        'nextLook' => ['next_look_ms', 'instant', 'ns'],
    ];

    /**
     * @param string $id The shop's id of what was asked.
     * @param string $step The step that is open.
     * @param \DateTimeImmutable $since Since when.
     * @param ?string $key The month of a month's refund (`YYYYMM`), or the shop's own name of a partial refund.
     * @param ?\DateTimeImmutable $nextLook When the resolver looks next.
     */
    public function __construct(
        public string $id,
        public string $step,
        public \DateTimeImmutable $since,
        public ?string $key = null,
        public ?\DateTimeImmutable $nextLook = null,
    ) {
    }
}
