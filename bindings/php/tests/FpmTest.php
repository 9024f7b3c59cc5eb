<?php

declare(strict_types=1);

namespace Netmile\Tests;

use Netmile\Model\Pair;
use Netmile\Tests\Support\Fpm;
use Netmile\Tests\Support\Gateway;
use Netmile\Tests\Support\ShopCase;

/** Real requests over FastCGI to several workers of php-fpm, with `opcache.preload` and `ffi.enable=preload`. */
final class FpmTest extends ShopCase
{
    private const SCRIPT = __DIR__ . '/fpm/index.php';
    private ?Fpm $fpm = null;

    protected function tearDown(): void
    {
        $this->fpm?->end();
        parent::tearDown();
    }

    private function start(bool $preload = true): Fpm
    {
        $directory = $this->directory();
        return $this->fpm = new Fpm($directory, [
            'NETMILE_AUTOLOAD' => (string) getenv('NETMILE_AUTOLOAD'),
            'NETMILE_LIBRARY' => (string) getenv('NETMILE_LIBRARY'),
            'GATEWAY' => self::mock()->url,
            'JOURNAL' => "sqlite://{$directory}/journal.db",
        ], $preload);
    }

    public function testWorkersShareAJournalAndTakeNotices(): void
    {
        $web = $this->start()->web;
        $workers = [];
        for ($number = 0; $number < 12; $number++) {
            [$status, $headers, $page] = $web->request(self::SCRIPT, '/pay', "id=FPM-{$number}");
            self::assertSame([200, 'text/html; charset=Shift_JIS'], [$status, $headers['content-type']]);
            self::assertStringContainsString("FPM-{$number}-1", $page);
            [, , $fields] = $web->request(self::SCRIPT, '/fields', "id=FPM-{$number}");
            $pairs = array_map(static fn (array $pair): Pair => new Pair($pair[0], $pair[1]), json_decode($fields, true));
            $notice = Gateway::result($pairs, ['res_tracking_id' => (string) (12345678901000 + $number)], key: self::DEMO_KEY);
            [$status, $headers, $body] = $web->request(self::SCRIPT, '/notify', body: $notice);
            self::assertSame([200, 'text/csv; charset=Shift_JIS', 'OK,'], [$status, $headers['content-type'], $body]);
            $said = json_decode($web->request(self::SCRIPT, '/phase', "id=FPM-{$number}")[2]);
            self::assertSame('paid', $said->phase);
            $workers[$said->pid] = true;
        }
        self::assertGreaterThan(1, count($workers), 'several workers answered');
        self::assertLessThanOrEqual(3, count($workers), 'no worker had to be replaced');
    }

    public function testEveryWorkerHasARuntimeOfItsOwn(): void
    {
        $web = $this->start()->web;
        $workers = [];
        for ($number = 0; $number < 9; $number++) {
            $said = json_decode($web->request(self::SCRIPT, '/ask')[2]);
            self::assertNotEmpty($said->code);
            $workers[$said->pid] = true;
        }
        self::assertGreaterThan(1, count($workers), 'several workers answered');
        self::assertLessThanOrEqual(3, count($workers), 'no worker had to be replaced');
        self::assertStringNotContainsString('signal', $this->fpm?->log() ?? '');
    }

    public function testAFatalErrorLeavesNoClientInTheWorker(): void
    {
        $web = $this->start()->web;
        for ($number = 0; $number < 12; $number++) {
            self::assertSame(500, $web->request(self::SCRIPT, '/fatal')[0]);
        }
        $open = 0;
        for ($tries = 0; $tries < 100; $tries++) {
            $open = json_decode($web->request(self::SCRIPT, '/files')[2])->files;
            if ($open === 0) {
                break;
            }
            usleep(50_000);
        }
        self::assertSame(0, $open);
    }

    public function testTheApplicationItselfMayNotCallFfi(): void
    {
        self::assertStringContainsString('restricted', $this->start()->web->request(self::SCRIPT, '/ffi')[2]);
    }

    public function testWithoutPreloadItSaysWhatToDo(): void
    {
        $fpm = $this->start(preload: false);
        [$status] = $fpm->web->request(self::SCRIPT, '/ask');
        self::assertSame(500, $status);
        // The log takes its way through the master.
        for ($tries = 0; $tries < 200 && !str_contains($fpm->log(), 'ffi.enable'); $tries++) {
            usleep(50_000);
        }
        self::assertStringContainsString('ffi.enable restricts it', $fpm->log());
    }
}
