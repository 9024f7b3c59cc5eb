<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What the shop wants paid, and all that is known about it.
 *
 * @property-read string $merchantId Merchant.
 * @property-read string $serviceId Service.
 * @property-read string $custCode The customer's id at the shop. Personal.
 * @property-read string $itemId Item id.
 * @property-read string $itemName Item name.
 * @property-read \Netmile\Billing|string $billing How often it is billed.
 * @property-read list<Attempt> $attempts One per start, oldest first.
 * @property-read list<Payment> $payments Money that moved, oldest first.
 * @property-read int $deposited Yen deposited so far, for methods that settle by deposit.
 * @property-read bool $givenUp The shop stopped waiting.
 * @property-read bool $lateAccepted The shop accepted a late payment.
 * @property-read \DateTimeImmutable $createdAt When it was recorded first.
 * @property-read ?string $contractEnd Why the recurring contract ended.
 */
final readonly class Purchase extends Record
{
    /** @internal */
    public const SCHEMA = [
        'id' => ['id', 'string', 'rs'],
        'merchantId' => ['merchant_id', 'string', 'r'],
        'serviceId' => ['service_id', 'string', 'r'],
        'phase' => ['phase', \Netmile\Phase::class, 'rs'],
        'custCode' => ['cust_code', 'string', 'r'],
        'itemId' => ['item_id', 'string', 'r'],
        'itemName' => ['item_name', 'string', 'r'],
        'amount' => ['amount', 'integer', 'rs'],
        'billing' => ['billing', \Netmile\Billing::class, 'r'],
        'attempts' => ['attempts', [Attempt::class], 'r'],
        'payments' => ['payments', [Payment::class], 'r'],
        'deposited' => ['deposited', 'integer', 'r'],
        'givenUp' => ['given_up', 'boolean', 'r'],
        'lateAccepted' => ['late_accepted', 'boolean', 'r'],
        'createdAt' => ['created_at_ms', 'instant', 'r'],
        'review' => ['review', 'string', 'ns'],
        'contractEnd' => ['contract_end', 'string', 'n'],
    ];

    /**
     * @param string $id The shop's id.
     * @param string $merchantId Merchant.
     * @param string $serviceId Service.
     * @param \Netmile\Phase|string $phase Where it stands: `open`, `awaiting_notice`, `awaiting_deposit`, `paid`,
     *     `paid_late`, `paid_twice`, `needs_review`, `refund_requested`, `refunded`, `given_up`, or a name that is
     *     not known yet.
     * @param string $custCode The customer's id at the shop. Personal.
     * @param string $itemId Item id.
     * @param string $itemName Item name.
     * @param int $amount Yen that were asked.
     * @param \Netmile\Billing|string $billing How often it is billed.
     * @param list<Attempt> $attempts One per start, oldest first.
     * @param list<Payment> $payments Money that moved, oldest first.
     * @param int $deposited Yen deposited so far, for methods that settle by deposit.
     * @param bool $givenUp The shop stopped waiting.
     * @param bool $lateAccepted The shop accepted a late payment.
     * @param \DateTimeImmutable $createdAt When it was recorded first.
     * @param ?string $review Why a person must look, in phase `needs_review`.
     * @param ?string $contractEnd Why the recurring contract ended.
     */
    public function __construct(
        public string $id,
        #[\SensitiveParameter] string $merchantId,
        #[\SensitiveParameter] string $serviceId,
        public \Netmile\Phase|string $phase,
        #[\SensitiveParameter] string $custCode,
        #[\SensitiveParameter] string $itemId,
        #[\SensitiveParameter] string $itemName,
        public int $amount,
        #[\SensitiveParameter] \Netmile\Billing|string $billing,
        #[\SensitiveParameter] array $attempts,
        #[\SensitiveParameter] array $payments,
        #[\SensitiveParameter] int $deposited,
        #[\SensitiveParameter] bool $givenUp,
        #[\SensitiveParameter] bool $lateAccepted,
        #[\SensitiveParameter] \DateTimeImmutable $createdAt,
        public ?string $review = null,
        #[\SensitiveParameter] ?string $contractEnd = null,
    ) {
        $this->hide([
            'merchantId' => $merchantId,
            'serviceId' => $serviceId,
            'custCode' => $custCode,
            'itemId' => $itemId,
            'itemName' => $itemName,
            'billing' => $billing,
            'attempts' => $attempts,
            'payments' => $payments,
            'deposited' => $deposited,
            'givenUp' => $givenUp,
            'lateAccepted' => $lateAccepted,
            'createdAt' => $createdAt,
            'contractEnd' => $contractEnd,
        ]);
    }
}
