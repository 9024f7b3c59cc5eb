<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * One `order_id` at the API type.
 *
 * @property-read string $merchantId Merchant.
 * @property-read string $serviceId Service.
 * @property-read array<string, string> $details Further facts by name: what the customer needs to pay a slip, the
 *     brand of a card. May be personal.
 * @property-read list<ChargeStep> $log Steps that are over, oldest first.
 * @property-read list<string> $refundedMonths Refunded months of a simple contract, `YYYYMM`.
 * @property-read \DateTimeImmutable $createdAt When it was recorded.
 * @property-read ?string $subscription Of a period: the shop's id of its contract.
 * @property-read ?string $period Of a period: which one, such as `2026-02`.
 * @property-read ?string $transactionId The gateway's id of the first exchange, once known.
 * @property-read ?\DateTimeImmutable $payBy Last instant at which a slip can be paid.
 */
final readonly class Charge extends Record
{
    /** @internal */
    public const SCHEMA = [
        'id' => ['id', 'string', 'rs'],
        'merchantId' => ['merchant_id', 'string', 'r'],
        'serviceId' => ['service_id', 'string', 'r'],
        'method' => ['method', 'string', 'rs'],
        'kind' => ['kind', 'string', 'rs'],
        'amount' => ['amount', 'integer', 'rs'],
        'phase' => ['phase', \Netmile\ChargePhase::class, 'rs'],
        'details' => ['details', 'map', 'r'],
        'captured' => ['captured', 'integer', 'rs'],
        'refunded' => ['refunded', 'integer', 'rs'],
        'deposited' => ['deposited', 'integer', 'rs'],
        'log' => ['log', [ChargeStep::class], 'r'],
        'refundedMonths' => ['refunded_months', ['string'], 'r'],
        'createdAt' => ['created_at_ms', 'instant', 'r'],
        'subscription' => ['subscription', 'string', 'n'],
        'period' => ['period', 'string', 'n'],
        'trackingId' => ['tracking_id', 'string', 'ns'],
        'transactionId' => ['transaction_id', 'string', 'n'],
        'doubtedDeposit' => ['doubted_deposit', 'integer', 'ns'],
        'pending' => ['pending', OpenStep::class, 'ns'],
        'rejection' => ['rejection', Refusal::class, 'ns'],
        'review' => ['review', 'string', 'ns'],
        'payBy' => ['pay_by_ms', 'instant', 'n'],
    ];

    /**
     * @param string $id The shop's id.
     * @param string $merchantId Merchant.
     * @param string $serviceId Service.
     * @param string $method Tag of the method.
     * @param string $kind `payment`, `period`, `simple_contract` or `metered_contract`.
     * @param int $amount Yen asked; of a contract those of each period, 0 when metered.
     * @param \Netmile\ChargePhase|string $phase `prepared`, `unknown`, `authorised`, `reserved`,
     *     `awaiting_deposit`, `paid`, `partly_refunded`, `refunded`, `cancelled`, `rejected`, `expired`, `active`,
     *     `ended`, `needs_review`, or a name that is not known yet.
     * @param array<string, string> $details Further facts by name: what the customer needs to pay a slip, the brand
     *     of a card. May be personal.
     * @param int $captured Yen captured.
     * @param int $refunded Yen refunded.
     * @param int $deposited Yen deposited so far.
     * @param list<ChargeStep> $log Steps that are over, oldest first.
     * @param list<string> $refundedMonths Refunded months of a simple contract, `YYYYMM`.
     * @param \DateTimeImmutable $createdAt When it was recorded.
     * @param ?string $subscription Of a period: the shop's id of its contract.
     * @param ?string $period Of a period: which one, such as `2026-02`.
     * @param ?string $trackingId The gateway's id, once known.
     * @param ?string $transactionId The gateway's id of the first exchange, once known.
     * @param ?int $doubtedDeposit Yen that a notice says were deposited, while the gateway is asked whether that is
     *     so: it would call a person.
     * @param ?OpenStep $pending The step that is open.
     * @param ?Refusal $rejection Why the request was refused.
     * @param ?string $review Why a person must look: `no_evidence`, `contradiction` or `deposit_sum`.
     * @param ?\DateTimeImmutable $payBy Last instant at which a slip can be paid.
     */
    public function __construct(
        public string $id,
        #[\SensitiveParameter] string $merchantId,
        #[\SensitiveParameter] string $serviceId,
        public string $method,
        public string $kind,
        public int $amount,
        public \Netmile\ChargePhase|string $phase,
        #[\SensitiveParameter] array $details,
        public int $captured,
        public int $refunded,
        public int $deposited,
        #[\SensitiveParameter] array $log,
        #[\SensitiveParameter] array $refundedMonths,
        #[\SensitiveParameter] \DateTimeImmutable $createdAt,
        #[\SensitiveParameter] ?string $subscription = null,
        #[\SensitiveParameter] ?string $period = null,
        public ?string $trackingId = null,
        #[\SensitiveParameter] ?string $transactionId = null,
        public ?int $doubtedDeposit = null,
        public ?OpenStep $pending = null,
        public ?Refusal $rejection = null,
        public ?string $review = null,
        #[\SensitiveParameter] ?\DateTimeImmutable $payBy = null,
    ) {
        $this->hide([
            'merchantId' => $merchantId,
            'serviceId' => $serviceId,
            'details' => $details,
            'log' => $log,
            'refundedMonths' => $refundedMonths,
            'createdAt' => $createdAt,
            'subscription' => $subscription,
            'period' => $period,
            'transactionId' => $transactionId,
            'payBy' => $payBy,
        ]);
    }
}
