<?php

declare(strict_types=1);

namespace Netmile\Tests;

use Netmile\Tests\Support\Postgres;
use Netmile\Tests\Support\ShopCase;

/** A journal in PostgreSQL that processes of PHP share: each opens it, does one thing, and closes it. */
final class PostgresTest extends ShopCase
{
    private static ?Postgres $postgres = null;

    public static function setUpBeforeClass(): void
    {
        self::$postgres = new Postgres();
    }

    public static function tearDownAfterClass(): void
    {
        self::$postgres?->end();
        self::$postgres = null;
        parent::tearDownAfterClass();
    }

    public function testWhatOneProcessChargedAnotherOneFindsOut(): void
    {
        $id = 'PG-' . bin2hex(random_bytes(6));
        self::mock()->post('/_mock/faults', ['message' => 'ST01', 'kind' => 'lost_after']);
        self::assertSame('unknown', $this->shop('charge', $id));
        self::assertSame('unknown', $this->shop('read', $id));
        self::assertSame('paid', $this->shop('resolve', $id));
        self::assertSame('done', $this->shop('charge', $id), 'the same one');
        self::assertSame("paid {$id}", $this->shop('events', $id));
        self::assertSame('', $this->shop('events', $id), 'acknowledged');
        self::assertSame(1, substr_count((string) file_get_contents(self::mock()->url . '/_mock/log'), '"message":"ST01-00101-900"'), 'charged once');
    }

    public function testAnOpenJournalIsUsedAfterAFork(): void
    {
        self::assertSame('7 7 7 7 5', $this->process('timeout', '120', PHP_BINARY, __DIR__ . '/fork/shared_journal.php', '4', 'open'));
    }

    private function shop(string $do, string $id): string
    {
        return $this->process(PHP_BINARY, __DIR__ . '/postgres/shop.php', $do, $id);
    }

    private function process(string ...$command): string
    {
        // Not on the command line: the URL has the password.
        $environment = [...getenv(), 'JOURNAL' => self::$postgres->url, 'GATEWAY' => self::mock()->url, 'HASH_KEY' => self::DEMO_KEY];
        $process = proc_open($command, [1 => ['pipe', 'w']], $pipes, null, $environment);
        $text = stream_get_contents($pipes[1]);
        self::assertSame(0, proc_close($process), $text);
        return $text;
    }
}
