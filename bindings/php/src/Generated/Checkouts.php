<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Generated;

use Netmile\Internal\Port;
use Netmile\Model;

/**
 * Starts purchases and hands out their forms.
 *
 * @internal use the room of the client
 */
abstract class Checkouts
{
    final public function __construct(private readonly Port $port)
    {
    }

    /**
     * Starts a purchase, or a further attempt of it; the attempt is in the journal before this returns.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function start(Model\PurchaseRequest $request): Model\Checkout
    {
        return $this->port->call('checkout.start', $request, Model\Checkout::class);
    }

    /**
     * Signs the newest attempt again, for a page that is rendered again.
     *
     * @param string $purchaseId The shop's id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function render(string $purchaseId): Model\Checkout
    {
        return $this->port->call(
            'checkout.render',
            new Model\PurchaseId(purchaseId: $purchaseId),
            Model\Checkout::class,
        );
    }

    /**
     * Stops waiting for a purchase.
     *
     * @param string $purchaseId The shop's id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function giveUp(string $purchaseId): Model\Purchase
    {
        return $this->port->call(
            'checkout.give_up',
            new Model\PurchaseId(purchaseId: $purchaseId),
            Model\Purchase::class,
        );
    }
}
