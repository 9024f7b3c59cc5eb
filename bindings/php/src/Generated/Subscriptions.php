<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Generated;

use Netmile\Internal\Port;
use Netmile\Model;

/**
 * Recurring contracts, by link and server to server.
 *
 * @internal use the room of the client
 */
abstract class Subscriptions
{
    final public function __construct(private readonly Port $port)
    {
    }

    /**
     * Applies for a recurring contract with a purchase.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function start(Model\PurchaseRequest $request): Model\Checkout
    {
        return $this->port->call('subscription.start', $request, Model\Checkout::class);
    }

    /**
     * Applies for a recurring contract without a purchase at once.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function apply(Model\RecurringRequest $request): Model\Checkout
    {
        return $this->port->call('subscription.apply', $request, Model\Checkout::class);
    }

    /**
     * Ends a recurring contract: a form for the customer's browser.
     *
     * @param string $purchaseId The shop's id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function end(string $purchaseId): Model\Checkout
    {
        return $this->port->call(
            'subscription.end',
            new Model\PurchaseId(purchaseId: $purchaseId),
            Model\Checkout::class,
        );
    }

    /**
     * Applies for a simple recurring contract server to server.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function applyByApi(Model\ChargeRequest $request): Model\ChargeOutcome
    {
        return $this->port->call('subscription.apply_by_api', $request, Model\ChargeOutcome::class);
    }

    /**
     * Takes over a contract that runs at the gateway already.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function adopt(Model\AdoptRequest $request): Model\Charge
    {
        return $this->port->call('subscription.adopt', $request, Model\Charge::class);
    }

    /**
     * Takes over the contract that a purchase by link type brought about.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function adoptPurchase(Model\AdoptPurchaseRequest $request): Model\Charge
    {
        return $this->port->call('subscription.adopt_purchase', $request, Model\Charge::class);
    }

    /**
     * Takes over a simple contract, which the gateway goes on billing.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function adoptSimple(Model\AdoptSimpleRequest $request): Model\Charge
    {
        return $this->port->call('subscription.adopt_simple', $request, Model\Charge::class);
    }

    /**
     * Takes over the simple contract that a purchase by link type brought about.
     *
     * @param string $purchaseId The shop's id of the purchase; customer, item and monthly yen come from there.
     * @param string $id The shop's own id of the contract.
     * @param string $method Tag of the method.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function adoptSimplePurchase(string $purchaseId, string $id, string $method): Model\Charge
    {
        return $this->port->call(
            'subscription.adopt_simple_purchase',
            new Model\AdoptSimplePurchaseRequest(purchaseId: $purchaseId, id: $id, method: $method),
            Model\Charge::class,
        );
    }

    /**
     * Bills one period of a contract; asked again it never bills twice.
     *
     * @param string $id The shop's id of the contract.
     * @param string $period Which period: the month it starts in, `2026-02`, or `2026-02-2` where it is the second
     *     that does.
     * @param int $amount Yen.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function bill(string $id, string $period, int $amount): Model\ChargeOutcome
    {
        return $this->port->call(
            'subscription.bill',
            new Model\BillRequest(id: $id, period: $period, amount: $amount),
            Model\ChargeOutcome::class,
        );
    }

    /**
     * Bills a period once more after the gateway refused it.
     *
     * @param string $id The shop's id of the contract.
     * @param string $period Which period: the month it starts in, `2026-02`, or `2026-02-2` where it is the second
     *     that does.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function billAgain(string $id, string $period): Model\ChargeOutcome
    {
        return $this->port->call(
            'subscription.bill_again',
            new Model\PeriodId(id: $id, period: $period),
            Model\ChargeOutcome::class,
        );
    }

    /**
     * Periods that are due and were not billed.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function due(): Model\DuePeriods
    {
        return $this->port->call('subscription.due', new Model\Nothing(), Model\DuePeriods::class);
    }

    /**
     * The billing job: bills every period that is due and has an amount.
     *
     * @param bool $contractAmount Bill each period of a contract that has an amount with it.
     * @param list<Model\PeriodAmount> $amounts Amounts of single periods; they go before that of the contract. A
     *     period without an amount is left for later.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function billDue(bool $contractAmount = false, array $amounts = []): Model\BilledPeriods
    {
        return $this->port->call(
            'subscription.bill_due',
            new Model\BillDueRequest(contractAmount: $contractAmount, amounts: $amounts),
            Model\BilledPeriods::class,
        );
    }

    /**
     * Every period of a contract that was billed or tried.
     *
     * @param string $id The shop's id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function periods(string $id): Model\Charges
    {
        return $this->port->call('subscription.periods', new Model\ChargeId(id: $id), Model\Charges::class);
    }

    /**
     * Ends a contract server to server.
     *
     * @param string $id The shop's id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function endByApi(string $id): Model\ChargeOutcome
    {
        return $this->port->call('subscription.end_by_api', new Model\ChargeId(id: $id), Model\ChargeOutcome::class);
    }

    /**
     * Refunds one month of a simple contract.
     *
     * @param string $id The shop's id of the contract.
     * @param string $month `YYYYMM`.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function refundMonth(string $id, string $month): Model\ChargeOutcome
    {
        return $this->port->call(
            'subscription.refund_month',
            new Model\MonthRefundRequest(id: $id, month: $month),
            Model\ChargeOutcome::class,
        );
    }
}
