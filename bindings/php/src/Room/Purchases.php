<?php

declare(strict_types=1);

namespace Netmile\Room;

use Netmile\Generated;
use Netmile\Model\Purchase;

/** Looks purchases up and resolves those that wait. */
final class Purchases extends Generated\Purchases
{
    /**
     * Records that the management page shows a payment.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function reviewPaid(string $purchaseId, string $orderId, string $trackingId): Purchase
    {
        return $this->review($purchaseId, true, $orderId, $trackingId);
    }

    /**
     * Records that the management page shows no payment.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function reviewNotPaid(string $purchaseId): Purchase
    {
        return $this->review($purchaseId, false);
    }
}
