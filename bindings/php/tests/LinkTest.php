<?php

declare(strict_types=1);

namespace Netmile\Tests;

use Netmile\Billing;
use Netmile\EventKind;
use Netmile\Exception\InvalidValueException;
use Netmile\Exception\NotFoundException;
use Netmile\Exception\StateException;
use Netmile\Exception\VerificationException;
use Netmile\Model\RefundEvidence;
use Netmile\Phase;
use Netmile\ReturnedBy;
use Netmile\Tests\Support\Gateway;
use Netmile\Tests\Support\ShopCase;

/** Form, notice, answer, fulfilment, refund; hostile notices. Notices are composed by independent code. */
final class LinkTest extends ShopCase
{
    public function testAPurchaseIsPaidByTheNoticeAndDeliveredOnce(): void
    {
        $client = self::client();
        $checkout = $client->checkout->start(self::purchase());
        self::assertSame('CART-1-1', $checkout->orderId);
        self::assertSame('text/html; charset=Shift_JIS', $checkout->page->contentType);
        self::assertStringContainsString('髙橋①ー～表ソ', mb_convert_encoding($checkout->page->body, 'UTF-8', 'SJIS-win'));

        $back = $client->returns->read(ReturnedBy::Success, Gateway::result($checkout->form->fields, browser: true));
        self::assertSame(Phase::AwaitingNotice, $back->purchase?->phase);
        self::assertSame([], $client->events->next());

        $notice = Gateway::result($checkout->form->fields);
        self::assertSame(300, $client->notices->inspect($notice)->message->amount);
        for ($times = 0; $times < 3; $times++) {
            $answer = $client->notices->handle($notice, 'application/x-www-form-urlencoded');
            self::assertSame([200, 'text/csv; charset=Shift_JIS', 'OK,', true, null], [
                $answer->status, $answer->contentType, $answer->body, $answer->accepted, $answer->problem,
            ]);
        }
        $paid = $client->purchases->get('CART-1');
        self::assertSame(Phase::Paid, $paid->phase);
        self::assertSame([Gateway::TRACKING, 300], [$paid->payments[0]->trackingId, $paid->payments[0]->amount]);
        [$event] = $client->events->next();
        self::assertSame([EventKind::Paid, 'CART-1', 300], [$event->kind, $event->purchaseId, $event->amount]);
        self::assertTrue($client->events->ack($event->id));
        self::assertFalse($client->events->ack($event->id));
        self::assertTrue($client->purchases->byOrder('CART-1-1')->equals($paid));
        self::assertCount(1, $client->purchases->list([Phase::Paid]));
        self::assertCount(0, $client->purchases->list(['open']));
        $this->expectException(StateException::class);
        $client->checkout->start(self::purchase());
    }

    public function testARenderingIsTheSameAttemptAndAStartIsAFurtherOne(): void
    {
        $client = self::client();
        $first = $client->checkout->start(self::purchase());
        self::assertSame($first->orderId, $client->checkout->render('CART-1')->orderId);
        self::assertSame('CART-1-2', $client->checkout->start(self::purchase())->orderId);
        $this->expectException(StateException::class);
        $this->expectExceptionMessage('conflict');
        $client->checkout->start(self::purchase()->with(itemName: 'other'));
    }

    public function testAPaymentAfterGivingUpIsToldAsLate(): void
    {
        $client = self::client();
        $checkout = $client->checkout->start(self::purchase());
        self::assertSame(Phase::GivenUp, $client->checkout->giveUp('CART-1')->phase);
        self::assertTrue($client->notices->handle(Gateway::result($checkout->form->fields))->accepted);
        $kinds = array_map(static fn ($event) => $event->kind, $client->events->next());
        self::assertSame([EventKind::GivenUp, EventKind::PaidLate], $kinds);
        self::assertSame('CART-1', $client->purchases->unresolved()[0]->id);
        self::assertSame(Phase::Paid, $client->purchases->acceptLate('CART-1')->phase);
        self::assertSame([], $client->purchases->resolve());
    }

    public function testRefusingANoticeCallsAPerson(): void
    {
        $client = self::client();
        $checkout = $client->checkout->start(self::purchase());
        $answer = $client->notices->refuse(Gateway::result($checkout->form->fields), 'out of stock');
        self::assertSame(['NG,out of stock', false], [$answer->body, $answer->accepted]);
        $now = $client->purchases->get('CART-1');
        self::assertSame([Phase::NeedsReview, 'shop_refused'], [$now->phase, $now->review]);
        self::assertSame(Phase::Paid, $client->purchases->reviewPaid('CART-1', 'CART-1-1', Gateway::TRACKING)->phase);
    }

    public function testARefundIsAskedForAndConfirmed(): void
    {
        $client = self::client();
        $checkout = $client->checkout->start(self::purchase());
        $client->notices->handle(Gateway::result($checkout->form->fields));
        $ticket = $client->refunds->request('CART-1', 'the customer sent it back');
        self::assertSame([Gateway::TRACKING, 300], [$ticket->trackingId, $ticket->amount]);
        self::assertStringContainsString(Gateway::TRACKING, (string) $ticket->managementUrl);
        self::assertGreaterThan(new \DateTimeImmutable('+80 days'), $ticket->deadline);
        $now = new \DateTimeImmutable();
        try {
            $client->refunds->confirm('CART-1', Gateway::TRACKING, new RefundEvidence('management_page', 'operator 7', 299, $now));
            self::fail('another amount was confirmed');
        } catch (VerificationException $error) {
            self::assertSame('mismatch', $error->errorCode);
        }
        $right = new RefundEvidence('management_page', 'operator 7', 300, $now);
        $refunded = $client->refunds->confirm('CART-1', Gateway::TRACKING, $right);
        self::assertSame(Phase::Refunded, $refunded->phase);
        $confirmed = $refunded->payments[0]->refund?->confirmed;
        self::assertLessThan(1.0, abs((float) $confirmed?->refundedAt->format('U.u') - (float) $now->format('U.u')));
    }

    public function testRecurringContracts(): void
    {
        $client = self::client();
        $request = self::purchase('SUB-1')->with(billing: Billing::RecurringSimple);
        $checkout = $client->subscriptions->start($request);
        self::assertTrue($client->notices->handle(Gateway::result($checkout->form->fields))->accepted);
        $fields = $client->subscriptions->end('SUB-1')->form->fields;
        $tracking = array_values(array_filter($fields, static fn ($pair) => $pair->name === 'tracking_id'));
        self::assertSame(Gateway::TRACKING, $tracking[0]->value);
        $this->expectException(InvalidValueException::class);
        $client->subscriptions->start(self::purchase('SUB-2'));
    }

    /** @return array<string, array{array<string, mixed>, string}> */
    public static function hostile(): array
    {
        return [
            'forged' => [['key' => 'another key'], 'hash_mismatch'],
            'old' => [['at' => Gateway::jst(-3600)], 'expired'],
            'early' => [['at' => Gateway::jst(3600)], 'from_future'],
            'amount' => [['changed' => ['amount' => '3']], 'mismatch'],
            'customer' => [['changed' => ['cust_code' => 'CUST0002']], 'mismatch'],
            'item' => [['changed' => ['item_name' => 'other']], 'mismatch'],
            'date' => [['changed' => ['request_date' => '20200101000000']], 'mismatch'],
            'order' => [['changed' => ['order_id' => 'CART-9-1']], 'unknown_order'],
            'merchant' => [['changed' => ['merchant_id' => '88888']], 'unknown_merchant'],
        ];
    }

    /**
     * @dataProvider hostile
     * @param array<string, mixed> $how
     */
    public function testAHostileNoticeChangesNothing(array $how, string $code): void
    {
        $client = self::client();
        $checkout = $client->checkout->start(self::purchase());
        $answer = $client->notices->handle(Gateway::result($checkout->form->fields, ...$how));
        self::assertSame(["NG,{$code}", false], [$answer->body, $answer->accepted]);
        self::assertSame($code, $answer->problem?->code);
        self::assertNotSame('', $answer->problem->hint);
        self::assertSame(Phase::Open, $client->purchases->get('CART-1')->phase);
        self::assertSame([], $client->events->next());
    }

    public function testWhatIsNoNoticeIsAnsweredNo(): void
    {
        $client = self::client();
        $bodies = ['missing_field' => '', 'malformed' => "\xff\xfe\x00", 'too_large' => 'a=' . str_repeat('x', 10 * 1024 * 1024)];
        foreach ($bodies as $code => $body) {
            $answer = $client->notices->handle($body);
            self::assertSame("NG,{$code}", $answer->body);
        }
    }

    public function testAnEventThatFailsComesAgainAndHoldsUpNoOther(): void
    {
        $client = self::client();
        foreach (['CART-1' => '12345678901234', 'CART-2' => '12345678901235'] as $id => $tracking) {
            $checkout = $client->checkout->start(self::purchase($id));
            $client->notices->handle(Gateway::result($checkout->form->fields, ['res_tracking_id' => $tracking]));
        }
        $delivered = [];
        $failed = [];
        $done = $client->events->each(
            static function ($event) use (&$delivered): void {
                if ($event->purchaseId === 'CART-1') {
                    throw new \RuntimeException('the warehouse is closed');
                }
                $delivered[] = $event->purchaseId;
            },
            static function ($event, \Throwable $error) use (&$failed): void {
                $failed[] = "{$event->purchaseId}: {$error->getMessage()}";
            },
        );
        self::assertSame([1, ['CART-2'], ['CART-1: the warehouse is closed']], [$done, $delivered, $failed]);
    }

    public function testAWrongHashIsExplained(): void
    {
        $client = self::client();
        $form = $client->checkout->start(self::purchase())->form;
        $fields = array_values(array_filter($form->fields, static fn ($pair) => $pair->name !== 'sps_hashcode'));
        $withoutKey = sha1(implode('', array_map(static fn ($pair) => $pair->value, $fields)));
        $explanation = $client->explainHash('purchase', $fields, $withoutKey);
        self::assertSame(['recipe', 'key_missing'], [$explanation->verdict, $explanation->faults[0]->id]);
    }

    public function testAnUnknownPurchaseIsNotFound(): void
    {
        $this->expectException(NotFoundException::class);
        self::client()->purchases->get('CART-9');
    }
}
