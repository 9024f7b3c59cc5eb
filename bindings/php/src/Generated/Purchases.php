<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Generated;

use Netmile\Internal\Port;
use Netmile\Model;

/**
 * Looks purchases up and resolves those that wait.
 *
 * @internal use the room of the client
 */
abstract class Purchases
{
    final public function __construct(private readonly Port $port)
    {
    }

    /**
     * The purchase with the shop's id.
     *
     * @param string $purchaseId The shop's id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function get(string $purchaseId): Model\Purchase
    {
        return $this->port->call('purchase.get', new Model\PurchaseId(purchaseId: $purchaseId), Model\Purchase::class);
    }

    /**
     * The purchase that an id at the gateway belongs to.
     *
     * @param string $orderId The id at the gateway.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function byOrder(string $orderId): Model\Purchase
    {
        return $this->port->call('purchase.by_order', new Model\OrderId(orderId: $orderId), Model\Purchase::class);
    }

    /**
     * Purchases in some phases.
     *
     * @param list<\Netmile\Phase|string> $phases In one of these phases; none means any.
     * @param ?string $after After the purchase of this id: the last one of the previous page.
     * @param int $limit At most so many, 1 to 1000.
     * @return list<Model\Purchase>
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function list(array $phases = [], ?string $after = null, int $limit = 100): array
    {
        return $this->port->call(
            'purchase.list',
            new Model\PurchaseQuery(phases: $phases, after: $after, limit: $limit),
            Model\Purchases::class,
        )->purchases;
    }

    /**
     * Purchases that somebody or something still has to act on.
     *
     * @param int $limit 1 to 1000.
     * @return list<Model\Purchase>
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function unresolved(int $limit = 100): array
    {
        return $this->port->call(
            'purchase.unresolved',
            new Model\Limit(limit: $limit),
            Model\Purchases::class,
        )->purchases;
    }

    /**
     * Resolves purchases whose waiting time is over; call it once a minute.
     *
     * @return list<Model\Purchase>
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function resolve(): array
    {
        return $this->port->call('purchase.resolve', new Model\Nothing(), Model\Purchases::class)->purchases;
    }

    /**
     * Records what a person found on the management page.
     *
     * @param string $purchaseId The shop's id.
     * @param bool $paid Whether the page shows a payment.
     * @param ?string $orderId The attempt that was paid.
     * @param ?string $trackingId The gateway's id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function review(
        string $purchaseId,
        bool $paid,
        ?string $orderId = null,
        ?string $trackingId = null,
    ): Model\Purchase {
        return $this->port->call(
            'purchase.review',
            new Model\ReviewVerdict(purchaseId: $purchaseId, paid: $paid, orderId: $orderId, trackingId: $trackingId),
            Model\Purchase::class,
        );
    }

    /**
     * Keeps a payment that came after the shop had given up.
     *
     * @param string $purchaseId The shop's id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function acceptLate(string $purchaseId): Model\Purchase
    {
        return $this->port->call(
            'purchase.accept_late',
            new Model\PurchaseId(purchaseId: $purchaseId),
            Model\Purchase::class,
        );
    }

    /**
     * Genuine messages that could not be applied.
     *
     * @param int $limit 1 to 1000.
     * @return list<Model\Evidence>
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function evidence(int $limit = 100): array
    {
        return $this->port->call(
            'purchase.evidence',
            new Model\Limit(limit: $limit),
            Model\EvidenceList::class,
        )->evidence;
    }
}
