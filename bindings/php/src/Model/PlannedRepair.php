<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * One step of the plan.
 *
 * @property-read string $text What to do, in the client's language.
 * @property-read ?\DateTimeImmutable $at When it happened according to the file.
 */
final readonly class PlannedRepair extends Record
{
    /** @internal */
    public const SCHEMA = [
        'repair' => ['repair', 'string', 'rs'],
        'orderId' => ['order_id', 'string', 'rs'],
        'cause' => ['cause', 'string', 'rs'],
        'text' => ['text', 'string', 'r'],
        'trackingId' => ['tracking_id', 'string', 'ns'],
        'amount' => ['amount', 'integer', 'ns'],
        'line' => ['line', 'integer', 'ns'],
        'at' => ['at_ms', 'instant', 'n'],
    ];

    /**
     * @param string $repair `confirm_paid`, `confirm_refund`, `confirm_not_paid`, `confirm_not_refunded`,
     *     `refund_duplicate`, `ask_gateway` or `investigate`, or a name that is not known yet.
     * @param string $orderId The shop's id at the gateway.
     * @param string $cause Why.
     * @param string $text What to do, in the client's language.
     * @param ?string $trackingId The gateway's id.
     * @param ?int $amount Yen, where the step has some.
     * @param ?int $line Line of the file.
     * @param ?\DateTimeImmutable $at When it happened according to the file.
     */
    public function __construct(
        public string $repair,
        public string $orderId,
        public string $cause,
        #[\SensitiveParameter] string $text,
        public ?string $trackingId = null,
        public ?int $amount = null,
        public ?int $line = null,
        #[\SensitiveParameter] ?\DateTimeImmutable $at = null,
    ) {
        $this->hide([
            'text' => $text,
            'at' => $at,
        ]);
    }
}
