<?php

/**
 * The driver of PHP: every operation by the package's own method. NETMILE_AUTOLOAD names the autoloader, NETMILE_LIBRARY
 * the library.
 */

declare(strict_types=1);

use Netmile\Client;
use Netmile\Contract;
use Netmile\Exception\NetmileException;
use Netmile\Generated\Version;
use Netmile\HttpRequest;
use Netmile\HttpResponse;
use Netmile\Internal\Native;
use Netmile\Internal\Vault;
use Netmile\NotSent;
use Netmile\Record;
use Netmile\Site;
use Netmile\Transport;

require getenv('NETMILE_AUTOLOAD') ?: throw new RuntimeException('NETMILE_AUTOLOAD must name an autoloader');
ini_set('zend.exception_ignore_args', '0');
// A warning of the package is a defect as well.
set_error_handler(static function (int $level, string $text): bool {
    throw new ErrorException($text, 0, $level);
});

const ROOMS = ['notice' => 'notices', 'return' => 'returns', 'purchase' => 'purchases', 'refund' => 'refunds',
    'subscription' => 'subscriptions', 'registration' => 'registrations', 'payment' => 'payments', 'member' => 'members',
    'exchange' => 'exchanges'];
// Those that have a name of their own.
const OF_THE_CLIENT = ['client.resolve' => 'resolve', 'client.recover' => 'recover', 'hash.explain' => 'explainHash',
    'catalogue.errors' => 'errorCatalogue', 'catalogue.code' => 'code', 'catalogue.codes' => 'codeCatalogue'];
const RENAMED = ['Delivery' => 'Event', 'Deliveries' => 'Events'];

/** What the transport does with a request, as the case says. */
final class Told implements Transport
{
    /** @var list<HttpRequest> */
    public static array $seen = [];
    private bool $isSilent = false;

    public function __construct(private readonly string $how)
    {
    }

    public function send(HttpRequest $request): HttpResponse
    {
        self::$seen[] = $request;
        return match ($this->how) {
            'forward' => self::sent($request),
            'not_sent' => throw new NotSent(),
            'rubbish' => 'this is no answer',
            'never' => $this->isSilent ? self::sent($request) : $this->fallSilent($request),
            default => throw new RuntimeException("{$this->how}: {$request->url}"),
        };
    }

    /** Wherever the request arrives: nobody writes into this connection. PHP interrupts no call, so it ends by itself. */
    private function fallSilent(HttpRequest $request): never
    {
        $this->isSilent = true;
        try {
            self::sent($request);
        } catch (ErrorException) {
            // Nobody listens.
        }
        $silence = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        stream_set_blocking($silence[0], true);
        stream_set_timeout($silence[0], (int) $request->timeout, (int) (fmod($request->timeout, 1) * 1e6));
        fread($silence[0], 1);
        throw new RuntimeException('no answer within the time');
    }

    private static function sent(HttpRequest $request): HttpResponse
    {
        $headers = implode("\r\n", array_map(static fn (array $pair): string => "{$pair[0]}: {$pair[1]}", $request->headers));
        $context = stream_context_create(['http' => ['method' => $request->method, 'header' => $headers, 'timeout' => 30,
            'content' => $request->body, 'ignore_errors' => true, 'follow_location' => 0]]);
        $body = (string) file_get_contents($request->url, false, $context);
        $status = 0;
        $type = null;
        foreach ($http_response_header as $line) {
            $status = preg_match('~^HTTP/\S+ (\d+)~', $line, $found) === 1 ? (int) $found[1] : $status;
            $type = preg_match('~^content-type: (.*)~i', $line, $found) === 1 ? $found[1] : $type;
        }
        return new HttpResponse($status, $type, $body);
    }
}

/** Hands each request to the case, which says later what became of it: the call waits in a fiber. */
final class Scripted implements Transport
{
    public function send(HttpRequest $request): HttpResponse
    {
        $headers = array_map(static fn (array $pair): array => ['name' => $pair[0], 'value' => $pair[1]], $request->headers);
        $became = Fiber::suspend(['step' => 'send', 'request' => ['method' => $request->method, 'url' => $request->url,
            'headers' => $headers, 'body' => base64_encode($request->body)]]);
        return match ($became->result) {
            'answered' => new HttpResponse($became->status, $became->content_type ?? null, (string) base64_decode($became->body)),
            'not_sent' => throw new NotSent(),
            default => throw new RuntimeException($became->result),
        };
    }
}

final class Driver
{
    private ?Client $client = null;
    private ?string $transport = null;
    private ?Fiber $fiber = null;
    private mixed $last = null;
    private string $given = '';
    private bool $redacted = true;
    /** @var list<object> */
    private array $held = [];
    /** @var list<Throwable> */
    private array $errors = [];
    /** @var array<string, stdClass> */
    private readonly array $operations;
    /** @var array<string, stdClass> */
    private readonly array $records;

    public function __construct()
    {
        $manifest = json_decode((string) file_get_contents(__DIR__ . '/../../../ffi/manifest.json'));
        $this->operations = array_column($manifest->operations, null, 'name');
        $this->records = array_column($manifest->records, null, 'name');
    }

    /** @param list<string> $parts */
    public function reply(array $parts): string
    {
        try {
            return "ok\t" . self::json($this->answer(...$parts));
        } catch (Throwable $error) {
            $this->errors[] = $error;
            $known = $error instanceof NetmileException;
            return "error\t" . self::json([
                'code' => $known ? $error->errorCode : $error::class,
                'field' => $known ? $error->field : null,
                'retryable' => $known && $error->retryable,
                'text' => $error->getMessage() . ($known ? '' : " at {$error->getFile()}:{$error->getLine()}"),
            ]);
        }
    }

    private static function json(mixed $value): string
    {
        return json_encode($value, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
    }

    private function answer(string $command, string ...$rest): mixed
    {
        return match ($command) {
            'hello' => ['language' => 'php', 'has' => ['reuse', 'fork', 'callbacks', 'steps', 'loads', 'hold', 'frames',
                'release', 'unreleased', 'blocking'], 'why' => [
                'async' => 'calls block, as PHP does; a transport may suspend a fiber',
                'runs' => 'the package drives runs itself: a shop gives a transport',
                'raw' => 'methods have typed arguments: such a request can not be written',
                'checksums' => 'the C interface has one number for all of it',
            ]],
            'reset' => $this->reset(),
            'version' => ['abi_version' => Native::ffi()->netmile_abi_version(), 'library_version' => Native::ffi()->netmile_version(),
                'facade_abi_version' => Version::ABI, 'facade_version' => Version::LIBRARY],
            'mismatch' => self::mismatch($rest[0] ?? ''),
            'transport' => $this->told(fn () => $this->transport = $rest[0]),
            'new' => $this->told(fn () => $this->client = Client::fromConfig(
                json_decode($this->given = $rest[0]),
                $this->transport === null ? null : new Told($this->transport),
            )),
            'site' => $this->told(fn () => $this->client = $this->client->forSite($rest[0])),
            'contract' => $this->told(fn () => $this->client = $this->client->forContract($rest[0], $rest[1])),
            'invoke' => $this->invoke($this->client, $rest[0], $rest[1]),
            'start' => $this->start($rest[0], $rest[1]),
            'step' => $this->step($rest[0] ?? ''),
            'fork' => $this->forked('invoke', ...$rest),
            'release' => $this->told(fn () => $this->client->release()),
            'hold' => $this->told(fn () => $this->held[] = self::made($rest[0], $rest[1])),
            'redaction' => $this->told(fn () => $this->redacted = $rest[0] === 'on'),
            'expose' => ['texts' => $this->exposed()],
            'print' => ['texts' => $this->texts()],
            default => throw new NetmileException('unknown_command', $command),
        };
    }

    private function told(Closure $act): stdClass
    {
        $act();
        return new stdClass();
    }

    private function reset(): stdClass
    {
        [$this->held, $this->given, Told::$seen] = [[], '', []];
        [$this->client, $this->transport, $this->fiber, $this->last, $this->errors] = [null, null, null, null, []];
        return new stdClass();
    }

    /** By the facade's method, with the facade's values. */
    private function invoke(Client $client, string $operation, string $request): stdClass
    {
        $about = $this->operations[$operation];
        [$subject, $verb] = explode('.', $operation);
        $own = OF_THE_CLIENT[$operation] ?? null;
        $room = $own !== null ? $client : $client->{ROOMS[$subject] ?? $subject};
        $method = $own ?? lcfirst(str_replace('_', '', ucwords($verb, '_')));
        $class = 'Netmile\\Model\\' . (RENAMED[$about->request] ?? $about->request);
        $given = json_decode($request);
        $asked = $class::fromWire($given);
        $taken = [];
        foreach ((new ReflectionMethod($room, $method))->getParameters() as $parameter) {
            $name = $parameter->getName();
            if ((string) $parameter->getType() === $class) {
                $taken[$name] = $asked;
            } elseif (property_exists($given, $class::SCHEMA[$name][0])) {
                $taken[$name] = $asked->{$name};
            }
        }
        $answer = $room->{$method}(...$taken);
        $this->last = $answer;
        if ($answer instanceof Record) {
            return $answer->expose();
        }
        // A method whose answer has one field gives that.
        $field = $this->records[$about->answer]->fields[0]->name;
        $value = is_array($answer) ? array_map(static fn (mixed $one): mixed => $one instanceof Record ? $one->expose() : $one, $answer) : $answer;
        return (object) [$field => $value];
    }

    private function start(string $operation, string $request): stdClass
    {
        $port = (new ReflectionProperty(Client::class, 'port'))->getValue($this->client);
        $stepped = (new ReflectionMethod(Client::class, 'over'))->invoke(null, $port->handle(), new Scripted());
        $this->fiber = new Fiber(fn (): array => ['step' => 'done', 'answer' => $this->invoke($stepped, $operation, $request)]);
        return new stdClass();
    }

    private function step(string $input): mixed
    {
        $fiber = $this->fiber ?? throw new NetmileException('invalid_state', 'there is no run');
        if ($fiber->isTerminated()) {
            throw new NetmileException('invalid_state', 'the run is over');
        }
        $became = $fiber->isStarted() ? $fiber->resume(json_decode($input)) : $fiber->start();
        return $fiber->isTerminated() ? $fiber->getReturn() : $became;
    }

    /** Loads the package as a program does, with that library in the place of its own. */
    private static function mismatch(string $library): stdClass
    {
        if ($library === '') {
            Native::load(Native::library(), Version::ABI + 1);
            return new stdClass();
        }
        $script = '<?php require getenv("NETMILE_AUTOLOAD"); try { Netmile\Client::fromConfig([]); } '
            . 'catch (Netmile\Exception\NetmileException $e) { echo json_encode([$e->errorCode, $e->detail]); }';
        $process = proc_open([PHP_BINARY], [['pipe', 'r'], ['pipe', 'w'], STDERR], $pipes, null, ['NETMILE_LIBRARY' => $library] + getenv());
        fwrite($pipes[0], $script);
        fclose($pipes[0]);
        [$code, $detail] = json_decode((string) stream_get_contents($pipes[1])) ?? ['crash', ''];
        proc_close($process);
        if ($code === 'configuration') {
            // The library was taken, and says so of this configuration.
            return new stdClass();
        }
        throw NetmileException::of($code, $detail);
    }

    private function forked(string ...$parts): mixed
    {
        [$inward, $outward] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        $child = pcntl_fork();
        if ($child === 0) {
            fclose($inward);
            fwrite($outward, $this->reply($parts));
            exit(0);
        }
        fclose($outward);
        [$kind, $text] = [...explode("\t", (string) stream_get_contents($inward), 2), '{}'];
        pcntl_waitpid($child, $status);
        $told = json_decode($text);
        if ($kind === 'ok') {
            return $told;
        }
        throw NetmileException::of($told->code ?? 'crash', $told->text ?? 'the child died', $told->field ?? null, retryable: $told->retryable ?? false);
    }

    /** A value of the package: a request, or a part of the configuration. */
    private static function made(string $record, string $value): object
    {
        $given = json_decode($value);
        if ($record === 'Contract') {
            return new Contract($given->merchant_id, $given->service_id, $given->hash_key, $given->environment, $given->base_url,
                encryption: array_values((array) $given->encryption), basic: array_values((array) $given->basic));
        }
        if ($record === 'Site') {
            return new Site($given->site_id, $given->key_id, $given->secret, $given->base_url);
        }
        $class = 'Netmile\\Model\\' . (RENAMED[$record] ?? $record);
        return $class::fromWire($given);
    }

    /** What the named accessors give, after the configuration, which is the program's own. @return list<string> */
    private function exposed(): array
    {
        $texts = [$this->given];
        foreach ([...$this->held, ...is_array($this->last) ? $this->last : [$this->last]] as $thing) {
            if ($thing instanceof Record) {
                $texts[] = self::json($thing->expose());
            } elseif (is_object($thing) && method_exists($thing, 'toConfig')) {
                $texts[] = self::json($thing->toConfig());
            }
        }
        foreach (Told::$seen as $request) {
            $texts[] = self::json([$request->headers, base64_encode($request->body)]);
        }
        return $texts;
    }

    /** What a value of the package holds, as an object that hides nothing. */
    private static function bare(mixed $value, int $depth = 0): mixed
    {
        if ($value instanceof SensitiveParameterValue) {
            return self::bare($value->getValue(), $depth);
        }
        if (is_array($value)) {
            return array_map(static fn (mixed $one): mixed => self::bare($one, $depth + 1), $value);
        }
        if ($depth > 12) {
            return '…';
        }
        if (!is_object($value) || $value instanceof UnitEnum || $value instanceof Throwable || !str_starts_with($value::class, 'Netmile\\')) {
            return $value instanceof Closure || is_resource($value) ? get_debug_type($value) : $value;
        }
        $made = new stdClass();
        foreach ([...(array) $value, ...Vault::of($value)] as $name => $one) {
            $made->{str_replace("\0", ' ', (string) $name)} = self::bare($one, $depth + 1);
        }
        return $made;
    }

    /** The arguments of the package's own calls. The frames of this driver hold the case's own commands. */
    private static function frames(Throwable $error): array
    {
        $ours = array_filter($error->getTrace(), static fn (array $frame): bool => str_starts_with($frame['class'] ?? '', 'Netmile\\'));
        return array_map(static fn (array $frame): array => $frame['args'] ?? [], array_values($ours));
    }

    /** Every way in which PHP prints a value. @return list<string> */
    private function texts(): array
    {
        $texts = [];
        foreach ([$this->client, $this->last, ...$this->held, ...Told::$seen, ...$this->errors] as $thing) {
            if ($thing === null) {
                continue;
            }
            // The frames of this driver hold the case's own commands.
            $seen = $thing instanceof Throwable
                ? [get_object_vars($thing), $thing->getMessage(), $thing->getTraceAsString(), self::frames($thing)] : $thing;
            $seen = $this->redacted ? $seen : self::bare($seen);
            ob_start();
            var_dump($seen);
            debug_zval_dump($seen);
            $texts[] = (string) ob_get_clean();
            $texts[] = print_r($seen, true);
            $texts[] = var_export($seen, true);
            $texts[] = print_r((array) $seen, true);
            $texts[] = (string) json_encode($seen, JSON_PARTIAL_OUTPUT_ON_ERROR);
            $texts[] = $thing instanceof Stringable ? (string) $thing : '';
            try {
                $texts[] = serialize($seen);
            } catch (Throwable $refused) {
                $texts[] = (string) $refused;
            }
        }
        // Bytes of other character sets are no JSON.
        return array_map(static fn (string $text): string => preg_match('//u', $text) === 1 ? $text : bin2hex($text), $texts);
    }
}

$driver = new Driver();
while (($line = fgets(STDIN)) !== false) {
    $parts = explode("\t", rtrim($line, "\n"));
    if ($parts[0] === 'quit') {
        break;
    }
    fwrite(STDOUT, $driver->reply($parts) . "\n");
}
