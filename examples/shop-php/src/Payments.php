<?php

declare(strict_types=1);

namespace Shop;

use Netmile\ChargePhase;
use Netmile\Client;
use Netmile\Contract;
use Netmile\EventKind;
use Netmile\Exception\NetmileException;
use Netmile\Exception\NotFoundException;
use Netmile\Method;
use Netmile\Model\Charge;
use Netmile\Model\ChargeOutcome;
use Netmile\Model\ChargeRequest;
use Netmile\Model\Event;
use Netmile\Model\NoticeAnswer;
use Netmile\Model\Page;
use Netmile\Model\PurchaseRequest;
use Netmile\Model\RefundTicket;
use Netmile\Model\Urls;
use Netmile\Phase;
use Netmile\ReturnedBy;
use Netmile\Terminal;

/** Everything that touches netmile. Copy it. */
final class Payments
{
    /** What a call may send and wait, in seconds. */
    private const OVERALL = 80;
    /** After so many seconds more the journal knows of a charge, or its request is no longer there to make one. */
    private const MARGIN = 600;

    public readonly Client $client;
    private readonly Urls $urls;

    public function __construct(string $gateway, string $ownUrl, string $directory, #[\SensitiveParameter] ?string $hashKey = null)
    {
        // How the miles of a member are charged server to server: numbers and functions come from the contract.
        $api = ['number' => '900', 'flow' => 'one_step', 'capture' => 'automatic', 'member_leaf' => 'netmile_user_id',
            'functions' => ['request' => 'ST01-00101', 'refund' => 'ST02-00303', 'inquiry' => 'MG01-00101'],
            'inquiry_by' => 'order', 'statuses' => [['0', 'none'], ['1', 'processing'], ['2', 'captured'], ['4', 'refunded']],
            'tells_refunds' => true, 'amount_digits' => 7];
        $contract = Contract::mock(
            $gateway,
            merchantId: '99999',
            serviceId: '001',
            hashKey: $hashKey ?? 'demo0key0of0the0mock0gateway0not0a0secr0',
            methods: [new Method('netmile', 'all', api: $api)],
        );
        $this->client = new Client($contract, journal: "sqlite://{$directory}/journal.db", lang: 'ja', overallSeconds: self::OVERALL);
        $this->urls = new Urls("{$ownUrl}/success", "{$ownUrl}/cancel", "{$ownUrl}/error", "{$ownUrl}/notify");
    }

    /** The page that takes the browser to the gateway. */
    public function start(Order $order): Page
    {
        return $this->client->checkout->start(new PurchaseRequest(
            purchaseId: $order->id,
            custCode: 'guest',
            itemId: $order->item->id,
            itemName: $order->item->ja,
            amount: $order->item->yen,
            urls: $this->urls,
            terminal: Terminal::PC,
        ))->page;
    }

    /** Charges a member's miles. An exception means that nothing was sent, unless its code is `panic`. */
    public function charge(Order $order, #[\SensitiveParameter] string $member): ChargeOutcome
    {
        return $this->client->payments->charge(new ChargeRequest(
            id: $order->charge(),
            method: 'netmile',
            amount: $order->item->yen,
            custCode: 'guest',
            itemId: $order->item->id,
            itemName: $order->item->ja,
            member: $member,
        ));
    }

    /** What to answer to the gateway's notice: the only proof of payment. */
    public function notice(#[\SensitiveParameter] string $body, ?string $contentType): NoticeAnswer
    {
        $answer = $this->client->notices->handle($body, $contentType);
        if ($answer->problem !== null) {
            error_log("notice not accepted: {$answer->problem->code}. {$answer->problem->hint}");
        }
        return $answer;
    }

    /** The order that the browser is back from. For display only. */
    public function returned(ReturnedBy $by, #[\SensitiveParameter] string $body, ?string $contentType): ?string
    {
        try {
            return $this->client->returns->read($by, $body, $contentType)->purchase?->id;
        } catch (NetmileException $error) {
            error_log("return not accepted: {$error->getMessage()}");
            return null;
        }
    }

    /** Acts on what happened. An order that can not be delivered now comes again, and holds up no other. */
    public function deliver(Orders $orders): void
    {
        $this->client->events->each(
            static function (Event $event) use ($orders): void {
                $order = explode('-', $event->purchaseId)[0];
                match ($event->kind) {
                    EventKind::Paid => $orders->deliver($order, $event->id),
                    // Nobody delivers it by itself; the list of the staff shows it until somebody has acted.
                    EventKind::PaidLate, EventKind::PaidTwice, EventKind::NeedsReview
                        => error_log("order {$order} needs a person: {$event->kind->value}, event {$event->id}"),
                    // It was told as being confirmed. The list of the staff shows the order as paid, and offers the refund again.
                    EventKind::StepFailed => error_log("order {$order}: the refund was refused, event {$event->id}"),
                    default => null,
                };
            },
            static fn (Event $event, \Throwable $error) => error_log("not delivered yet: event {$event->id}: " . $error::class),
        );
    }

    /** Once a minute: finds out what is unknown, and delivers what a crash left over. */
    public function upkeep(Orders $orders): void
    {
        $this->client->resolve();
        $this->deliver($orders);
        foreach ($orders->chosenBefore(time() - self::OVERALL - self::MARGIN) as $order) {
            $this->mayChooseAgain($order, $orders);
        }
    }

    /** Frees the choice of an order whose charge was refused, or was never made because the request crashed before it. */
    private function mayChooseAgain(Order $order, Orders $orders): void
    {
        $charge = $this->chargeOf($order);
        if ($charge === null || $charge->phase === ChargePhase::Rejected) {
            $orders->chooseAgain($order->id, $order->attempt);
        }
    }

    /** Where the money of an order stands, in the words of the pages. */
    public function state(Order $order): State
    {
        return match ($order->way) {
            'link' => $this->stateOfPurchase($order),
            'miles' => $this->stateOfCharge($order),
            // The choice is free. A customer who was told to wait comes back and reads that no miles were spent.
            default => $order->attempt > 0 && $this->stateOfCharge($order) === State::Rejected ? State::Rejected : State::Open,
        };
    }

    /** A refund of the link type is executed by a person on the gateway's management page; that of miles at once. */
    public function refund(Order $order): RefundTicket|ChargeOutcome
    {
        if ($order->way !== 'link') {
            return $this->client->payments->refund($order->charge());
        }
        $purchase = $this->client->purchases->get($order->id);
        // Paid twice: the later payment goes back.
        $payment = $purchase->phase === Phase::PaidTwice ? $purchase->payments[array_key_last($purchase->payments)]->trackingId : null;
        return $this->client->refunds->request($order->id, 'asked for by the staff', $payment);
    }

    private function stateOfPurchase(Order $order): State
    {
        try {
            $phase = $this->client->purchases->get($order->id)->phase;
        } catch (NotFoundException) {
            return State::Open;
        }
        return match ($phase) {
            Phase::Open => State::Open,
            Phase::Paid => State::Paid,
            Phase::RefundRequested => State::Refunding,
            Phase::Refunded => State::Refunded,
            Phase::PaidLate, Phase::PaidTwice, Phase::NeedsReview => State::Review,
            Phase::GivenUp => State::Closed,
            default => State::Waiting,
        };
    }

    private function stateOfCharge(Order $order): State
    {
        $charge = $this->chargeOf($order);
        return match ($charge?->phase) {
            ChargePhase::Paid => $charge->pending === null ? State::Paid : State::Refunding,
            ChargePhase::Refunded => State::Refunded,
            ChargePhase::Rejected => State::Rejected,
            ChargePhase::NeedsReview => State::Review,
            default => State::Waiting,
        };
    }

    private function chargeOf(Order $order): ?Charge
    {
        try {
            return $this->client->payments->get($order->charge());
        } catch (NotFoundException) {
            return null;
        }
    }
}
