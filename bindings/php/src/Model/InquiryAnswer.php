<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What the gateway knows about a payment.
 *
 * @property-read array<string, string> $details Further facts by name. May be personal.
 */
final readonly class InquiryAnswer extends Record
{
    /** @internal */
    public const SCHEMA = [
        'known' => ['known', 'boolean', 'rs'],
        'paymentStatus' => ['payment_status', 'string', 'rs'],
        'details' => ['details', 'map', 'r'],
        'status' => ['status', 'string', 'ns'],
        'committed' => ['committed', 'boolean', 'ns'],
        'trackingId' => ['tracking_id', 'string', 'ns'],
        'amount' => ['amount', 'integer', 'ns'],
        'refunded' => ['refunded', 'integer', 'ns'],
    ];

    /**
     * @param bool $known Whether anything was asked: a charge of which nothing was sent is not asked about.
     * @param string $paymentStatus The status as sent.
     * @param array<string, string> $details Further facts by name. May be personal.
     * @param ?string $status `none`, `processing`, `authorised`, `captured`, `cancelled`, `refunded`,
     *     `partly_refunded`, `awaiting_deposit`, `partly_deposited`, `deposited` or `overdeposited`.
     * @param ?bool $committed Whether the authorisation was committed.
     * @param ?string $trackingId The gateway's id.
     * @param ?int $amount Yen of the payment.
     * @param ?int $refunded Yen refunded in all.
     */
    public function __construct(
        public bool $known,
        public string $paymentStatus,
        #[\SensitiveParameter] array $details,
        public ?string $status = null,
        public ?bool $committed = null,
        public ?string $trackingId = null,
        public ?int $amount = null,
        public ?int $refunded = null,
    ) {
        $this->hide([
            'details' => $details,
        ]);
    }
}
