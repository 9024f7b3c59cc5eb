<?php

declare(strict_types=1);

namespace Netmile\Tests;

use Netmile\Tests\Support\Browser;
use Netmile\Tests\Support\Fpm;
use Netmile\Tests\Support\Server;
use Netmile\Tests\Support\ShopCase;

/** The example shop as a user runs it, against the mock: under PHP's own server, and under php-fpm. */
final class ShopTest extends ShopCase
{
    private const PUBLIC = __DIR__ . '/../../../examples/shop-php/public';
    private ?Server $server = null;
    private ?Fpm $fpm = null;
    /** @var array<string, string> */
    private array $environment = [];

    protected function setUp(): void
    {
        // The members have their opening balances again.
        self::mock()->post('/_mock/reset', []);
    }

    protected function tearDown(): void
    {
        $this->server?->end();
        $this->fpm?->end();
        parent::tearDown();
    }

    private function shop(string $under): string
    {
        $directory = $this->directory();
        $this->environment = [
            'NETMILE_AUTOLOAD' => (string) getenv('NETMILE_AUTOLOAD'),
            'NETMILE_LIBRARY' => (string) getenv('NETMILE_LIBRARY'),
            'NETMILE_GATEWAY' => self::mock()->url,
            'SHOP_DIRECTORY' => $directory,
            'SHOP_STAFF_PASSWORD' => 'demo-staff',
        ];
        if ($under === 'php -S') {
            $this->server = Server::php(self::PUBLIC . '/index.php', fn (string $url): array => [...$this->environment, 'SHOP_URL' => $url], self::PUBLIC);
        } else {
            $port = Server::freePort();
            $this->environment['SHOP_URL'] = "http://127.0.0.1:{$port}";
            $this->fpm = new Fpm($directory, $this->environment);
            $proxy = ['FPM_SOCKET' => "{$directory}/fpm.sock", 'FPM_SCRIPT' => (string) realpath(self::PUBLIC . '/index.php')];
            $this->server = Server::php(__DIR__ . '/fpm/proxy.php', static fn (): array => $proxy, port: $port);
        }
        $this->environment['SHOP_URL'] = $this->server->url;
        return $this->server->url;
    }

    /** @return array<string, array{string}> */
    public static function servers(): array
    {
        return ['php -S' => ['php -S'], 'php-fpm' => ['php-fpm']];
    }

    private function buy(string $shop, string $item): Browser
    {
        $browser = (new Browser())->open("{$shop}/?lang=ja");
        self::assertStringContainsString('しおり堂', $browser->text);
        return $browser->submit('/orders', ['item' => $item]);
    }

    /** @dataProvider servers */
    public function testACustomerPaysOnTheNetMilePage(string $under): void
    {
        $shop = $this->shop($under);
        $browser = $this->buy($shop, 'book');
        $order = $browser->url;
        self::assertStringContainsString('お支払い待ち', $browser->text);
        $browser->submit('/pay')->submit('/f01/FepBuyInfoReceive.do')->pay();
        self::assertSame($order, $browser->url);
        self::assertStringContainsString('ありがとうございました', $browser->text);
        $again = (new Browser())->open("{$order}?lang=en");
        self::assertStringContainsString('>Sent<', $again->text);
        self::assertStringNotContainsString('<form', $again->text);

        $id = basename($order);
        $staff = str_replace('http://', 'http://staff:demo-staff@', $shop);
        self::assertSame(401, (new Browser())->open("{$shop}/staff")->status);
        $list = (new Browser())->open("{$staff}/staff?lang=ja");
        self::assertStringContainsString('支払い済み', $list->text);
        self::assertSame(403, (new Browser())->open("{$staff}/staff/refund", "order={$id}&token=0")->status);
        $list->submit('/refund');
        self::assertStringContainsString('管理画面を開く', $list->text);
        self::assertStringContainsString('返金手続き中', (new Browser())->open("{$order}?lang=ja")->text);
    }

    /** @dataProvider servers */
    public function testAMemberPaysWithMilesAtOnce(string $under): void
    {
        $browser = $this->buy($this->shop($under), 'card');
        $browser->submit('/charge', ['member' => 'zero']);
        self::assertStringContainsString('マイルは使われていません', $browser->text);
        $browser->submit('/charge', ['member' => 'taro']);
        self::assertStringContainsString('ありがとうございました', $browser->text);
        self::assertStringContainsString('発送済み', $browser->text);
        $staff = str_replace('http://', 'http://staff:demo-staff@', (string) $this->server?->url);
        $list = (new Browser())->open("{$staff}/staff?lang=en")->submit('/refund');
        self::assertStringContainsString('under way', $list->text);
        self::assertStringContainsString('返金済み', (new Browser())->open($browser->url . '?lang=ja')->text);
    }

    public function testALostAnswerIsToldAndFoundOut(): void
    {
        $browser = $this->buy($this->shop('php -S'), 'card');
        self::mock()->post('/_mock/faults', ['message' => 'ST01', 'kind' => 'lost_after']);
        $browser->submit('/charge', ['member' => 'taro']);
        self::assertStringContainsString('もう一度支払う必要はありません', $browser->text);
        self::assertStringNotContainsString('<form', $browser->text);
        $this->elapse(10);
        $this->upkeep();
        self::assertStringContainsString('ありがとうございました', $browser->open($browser->url)->text);
        self::assertStringContainsString('発送済み', $browser->text);
    }

    public function testARefusalFoundOutLaterLeadsBackToTheChoice(): void
    {
        $browser = $this->buy($this->shop('php -S'), 'card');
        $order = $browser->url;
        self::mock()->post('/_mock/faults', ['message' => 'ST01', 'kind' => 'lost_before']);
        $browser->submit('/charge', ['member' => 'taro']);
        self::assertStringContainsString('もう一度支払う必要はありません', $browser->text);
        // The gateway takes a request until 600 seconds after it was signed, and the two clocks may differ by 120: until then
        // "no such payment" proves nothing. See "When the answer never comes" in docs/charges.md.
        $this->elapse(500);
        $this->upkeep();
        self::assertStringContainsString('MG01-00101', self::logged(basename($order) . '-m1'), 'the gateway was not asked');
        self::assertStringContainsString('もう一度支払う必要はありません', $browser->open($order)->text);
        self::assertStringNotContainsString('<form', $browser->text);
        $this->elapse(300);
        $this->upkeep();
        self::assertStringContainsString('お支払いできませんでした。マイルは使われていません。', $browser->open($order)->text);
        self::assertSame('400', self::balance('taro'));

        $browser->submit('/charge', ['member' => 'zero']);
        self::assertStringContainsString('マイルは使われていません', $browser->text);
        self::assertStringContainsString('マイルは使われていません', $browser->open($order)->text);
        // The gateway has not seen the order_id of the link type, though miles were tried before.
        $browser->submit('/pay')->submit('/f01/FepBuyInfoReceive.do')->pay();
        self::assertSame($order, $browser->url);
        self::assertStringContainsString('発送済み', $browser->text);
    }

    public function testARequestWhoseAnswerWasLostIsNeverCalledRefusedHoweverLateItIsFoundOut(): void
    {
        $browser = $this->buy($this->shop('php -S'), 'card');
        self::mock()->post('/_mock/faults', ['message' => 'ST01', 'kind' => 'lost_after']);
        $browser->submit('/charge', ['member' => 'taro']);
        $this->elapse(3600);
        self::assertStringNotContainsString('<form', $browser->open($browser->url)->text);
        $this->upkeep();
        self::assertStringContainsString('発送済み', $browser->open($browser->url)->text);
    }

    public function testAChoiceThatCrashedBeforeItsChargeIsFreed(): void
    {
        $browser = $this->buy($this->shop('php -S'), 'card');
        $shop = new \PDO("sqlite:{$this->environment['SHOP_DIRECTORY']}/shop.db");
        $choose = $shop->prepare("UPDATE orders SET way = 'miles', attempt = 1, chosen_at = ?");
        $choose->execute([time()]);
        $this->upkeep();
        self::assertStringContainsString('確認中', $browser->open($browser->url)->text);
        $choose->execute([time() - 3600]);
        $this->upkeep();
        $browser->open($browser->url)->submit('/charge', ['member' => 'taro']);
        self::assertStringContainsString('発送済み', $browser->text);
    }

    public function testWhatBecameOfARefundIsTold(): void
    {
        [$browser, $list] = $this->paid();
        $stale = clone $list;
        self::mock()->post('/_mock/faults', ['message' => 'ST02', 'kind' => 'lost_after']);
        self::assertStringContainsString('We are confirming the refund', $list->submit('/refund')->text);
        self::assertStringContainsString('返金手続き中', $browser->open($browser->url)->text);
        // A second click asks what became of the first one.
        self::assertSame(200, $stale->submit('/refund')->status);
        self::assertStringContainsString('返金済み', $browser->open($browser->url)->text);
        self::assertSame('400', self::balance('taro'));
    }

    public function testARefusedRefundIsToldAndMayBeTriedAgain(): void
    {
        [$browser, $list] = $this->paid();
        $again = clone $list;
        // Of kind 12 is "no such record": final, and the inquiry says that nothing was refunded.
        self::mock()->post('/_mock/faults', ['message' => 'ST02', 'kind' => 'ng_result', 'code' => '12']);
        self::assertStringContainsString('can not be refunded', $list->submit('/refund')->text);
        self::assertSame(409, $list->status);
        self::assertStringContainsString('支払い済み', $browser->open($browser->url)->text);
        self::assertSame('300', self::balance('taro'));
        self::assertStringContainsString('under way', $again->submit('/refund')->text);
        self::assertStringContainsString('返金済み', $browser->open($browser->url)->text);
        self::assertSame('400', self::balance('taro'));
    }

    /** @return array<string, array{array<string, string>}> */
    public static function doubtfulRefusals(): array
    {
        // docs/protocol/api-type.md#codes, docs/codes.md
        return ['80, trouble of the gateway: the outcome is unknown' => [[]], '94, not completed: to be asked about first' => [['code' => '94']]];
    }

    /**
     * @dataProvider doubtfulRefusals
     * @param array<string, string> $code
     */
    public function testARefundThatMayHaveHappenedIsNotCalledRefused(array $code): void
    {
        [$browser, $list] = $this->paid();
        self::mock()->post('/_mock/faults', ['message' => 'ST02', 'kind' => 'ng_result', ...$code]);
        self::assertStringContainsString('We are confirming the refund', $list->submit('/refund')->text);
        self::assertSame(200, $list->status);
        self::assertStringContainsString('返金手続き中', $browser->open($browser->url)->text);
        $this->elapse(10);
        $this->upkeep();
        self::assertStringContainsString('返金済み', $browser->open($browser->url)->text);
        self::assertSame('400', self::balance('taro'), 'once');
    }

    public function testARefusalOfARefundThatHappenedIsNotBelieved(): void
    {
        [$browser, $list] = $this->paid();
        self::mock()->post('/_mock/faults', ['message' => 'ST02', 'kind' => 'ng_result', 'code' => '12', 'after_effect' => true]);
        self::assertStringContainsString('under way', $list->submit('/refund')->text);
        self::assertStringContainsString('返金済み', $browser->open($browser->url)->text);
        self::assertSame('400', self::balance('taro'));
    }

    public function testARefundThatIsFoundRefusedLaterIsToldToThePerson(): void
    {
        [$browser, $list] = $this->paid();
        self::mock()->post('/_mock/faults', ['message' => 'ST02', 'kind' => 'lost_before']);
        self::assertStringContainsString('We are confirming the refund', $list->submit('/refund')->text);
        $refused = 'order ' . basename($browser->url) . ': the refund was refused';
        // A refusal counts once the first one can no longer arrive: 600 seconds, and two minutes for the clocks.
        foreach ([10 => false, 721 => true] as $seconds => $counts) {
            self::mock()->post('/_mock/faults', ['message' => 'ST02', 'kind' => 'ng_result', 'code' => '12']);
            $this->elapse($seconds);
            self::assertSame($counts, str_contains($this->upkeep(), $refused), "after {$seconds} seconds");
        }
        self::assertStringContainsString('支払い済み', $browser->open($browser->url)->text);
        self::assertSame('300', self::balance('taro'));
    }

    /** An order that taro paid with 100 miles, and the list of the staff. @return array{Browser, Browser} */
    private function paid(): array
    {
        $browser = $this->buy($this->shop('php -S'), 'card')->submit('/charge', ['member' => 'taro']);
        self::assertStringContainsString('発送済み', $browser->text);
        $staff = str_replace('http://', 'http://staff:demo-staff@', (string) $this->server?->url);
        return [$browser, (new Browser())->open("{$staff}/staff?lang=en")];
    }

    public function testAnOrderThatIsPaidTwiceWaitsForAPerson(): void
    {
        $shop = $this->shop('php -S');
        $browser = $this->buy($shop, 'card');
        $order = $browser->url;
        $other = (new Browser())->open("{$order}?lang=ja")->submit('/pay');
        $browser->submit('/pay')->submit('/f01/FepBuyInfoReceive.do')->pay();
        $other->submit('/f01/FepBuyInfoReceive.do')->pay();
        self::assertStringContainsString('担当者が確認中', $other->text);
        self::assertStringContainsString('発送済み', $other->text);
        $staff = str_replace('http://', 'http://staff:demo-staff@', $shop);
        $list = (new Browser())->open("{$staff}/staff?lang=ja");
        self::assertStringContainsString('担当者が確認中', $list->text);
        self::assertStringContainsString('管理画面を開く', $list->submit('/refund')->text);
    }

    public function testANoticeWithoutAJournalIsAnsweredByAnError(): void
    {
        $shop = $this->shop('php -S');
        mkdir("{$this->environment['SHOP_DIRECTORY']}/journal.db");
        try {
            $notice = (new Browser())->open("{$shop}/notify", 'order_id=1');
            self::assertSame([500, ''], [$notice->status, $notice->text]);
        } finally {
            rmdir("{$this->environment['SHOP_DIRECTORY']}/journal.db");
        }
    }

    /** As if everything had happened so many seconds earlier. The journal is open in other processes only. */
    private function elapse(int $seconds): void
    {
        $moved = static fn (string $name): string => "'$.charge.pending.{$name}', json_extract(body, '$.charge.pending.{$name}') - {$seconds}";
        $journal = new \PDO("sqlite:{$this->environment['SHOP_DIRECTORY']}/journal.db");
        $rows = $journal->exec("UPDATE netmile_rows SET due = due - {$seconds}, body = json_set(body, {$moved('since')}, {$moved('signed_at')}, {$moved('earlier_until')})
            WHERE json_type(body, '$.charge.pending') = 'object'");
        self::assertSame(1, $rows, 'one step is open');
        $shop = new \PDO("sqlite:{$this->environment['SHOP_DIRECTORY']}/shop.db");
        $shop->exec("UPDATE orders SET chosen_at = chosen_at - {$seconds}");
    }

    /** What the gateway wrote down about an order, as JSON. */
    private static function logged(string $orderId): string
    {
        $entries = json_decode((new Browser())->open(self::mock()->url . '/_mock/log?limit=1000')->text, true);
        return (string) json_encode(array_filter($entries, static fn (array $entry): bool => $entry['order_id'] === $orderId));
    }

    private static function balance(string $member): string
    {
        $members = json_decode((new Browser())->open(self::mock()->url . '/_mock/members')->text, true);
        return (string) array_column($members, 'miles', 'login')[$member];
    }

    /** Runs the job; what it wrote. */
    private function upkeep(): string
    {
        $script = dirname(self::PUBLIC) . '/bin/upkeep.php';
        $process = proc_open([PHP_BINARY, $script], [1 => ['pipe', 'w'], 2 => ['pipe', 'w']], $pipes, null, [...getenv(), ...$this->environment]);
        $text = stream_get_contents($pipes[1]) . stream_get_contents($pipes[2]);
        self::assertSame(0, proc_close($process), $text);
        return $text;
    }

    public function testNobodyPaysByOpeningTheSuccessPage(): void
    {
        $shop = $this->shop('php -S');
        $browser = $this->buy($shop, 'tea');
        $order = $browser->url;
        foreach (['success', 'cancel', 'error'] as $way) {
            $back = (new Browser())->open("{$shop}/{$way}", 'res_result=OK&order_id=' . basename($order) . '-1');
            self::assertStringContainsString('お支払いは完了していません', $back->text);
        }
        self::assertStringContainsString('お支払い待ち', (new Browser())->open($order)->text);
        self::assertSame('NG,missing_field', (new Browser())->open("{$shop}/notify", 'order_id=' . basename($order))->text);
        self::assertSame(404, (new Browser())->open("{$shop}/orders/000000000000000000000000")->status);
        self::assertSame(413, (new Browser())->open("{$shop}/notify", str_repeat('x', 70_000))->status);
        self::assertSame(404, (new Browser())->open("{$shop}/orders", 'item=diamond')->status);
    }
}
