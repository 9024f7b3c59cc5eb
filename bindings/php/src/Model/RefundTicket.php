<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A refund that waits for a person on the gateway's management page.
 */
final readonly class RefundTicket extends Record
{
    /** @internal */
    public const SCHEMA = [
        'purchaseId' => ['purchase_id', 'string', 'rs'],
        'trackingId' => ['tracking_id', 'string', 'rs'],
        'amount' => ['amount', 'integer', 'rs'],
        'deadline' => ['deadline_ms', 'instant', 'rs'],
        'managementUrl' => ['management_url', 'string', 'ns'],
    ];

    /**
     * @param string $purchaseId The shop's id.
     * @param string $trackingId The payment.
     * @param int $amount Yen; always the whole payment.
     * @param \DateTimeImmutable $deadline The last moment at which the gateway refunds.
     * @param ?string $managementUrl The page on which a person executes it, if it is known.
     */
    public function __construct(
        public string $purchaseId,
        public string $trackingId,
        public int $amount,
        public \DateTimeImmutable $deadline,
        public ?string $managementUrl = null,
    ) {
    }
}
