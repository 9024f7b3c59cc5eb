<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Generated;

use Netmile\Internal\Port;
use Netmile\Model;

/**
 * Asks for refunds and records that they were executed.
 *
 * @internal use the room of the client
 */
abstract class Refunds
{
    final public function __construct(private readonly Port $port)
    {
    }

    /**
     * Records that a payment is to be refunded, and says where a person does it.
     *
     * @param string $purchaseId The shop's id.
     * @param string $reason Why, for the shop's own records.
     * @param ?string $trackingId Which payment; the only one when not given.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function request(
        string $purchaseId,
        #[\SensitiveParameter] string $reason,
        ?string $trackingId = null,
    ): Model\RefundTicket {
        return $this->port->call(
            'refund.request',
            new Model\RefundRequest(purchaseId: $purchaseId, reason: $reason, trackingId: $trackingId),
            Model\RefundTicket::class,
        );
    }

    /**
     * Records that a refund was executed.
     *
     * @param string $purchaseId The shop's id.
     * @param string $trackingId The payment.
     * @param Model\RefundEvidence $evidence What proves it.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function confirm(string $purchaseId, string $trackingId, Model\RefundEvidence $evidence): Model\Purchase
    {
        return $this->port->call(
            'refund.confirm',
            new Model\RefundConfirmation(purchaseId: $purchaseId, trackingId: $trackingId, evidence: $evidence),
            Model\Purchase::class,
        );
    }

    /**
     * Records that a refund will not be executed.
     *
     * @param string $purchaseId The shop's id.
     * @param string $trackingId The payment.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function withdraw(string $purchaseId, string $trackingId): Model\Purchase
    {
        return $this->port->call(
            'refund.withdraw',
            new Model\PaymentId(purchaseId: $purchaseId, trackingId: $trackingId),
            Model\Purchase::class,
        );
    }
}
