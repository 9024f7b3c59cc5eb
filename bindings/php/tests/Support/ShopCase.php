<?php

declare(strict_types=1);

namespace Netmile\Tests\Support;

use Netmile\Client;
use Netmile\Contract;
use Netmile\Method;
use Netmile\Model\ChargeRequest;
use Netmile\Model\PurchaseRequest;
use Netmile\Model\Urls;
use Netmile\Site;
use Netmile\Terminal;
use Netmile\Transport;
use PHPUnit\Framework\TestCase;

/** Clients and requests that tests share. */
abstract class ShopCase extends TestCase
{
    public const DEMO_KEY = 'demo0key0of0the0mock0gateway0not0a0secr0';
    private static ?Server $mock = null;
    /** @var list<string> */
    private array $directories = [];

    public static function tearDownAfterClass(): void
    {
        self::$mock?->end();
        self::$mock = null;
    }

    protected function tearDown(): void
    {
        foreach ($this->directories as $directory) {
            foreach (glob("{$directory}/*") ?: [] as $file) {
                unlink($file);
            }
            rmdir($directory);
        }
        $this->directories = [];
    }

    protected static function mock(): Server
    {
        return self::$mock ??= Server::mock();
    }

    protected function directory(): string
    {
        $directory = sys_get_temp_dir() . '/netmile-php-' . bin2hex(random_bytes(8));
        mkdir($directory);
        return $this->directories[] = $directory;
    }

    /** A contract that offers everything, with a gateway where nobody listens. */
    protected static function contract(): Contract
    {
        $methods = array_map(static fn (string $tag): Method => new Method($tag, 'all'), ['netmile', 'credit', 'docomo']);
        return Contract::mock('http://127.0.0.1:1', '99999', '001', Gateway::KEY, $methods);
    }

    protected static function client(): Client
    {
        return new Client(self::contract());
    }

    /** The demo merchant and site of a mock, with the API type. */
    protected static function demo(?string $url = null, string $journal = 'memory:', ?Transport $transport = null): Client
    {
        $url ??= self::mock()->url;
        $api = ['number' => '900', 'flow' => 'one_step', 'capture' => 'automatic', 'functions' => ['request' => 'ST01-00101',
            'refund' => 'ST02-00303', 'partial_refund' => 'ST02-00307', 'inquiry' => 'MG01-00101', 'simple_apply' => 'ST01-00102',
            'simple_end' => 'ST02-00302', 'period' => 'ST01-00104', 'metered_end' => 'ST02-00309', 'balance' => 'MG01-00102'],
            'inquiry_by' => 'order', 'statuses' => [['0', 'none'], ['1', 'processing'], ['2', 'captured'], ['4', 'refunded'],
            ['5', 'partly_refunded']], 'member_leaf' => 'netmile_user_id', 'tells_refunds' => true, 'amount_digits' => 7];
        $contract = Contract::mock($url, '99999', '001', self::DEMO_KEY, [
            new Method('netmile', 'all', api: $api),
            new Method('credit', api: 'credit'),
            new Method('webcvs', api: 'web_convenience_store'),
        ], ['0123456789abcdef01234567', '76543210']);
        $site = new Site('8763', 'demo-key-1', 'demo-secret-of-the-mock-not-a-secret-1', $url);
        return new Client($contract, $journal, sites: [$site], transport: $transport);
    }

    protected static function urls(string $base = 'https://shop.example'): Urls
    {
        return new Urls("{$base}/success", "{$base}/cancel", "{$base}/error", "{$base}/notify");
    }

    /** A purchase with difficult characters. */
    protected static function purchase(string $purchaseId = 'CART-1', ?Urls $urls = null): PurchaseRequest
    {
        return new PurchaseRequest(
            purchaseId: $purchaseId,
            custCode: 'CUST0001',
            itemId: 'ITEM1',
            amount: 300,
            urls: $urls ?? self::urls(),
            terminal: Terminal::PC,
            itemName: '髙橋①ー～表ソ',
        );
    }

    protected static function charge(string $id, string $member = 'taro', int $amount = 100): ChargeRequest
    {
        return new ChargeRequest(
            id: $id,
            method: 'netmile',
            amount: $amount,
            custCode: 'CUST0001',
            itemId: 'ITEM1',
            itemName: 'ネットマイルのしおり',
            member: $member,
        );
    }
}
