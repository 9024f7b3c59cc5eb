<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * One id at the gateway.
 *
 * @property-read \DateTimeImmutable $startedAt When it was started.
 * @property-read ?string $trackingId The gateway's id, once known.
 */
final readonly class Attempt extends Record
{
    /** @internal */
    public const SCHEMA = [
        'orderId' => ['order_id', 'string', 'rs'],
        'purpose' => ['purpose', 'string', 'rs'],
        'state' => ['state', 'string', 'rs'],
        'startedAt' => ['started_at_ms', 'instant', 'r'],
        'errCode' => ['err_code', 'string', 'ns'],
        'trackingId' => ['tracking_id', 'string', 'n'],
    ];

    /**
     * @param string $orderId The id at the gateway.
     * @param string $purpose `pay` or `end_contract`.
     * @param string $state Where it stands.
     * @param \DateTimeImmutable $startedAt When it was started.
     * @param ?string $errCode The gateway's code, if it failed.
     * @param ?string $trackingId The gateway's id, once known.
     */
    public function __construct(
        public string $orderId,
        public string $purpose,
        public string $state,
        #[\SensitiveParameter] \DateTimeImmutable $startedAt,
        public ?string $errCode = null,
        #[\SensitiveParameter] ?string $trackingId = null,
    ) {
        $this->hide([
            'startedAt' => $startedAt,
            'trackingId' => $trackingId,
        ]);
    }
}
