<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Something that the shop has to act on.
 *
 * @property-read string $merchantId Merchant; for miles the site.
 * @property-read string $serviceId Service; empty for miles.
 * @property-read \DateTimeImmutable $at When it was recorded.
 * @property-read ?string $review Why a person must look.
 */
final readonly class Event extends Record
{
    /** @internal */
    public const SCHEMA = [
        'id' => ['id', 'integer', 'rs'],
        'kind' => ['kind', \Netmile\EventKind::class, 'rs'],
        'subject' => ['subject', 'string', 'rs'],
        'purchaseId' => ['purchase_id', 'string', 'rs'],
        'merchantId' => ['merchant_id', 'string', 'r'],
        'serviceId' => ['service_id', 'string', 'r'],
        'phase' => ['phase', \Netmile\Phase::class, 'rs'],
        'amount' => ['amount', 'integer', 'rs'],
        'at' => ['at_ms', 'instant', 'r'],
        'orderId' => ['order_id', 'string', 'ns'],
        'trackingId' => ['tracking_id', 'string', 'ns'],
        'step' => ['step', 'string', 'ns'],
        'key' => ['key', 'string', 'ns'],
        'review' => ['review', 'string', 'n'],
    ];

    /**
     * @param int $id Number to acknowledge it with; never used twice.
     * @param \Netmile\EventKind|string $kind `paid`, `paid_late`, `paid_twice`, `awaiting_deposit`,
     *     `deposit_expired`, `attempt_failed`, `attempt_cancelled`, `needs_review`, `refund_requested`, `refunded`,
     *     `refund_withdrawn`, `contract_ended`, `given_up`, `reserved`, `cancelled`, `partly_refunded`,
     *     `step_failed`, `contract_started`, `miles_issued`, `miles_refused`, `miles_cancel_answered`,
     *     `miles_cancel_decided`, `miles_cancel_refused`, `exchange_issued`, `exchange_refused`,
     *     `exchange_unconfirmed`, or a name that is not known yet.
     * @param string $subject What it is about: `purchase`, `charge`, `issue`, `by_hand`, `cancel`, `exchange` or
     *     `upload`.
     * @param string $purchaseId The shop's id; for miles the `tran_id`.
     * @param string $merchantId Merchant; for miles the site.
     * @param string $serviceId Service; empty for miles.
     * @param \Netmile\Phase|string $phase Where the purchase stands after it.
     * @param int $amount Yen of the purchase.
     * @param \DateTimeImmutable $at When it was recorded.
     * @param ?string $orderId The attempt it is about.
     * @param ?string $trackingId The payment it is about.
     * @param ?string $step The step of a charge whose outcome it tells: `request`, `commit`, `capture`, `refund`,
     *     `partial_refund`, `refund_month` or `end`.
     * @param ?string $key Which of several such steps: the month of a month's refund (`YYYYMM`), or the shop's own
     *     name of a partial refund.
     * @param ?string $review Why a person must look.
     */
    public function __construct(
        public int $id,
        public \Netmile\EventKind|string $kind,
        public string $subject,
        public string $purchaseId,
        #[\SensitiveParameter] string $merchantId,
        #[\SensitiveParameter] string $serviceId,
        public \Netmile\Phase|string $phase,
        public int $amount,
        #[\SensitiveParameter] \DateTimeImmutable $at,
        public ?string $orderId = null,
        public ?string $trackingId = null,
        public ?string $step = null,
        public ?string $key = null,
        #[\SensitiveParameter] ?string $review = null,
    ) {
        $this->hide([
            'merchantId' => $merchantId,
            'serviceId' => $serviceId,
            'at' => $at,
            'review' => $review,
        ]);
    }
}
