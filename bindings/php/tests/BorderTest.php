<?php

declare(strict_types=1);

namespace Netmile\Tests;

use Netmile\Client;
use Netmile\Contract;
use Netmile\Exception\ConfigurationException;
use Netmile\Exception\InvalidValueException;
use Netmile\Exception\LibraryException;
use Netmile\Exception\NetmileException;
use Netmile\Exception\StateException;
use Netmile\Exception\TransportException;
use Netmile\HttpRequest;
use Netmile\HttpResponse;
use Netmile\Internal\Native;
use Netmile\Model\ChargeOutcome;
use Netmile\Model\ChargeRequest;
use Netmile\Model\PurchaseQuery;
use Netmile\Model\RefundEvidence;
use Netmile\NotSent;
use Netmile\Outcome;
use Netmile\Phase;
use Netmile\Record;
use Netmile\Room;
use Netmile\Site;
use Netmile\Tests\Support\Gateway;
use Netmile\Tests\Support\ShopCase;
use Netmile\Transport;

/** What crosses between PHP and the library: versions, errors, secrets, transports, forks. */
final class BorderTest extends ShopCase
{
    private const MARK = 'MARKER-7f3a';

    public function testEveryOperationOfTheManifestHasAMethod(): void
    {
        $manifest = json_decode((string) file_get_contents(__DIR__ . '/../../../ffi/manifest.json'));
        $client = self::client();
        $rooms = ['notice' => $client->notices, 'return' => $client->returns, 'purchase' => $client->purchases,
            'refund' => $client->refunds, 'subscription' => $client->subscriptions, 'registration' => $client->registrations,
            'payment' => $client->payments, 'member' => $client->members, 'exchange' => $client->exchanges, 'client' => $client];
        foreach ($manifest->operations as $operation) {
            [$subject, $verb] = explode('.', $operation->name);
            $method = lcfirst(str_replace('_', '', ucwords($verb, '_')));
            [$room, $method] = $operation->name === 'hash.explain' ? [$client, 'explainHash'] : [$rooms[$subject] ?? $client->{$subject}, $method];
            self::assertTrue(method_exists($room, $method), $operation->name);
        }
        self::assertGreaterThan(100, count($manifest->operations));
    }

    public function testAnotherVersionIsRefused(): void
    {
        foreach ([[99, '0.1.0', 8], [null, '9.9.9', 8]] as [$abi, $version, $size]) {
            try {
                Native::load(Native::library(), $abi ?? \Netmile\Generated\Version::ABI, $version, $size);
                self::fail('another version was taken');
            } catch (LibraryException $error) {
                self::assertSame('version_mismatch', $error->errorCode);
                self::assertStringContainsString($abi === 99 ? '99' : '9.9.9', $error->getMessage());
            }
        }
    }

    public function testWhatIsNoLibraryIsRefused(): void
    {
        foreach (['/nowhere/libnetmile.so' => 'library_missing', 'libc.so.6' => 'version_mismatch'] as $library => $code) {
            try {
                Native::load($library);
                self::fail("{$library} was taken");
            } catch (LibraryException $error) {
                self::assertSame($code, $error->errorCode);
                self::assertNotSame('', $error->hint);
                self::assertNotSame('', $error->hintJa);
            }
        }
    }

    public function testA32BitPhpIsRefused(): void
    {
        $this->expectException(ConfigurationException::class);
        Native::load(Native::library(), integerSize: 4);
    }

    public function testTheVersionIsThatOfThePackage(): void
    {
        $composer = json_decode((string) file_get_contents(__DIR__ . '/../composer.json'));
        self::assertSame(\Netmile\Generated\Version::LIBRARY, $composer->version);
    }

    public function testAnErrorSaysWhatToDoInBothLanguages(): void
    {
        try {
            self::client()->checkout->start(self::purchase()->with(amount: -1));
            self::fail('a negative amount was taken');
        } catch (InvalidValueException $error) {
            self::assertSame(['invalid_value', 'invalid_value', 'amount', false], [
                $error->getCode(), $error->errorCode, $error->field, $error->retryable,
            ]);
            self::assertStringStartsWith('amount: ', $error->getMessage());
            self::assertNotSame('', $error->hint);
            self::assertMatchesRegularExpression('/\p{Hiragana}/u', $error->hintJa);
        }
    }

    public function testEveryCodeHasHintsInBothLanguages(): void
    {
        foreach (self::client()->errorCatalogue() as $entry) {
            self::assertNotSame('', $entry->hintEn);
            self::assertMatchesRegularExpression('/\p{Hiragana}/u', $entry->hintJa, $entry->code);
        }
        self::assertTrue(self::client()->code('5101')->known);
        self::assertNotEmpty(self::client()->codeCatalogue());
    }

    public function testTextThatIsNoUtf8IsRefusedNamingTheField(): void
    {
        try {
            self::client()->checkout->start(self::purchase()->with(itemName: "\x83\x5c"));
            self::fail('Shift_JIS was taken');
        } catch (InvalidValueException $error) {
            self::assertSame('item_name', $error->field);
        }
    }

    public function testAWrongElementOfAListIsRefusedNamingTheField(): void
    {
        try {
            self::client()->checkout->start(self::purchase()->with(rows: ['book']));
            self::fail('a text was taken as a row');
        } catch (InvalidValueException $error) {
            self::assertSame('rows', $error->field);
        }
    }

    public function testAClosedClientRefuses(): void
    {
        $client = self::client();
        $client->close();
        $client->close();
        $this->expectException(StateException::class);
        $client->purchases->unresolved();
    }

    public function testAClientForOneOfSeveralContracts(): void
    {
        $other = Contract::mock('http://127.0.0.1:1', '88888', '002', Gateway::KEY);
        $client = new Client([self::contract(), $other]);
        $chosen = $client->forContract('88888', '002');
        $client->close();
        self::assertSame(Phase::Open, $chosen->purchases->get($chosen->checkout->start(self::purchase())->purchaseId)->phase);
        $this->expectException(NetmileException::class);
        $chosen->forContract('77777', '001');
    }

    /** @return list<array{\Closure(): \Throwable}> */
    public static function thrown(): array
    {
        return [
            [static fn (): \Throwable => new \RuntimeException(self::MARK)],
            [static fn (): \Throwable => new \TypeError(self::MARK)],
        ];
    }

    /** @dataProvider thrown */
    public function testATransportThatThrowsLeavesAKnownUnknown(\Closure $thrown): void
    {
        $transport = self::transport(static fn () => throw $thrown());
        $client = self::demo('http://127.0.0.1:1', transport: $transport);
        $outcome = $client->payments->charge(self::charge('A-1'));
        self::assertSame([Outcome::Unknown, 'A-1'], [$outcome->outcome, $outcome->ticket?->id]);
        self::assertCount(1, $transport->seen);
        self::assertSame(['A-1'], array_column($client->payments->unresolved()->charges, 'id'));
        self::assertStringNotContainsString(self::MARK, self::printed([$outcome, $client, $transport->seen[0]]));
    }

    public function testATransportThatSentNothingIsAnError(): void
    {
        $client = self::demo('http://127.0.0.1:1', transport: self::transport(static fn () => throw new NotSent()));
        try {
            $client->payments->charge(self::charge('A-1'));
            self::fail('nothing was sent');
        } catch (TransportException $error) {
            self::assertTrue($error->retryable);
        }
        self::assertSame([], $client->payments->unresolved()->charges);
    }

    public function testAnAnswerThatIsNoneCountsAsLostAndIsLogged(): void
    {
        $log = $this->directory() . '/log';
        $before = ini_set('error_log', $log);
        try {
            foreach ([[-1, 'text/xml'], [99999, 'text/xml'], [200, "text/xml\xff"]] as [$status, $type]) {
                $transport = self::transport(static fn () => new HttpResponse($status, $type, ''));
                $client = self::demo('http://127.0.0.1:1', transport: $transport);
                self::assertTrue($client->payments->charge(self::charge('A-1'))->isUnknown());
                self::assertGreaterThan(1.0, $transport->seen[0]->timeout);
            }
        } finally {
            ini_set('error_log', (string) $before);
        }
        self::assertStringContainsString('can not be used', (string) file_get_contents($log));
    }

    public function testNoTimeLeftIsNotToldAsNoLimit(): void
    {
        $transport = self::transport(static fn () => new HttpResponse(200, null, ''));
        $sent = new \ReflectionMethod(\Netmile\Internal\Port::class, 'sent');
        foreach ([['timeout_ms' => 0], ['timeout_ms' => 1], ['timeout_ms' => 2500], []] as $limit) {
            $request = (object) ['method' => 'GET', 'url' => 'http://127.0.0.1:1', 'headers' => [], 'body' => ''];
            $sent->invoke(null, $transport, (object) ['step' => 'send', 'request' => $request, ...$limit]);
        }
        self::assertSame([0.001, 0.001, 2.5, null], array_column($transport->seen, 'timeout'));
    }

    public function testATransportOfTheShopsOwnPays(): void
    {
        $transport = self::transport(static function (HttpRequest $request): HttpResponse {
            $handle = curl_init($request->url);
            curl_setopt_array($handle, [
                CURLOPT_RETURNTRANSFER => true, CURLOPT_PROXY => '', CURLOPT_CUSTOMREQUEST => $request->method,
                CURLOPT_HTTPHEADER => array_map(static fn (array $pair): string => "{$pair[0]}: {$pair[1]}", $request->headers),
            ] + ($request->method === 'POST' ? [CURLOPT_POSTFIELDS => $request->body] : []));
            $body = (string) curl_exec($handle);
            return new HttpResponse(curl_getinfo($handle, CURLINFO_RESPONSE_CODE), curl_getinfo($handle, CURLINFO_CONTENT_TYPE), $body);
        });
        $outcome = self::demo(transport: $transport)->payments->charge(self::charge('T-' . bin2hex(random_bytes(6))));
        self::assertTrue($outcome->isDone(), (string) $outcome);
        self::assertNotEmpty($transport->seen);
    }

    /** @param \Closure(HttpRequest): HttpResponse $act */
    private static function transport(\Closure $act): Transport
    {
        return new class ($act) implements Transport {
            /** @var list<HttpRequest> */
            public array $seen = [];

            public function __construct(private readonly \Closure $act)
            {
            }

            public function send(HttpRequest $request): HttpResponse
            {
                $this->seen[] = $request;
                return ($this->act)($request);
            }
        };
    }

    /** Every way in which PHP prints a value. @param list<mixed> $values */
    private static function printed(array $values): string
    {
        $texts = [];
        foreach ($values as $value) {
            ob_start();
            var_dump($value);
            debug_zval_dump($value);
            $texts[] = ob_get_clean();
            $texts[] = print_r($value, true);
            $texts[] = var_export($value, true);
            $texts[] = print_r((array) $value, true);
            $texts[] = print_r(get_object_vars($value), true);
            $texts[] = (string) json_encode($value);
            $texts[] = (string) json_encode((array) $value, JSON_PARTIAL_OUTPUT_ON_ERROR);
            $texts[] = $value instanceof \Stringable ? (string) $value : '';
            try {
                $texts[] = serialize($value);
            } catch (\Throwable $error) {
                $texts[] = (string) $error;
            }
        }
        return implode("\n", $texts);
    }

    public function testNothingSecretOrPersonalIsPrinted(): void
    {
        $secret = self::MARK . str_repeat('0', 32);
        $contract = Contract::mock('http://127.0.0.1:1', '99999', '001', $secret, [], [str_repeat('K', 24), 'IVIVIVIV']);
        $site = new Site('8763', 'key-1', $secret, 'http://127.0.0.1:1');
        $client = new Client($contract, 'sqlite://' . $this->directory() . '/' . self::MARK . '.db', sites: [$site]);
        $request = self::purchase()->with(custCode: self::MARK, itemName: self::MARK, free: [self::MARK]);
        $checkout = $client->checkout->start($request);
        $charge = new ChargeRequest(id: 'A-1', method: 'netmile', amount: 1, custCode: self::MARK, itemId: 'I', member: self::MARK);
        $values = [$contract, $site, $client, $client->checkout, $request, $checkout, $client->purchases->get('CART-1'), $charge,
            new HttpRequest('POST', 'https://x.example/', [['Authorization', self::MARK]], self::MARK),
            new HttpResponse(200, 'text/plain', self::MARK)];
        $calls = [
            static fn () => $client->payments->charge($charge),
            static fn () => $client->notices->handle(self::MARK)->equals(null) ?: throw new \LogicException(),
            static fn () => $client->members->verify(mail: self::MARK),
            static fn () => $client->checkout->start($request->with(amount: -1)),
            static fn () => $client->checkout->start($request->with(custCode: self::MARK . "\xff")),
            static fn () => $client->refunds->request('CART-9', self::MARK),
            static fn () => new Client(Contract::mock('nonsense', '99999', '001', $secret)),
            static fn () => Client::fromConfig(['hash_key' => $secret]),
            static fn () => serialize($checkout),
        ];
        foreach ($calls as $call) {
            try {
                $call();
                self::fail('it should throw');
            } catch (\Throwable $error) {
                $values[] = $error;
            }
        }
        // What the tests themselves pass around is not the package's to hide.
        $own = array_map(
            static fn (object $value): mixed => $value instanceof \Throwable ? self::frames($value) : $value,
            $values,
        );
        $text = self::printed($own);
        foreach ([self::MARK, base64_encode(self::MARK), bin2hex(self::MARK), 'KKKKKKKK', 'IVIVIVIV'] as $hidden) {
            self::assertStringNotContainsString($hidden, $text);
        }
        self::assertStringContainsString(self::MARK, (string) json_encode($request->expose()), 'the search itself works');
        self::assertStringContainsString('SensitiveParameterValue', $text, 'the frames have arguments');
    }

    /** Of an exception all that the package could have put there: its own fields and its own frames. */
    private static function frames(\Throwable $error): object
    {
        $frames = array_filter(
            $error->getTrace(),
            static fn (array $frame): bool => !str_contains($frame['class'] ?? '', 'PHPUnit') && !str_contains($frame['class'] ?? '', 'Tests'),
        );
        return (object) ['text' => $error->getMessage(), 'fields' => get_object_vars($error), 'frames' => $frames];
    }

    /** @return array<string, array{string, string}> */
    public static function forks(): array
    {
        return [
            'not used before the fork' => ['unused', '7 7 7 7 4'],
            'released before the fork' => ['released', '7 7 7 7 5'],
            'open while it forked: the children refuse it' => ['open', '8 8 8 8 1'],
        ];
    }

    /** @dataProvider forks */
    public function testAClientThatWasMadeBeforeAForkWorksInTheChildren(string $how, string $expected): void
    {
        // Under `timeout`: a child that waits for ever is what this is about.
        $command = ['timeout', '120', PHP_BINARY, __DIR__ . '/fork/shared_journal.php', '4', $how];
        $environment = [...getenv(), 'JOURNAL' => "sqlite://{$this->directory()}/journal.db"];
        $process = proc_open($command, [1 => ['pipe', 'w']], $pipes, null, $environment);
        self::assertSame($expected, stream_get_contents($pipes[1]));
        self::assertSame(0, proc_close($process));
    }

    public function testNothingIsLostWhenThePdoOfTheSameProcessClosesTheJournal(): void
    {
        $file = "{$this->directory()}/journal.db";
        $process = proc_open([PHP_BINARY, __DIR__ . '/sqlite/second_copy.php', $file], [1 => ['pipe', 'w']], $pipes);
        self::assertSame('refused, 2', stream_get_contents($pipes[1]));
        self::assertSame(0, proc_close($process));
        $rows = (new \PDO("sqlite:{$file}"))->query('SELECT count(*) FROM netmile_rows')->fetchColumn();
        self::assertSame(2, (int) $rows, 'what was told as recorded is there');
    }

    public function testARuntimeOfTheParentIsNotUsedInTheChild(): void
    {
        $client = self::demo();
        self::assertTrue($client->payments->charge(self::charge('P-' . bin2hex(random_bytes(6)), amount: 10))->isDone());
        $found = $this->inChildren(2, static function () use ($client): string {
            $before = count($client->payments->list()->charges);
            return $before . ' ' . $client->payments->charge(self::charge('C-' . getmypid(), amount: 10))->outcome->value;
        });
        self::assertSame(['0 done', '0 done'], $found, 'a journal in memory starts empty in the child');
        self::assertTrue($client->payments->charge(self::charge('P-' . bin2hex(random_bytes(6)), amount: 10))->isDone());
    }

    /** @param \Closure(int): string $work @return list<string> */
    private function inChildren(int $children, \Closure $work): array
    {
        $directory = $this->directory();
        $pids = [];
        for ($number = 0; $number < $children; $number++) {
            $pid = pcntl_fork();
            if ($pid === 0) {
                try {
                    $text = $work($number);
                } catch (\Throwable $error) {
                    $text = (string) $error;
                }
                file_put_contents("{$directory}/{$number}", $text);
                // Without the destructors and reports of the test runner.
                posix_kill(getmypid(), SIGKILL);
            }
            $pids[] = $pid;
        }
        $found = [];
        $until = microtime(true) + 120;
        foreach ($pids as $number => $pid) {
            while (pcntl_waitpid($pid, $status, WNOHANG) === 0) {
                if (microtime(true) > $until) {
                    posix_kill($pid, SIGKILL);
                }
                usleep(10_000);
            }
            $found[] = is_file("{$directory}/{$number}") ? (string) file_get_contents("{$directory}/{$number}") : 'hung';
        }
        return $found;
    }

    public function testAForkedChildThatEndsByItselfFreesItsClient(): void
    {
        $script = '<?php require getenv("NETMILE_AUTOLOAD"); use Netmile\Client; use Netmile\Contract;'
            . '$c = new Client(Contract::mock("http://127.0.0.1:1", "99999", "001", "' . Gateway::KEY . '")); $c->purchases->unresolved();'
            . '$pid = pcntl_fork(); if ($pid === 0) { $c->purchases->unresolved(); exit(7); }'
            . 'pcntl_waitpid($pid, $s); $c->purchases->unresolved(); echo pcntl_wexitstatus($s);';
        $process = proc_open([PHP_BINARY], [['pipe', 'r'], ['pipe', 'w']], $pipes);
        fwrite($pipes[0], $script);
        fclose($pipes[0]);
        self::assertSame('7', stream_get_contents($pipes[1]));
        self::assertSame(0, proc_close($process));
    }

    public function testTheEnumsKnowTheNamesOfTheManifest(): void
    {
        $manifest = json_decode((string) file_get_contents(__DIR__ . '/../../../ffi/manifest.json'));
        $checked = [];
        foreach ($manifest->records as $record) {
            $class = 'Netmile\\Model\\' . (['Delivery' => 'Event', 'Deliveries' => 'Events'][$record->name] ?? $record->name);
            foreach ($record->fields as $field) {
                $types = array_column(array_filter($class::SCHEMA, static fn (array $one): bool => $one[0] === $field->name), 1);
                if (is_string($types[0]) && enum_exists($types[0])) {
                    preg_match_all('/`([a-z_]+)`/', $field->summary, $names);
                    foreach ([...$names[1], ...($field->values ?? [])] as $name) {
                        self::assertNotNull($types[0]::tryFrom($name), "{$record->name}.{$field->name}: {$name}");
                        $checked[$types[0]] = true;
                    }
                }
            }
        }
        self::assertGreaterThan(7, count($checked));
    }

    public function testWhatANewerLibrarySaysIsTaken(): void
    {
        $answer = json_decode('{"outcome": "perhaps", "value": null, "rejection": null, "ticket": null, "more": 1}');
        self::assertSame(Outcome::Unknown, ChargeOutcome::fromWire($answer)->outcome, 'it must not be repeated by hand');
        $query = PurchaseQuery::fromWire(json_decode('{"phases": ["paid", "paid_in_gold"], "limit": 1}'));
        self::assertSame([Phase::Paid, 'paid_in_gold'], $query->phases);
        foreach (['[]', '{"outcome": 1}', '{}', '{"outcome": "done", "value": 5}'] as $strange) {
            try {
                ChargeOutcome::fromWire(json_decode($strange));
                self::fail("taken: {$strange}");
            } catch (LibraryException $error) {
                self::assertSame('panic', $error->errorCode);
            }
        }
    }

    public function testInstantsAreExactToTheMillisecond(): void
    {
        foreach ([0, 1, -1, 999, 1795344534123, -62135596800001] as $millis) {
            $notice = RefundEvidence::fromWire(json_decode(json_encode(
                ['source' => 'x', 'reference' => 'x', 'amount' => 1, 'refunded_at_ms' => $millis],
            )));
            self::assertSame($millis, $notice->toWire()->refunded_at_ms);
        }
    }

    public function testManyCallsKeepNoMemory(): void
    {
        $client = self::client();
        $client->checkout->start(self::purchase());
        $resident = static fn (): int => (int) explode(' ', (string) file_get_contents('/proc/self/statm'))[1] * 4096;
        $before = 0;
        for ($round = 0; $round < 1500; $round++) {
            $client->purchases->get('CART-1');
            try {
                $client->purchases->get('CART-9');
            } catch (NetmileException) {
            }
            if ($round % 100 === 0) {
                (new Client(self::contract()))->link->signPurchase(self::purchase(), 'X-1', '20260101000000');
            }
            $before = $round === 500 ? $resident() : $before;
        }
        self::assertLessThan(4 * 1024 * 1024, $resident() - $before);
    }

    public function testTheLibraryIsInstalledIntoThePackage(): void
    {
        $directory = $this->directory();
        foreach (['tools/install-library.php', 'src/Internal/Native.php', 'src/Generated/Version.php'] as $file) {
            is_dir(dirname("{$directory}/{$file}")) || mkdir(dirname("{$directory}/{$file}"), 0777, true);
            copy(__DIR__ . "/../{$file}", "{$directory}/{$file}");
        }
        file_put_contents("{$directory}/built.so", 'library');
        exec(escapeshellarg(PHP_BINARY) . " {$directory}/tools/install-library.php {$directory}/built.so", $lines, $status);
        $installed = str_replace(dirname(__DIR__), $directory, Native::installed());
        self::assertSame([0, 'library'], [$status, @file_get_contents($installed)], implode("\n", $lines));
        exec('rm -r ' . escapeshellarg("{$directory}/tools") . ' ' . escapeshellarg("{$directory}/src") . ' ' . escapeshellarg("{$directory}/lib"));
    }

    public function testNoAutoloaderIsAskedForAScalar(): void
    {
        $asked = [];
        $listener = static function (string $class) use (&$asked): void {
            $asked[] = $class;
        };
        spl_autoload_register($listener, prepend: true);
        try {
            $client = self::client();
            $client->checkout->start(self::purchase());
            $client->purchases->get('CART-1')->expose();
        } finally {
            spl_autoload_unregister($listener);
        }
        self::assertSame([], array_intersect($asked, ['string', 'integer', 'boolean', 'json', 'bytes', 'instant', 'map']));
    }

    public function testRecordsAreValues(): void
    {
        $request = self::purchase();
        self::assertTrue($request->equals($request->with()));
        self::assertFalse($request->equals($request->with(custCode: 'other')));
        self::assertFalse($request->with(custCode: '1')->equals($request->with(custCode: '01')), 'no text is taken for a number');
        self::assertFalse($request->with(custCode: '100')->equals($request->with(custCode: '1e2')));
        self::assertTrue(isset($request->custCode, $request->purchaseId));
        self::assertFalse(isset($request->tax));
        self::assertStringStartsWith('PurchaseRequest{"purchaseId":"CART-1"', (string) $request);
        $paired = $request->with(freeCsv: ['NAME' => 'value']);
        self::assertSame('value', $paired->freeCsv[0]->value);
        self::assertInstanceOf(Record::class, $paired);
        self::assertInstanceOf(Room\Checkouts::class, self::client()->checkout);
        $this->expectException(\Error::class);
        $request->amount = 5;
    }
}
