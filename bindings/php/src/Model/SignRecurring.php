<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A recurring application to be signed as it is, without a journal.
 *
 * @property-read RecurringRequest $request The request; its `purchase_id` is not used.
 */
final readonly class SignRecurring extends Record
{
    /** @internal */
    public const SCHEMA = [
        'request' => ['request', RecurringRequest::class, 'r'],
        'orderId' => ['order_id', 'string', 'rs'],
        'at' => ['at', 'string', 'rs'],
    ];

    /**
     * @param RecurringRequest $request The request; its `purchase_id` is not used.
     * @param string $orderId The id at the gateway.
     * @param string $at `request_date`.
     */
    public function __construct(
        #[\SensitiveParameter] RecurringRequest $request,
        public string $orderId,
        public string $at,
    ) {
        $this->hide([
            'request' => $request,
        ]);
    }
}
