<?php

declare(strict_types=1);

namespace Netmile\Tests;

use Netmile\ChargePhase;
use Netmile\EventKind;
use Netmile\Exception\StateException;
use Netmile\Exception\TransportException;
use Netmile\Exception\VerificationException;
use Netmile\ExchangePhase;
use Netmile\Model\ChargeRequest;
use Netmile\Model\ExchangeRequest;
use Netmile\Model\IssueRequest;
use Netmile\Model\MileUser;
use Netmile\Model\RateTerms;
use Netmile\Model\StatementRequest;
use Netmile\Outcome;
use Netmile\TaskKind;
use Netmile\TaskPhase;
use Netmile\Tests\Support\ShopCase;

/** Server to server, against the mock gateway. */
final class MockTest extends ShopCase
{
    private static function id(string $prefix): string
    {
        return $prefix . bin2hex(random_bytes(6));
    }

    public function testAMemberPaysAndIsRefunded(): void
    {
        $client = self::demo();
        $id = self::id('A-');
        $outcome = $client->payments->charge(self::charge($id));
        self::assertSame(Outcome::Done, $outcome->outcome);
        self::assertTrue($outcome->isDone());
        self::assertSame([ChargePhase::Paid, 100], [$outcome->value?->phase, $outcome->value?->captured]);
        self::assertSame($outcome->value->trackingId, $client->payments->charge(self::charge($id))->value?->trackingId);
        self::assertSame([$id], array_column($client->payments->list([ChargePhase::Paid])->charges, 'id'));
        [$event] = $client->events->next();
        self::assertSame([EventKind::Paid, 'charge', $id], [$event->kind, $event->subject, $event->purchaseId]);
        $client->events->ack($event->id);
        self::assertSame(ChargePhase::Refunded, $client->payments->refund($id)->value?->phase);
        $this->expectException(StateException::class);
        $client->payments->charge(self::charge($id, amount: 101));
    }

    public function testARefusalIsAValueWithItsCode(): void
    {
        $client = self::demo();
        $outcome = $client->payments->charge(self::charge(self::id('A-'), 'zero'));
        self::assertSame([Outcome::Rejected, null, null], [$outcome->outcome, $outcome->value, $outcome->ticket]);
        self::assertNotSame('', $outcome->rejection?->code);
    }

    public function testALostAnswerIsAValueAndIsFoundOut(): void
    {
        $client = self::demo();
        $id = self::id('U-');
        self::mock()->post('/_mock/faults', ['message' => 'ST01', 'kind' => 'lost_after']);
        $outcome = $client->payments->charge(self::charge($id));
        self::assertTrue($outcome->isUnknown());
        self::assertSame([$id, 'request'], [$outcome->ticket?->id, $outcome->ticket?->step]);
        self::assertSame([$id], array_column($client->payments->unresolved()->charges, 'id'));
        self::assertSame([$id], array_column($client->recover()->settled, 'id') ?: [$client->payments->resolve($id)->id]);
        self::assertSame(ChargePhase::Paid, $client->payments->get($id)->phase);
        self::assertSame([], $client->payments->unresolved()->charges);
    }

    public function testAGatewayThatIsNotThereLeavesNothingOpen(): void
    {
        $client = self::demo('http://127.0.0.1:1');
        try {
            $client->payments->charge(self::charge('U-1'));
            self::fail('nobody listens there');
        } catch (TransportException $error) {
            self::assertTrue($error->retryable);
        }
        self::assertSame([], $client->payments->unresolved()->charges);
    }

    public function testASubscriptionIsBilledOnce(): void
    {
        $client = self::demo();
        $id = self::id('S-');
        $applied = $client->subscriptions->applyByApi(new ChargeRequest(
            id: $id,
            method: 'netmile',
            amount: 100,
            custCode: 'CUST0001',
            itemId: 'ITEM1',
            itemName: 'ネットマイルのしおり',
            member: 'taro',
        ));
        self::assertTrue($applied->isDone(), (string) $applied);
        self::assertSame('simple_contract', $applied->value?->kind);
        self::assertTrue($client->subscriptions->endByApi($id)->isDone());
        self::assertSame(ChargePhase::Ended, $client->payments->get($id)->phase);
    }

    public function testMilesAreIssuedOnce(): void
    {
        $client = self::demo();
        $id = self::id('M-');
        $request = new IssueRequest(
            tranId: $id,
            campaignId: '46257',
            user: new MileUser(mail: 'taro@member.example'),
            designatedKey: 'ORDER1',
            miles: 100,
        );
        $outcome = $client->miles->issue($request);
        self::assertSame([Outcome::Done, 100], [$outcome->outcome, $outcome->value?->miles]);
        self::assertSame($outcome->value->issuanceId, $client->miles->issue($request)->value?->issuanceId);
        self::assertSame(TaskPhase::Done, $client->miles->task(TaskKind::Issue, $id)->phase);
        self::assertTrue($client->members->verify(mail: 'taro@member.example')->active);
    }

    public function testPointsAreExchanged(): void
    {
        $client = self::demo();
        $id = self::id('X-');
        $rate = new RateTerms(points: 1, miles: 2, unit: 100, minimum: 500, maximum: 10000);
        self::assertSame(1000, $client->exchanges->convert($rate, 500)->miles);
        self::assertSame('not_in_units', $client->exchanges->convert($rate, 550)->reason);
        $client->exchanges->begin(new ExchangeRequest(
            tranId: $id,
            user: new MileUser(mail: 'taro@member.example'),
            designatedKey: 'POINTS1',
            points: 500,
            rate: $rate,
        ));
        self::assertSame(ExchangePhase::Debited, $client->exchanges->debited($id)->phase);
        $outcome = $client->exchanges->issue($id);
        self::assertTrue($outcome->isDone(), (string) $outcome);
        self::assertSame(1000, $outcome->value?->miles);
        self::assertSame(ExchangePhase::Issued, $client->exchanges->get($id)->phase);
    }

    public function testAFileThatIsNoStatementIsRefused(): void
    {
        $this->expectException(VerificationException::class);
        self::demo()->settlement->reconcile(new StatementRequest(file: 'nonsense', month: '202601'));
    }
}
