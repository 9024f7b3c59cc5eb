<?php

declare(strict_types=1);

namespace Netmile\Tests\Support;

/** A process that says on its first lines when it is ready, and is ended with the test. */
final class Server
{
    /** @var resource */
    private $process;
    public readonly string $url;
    private readonly string $errors;

    /**
     * @param list<string> $command
     * @param array<string, string> $environment
     */
    public function __construct(array $command, string $ready, array $environment = [], ?string $directory = null)
    {
        $this->errors = (string) tempnam(sys_get_temp_dir(), 'netmile-php');
        $pipes = [];
        $process = proc_open(
            $command,
            [1 => ['pipe', 'w'], 2 => ['file', $this->errors, 'w']],
            $pipes,
            $directory,
            [...getenv(), ...$environment],
        );
        if ($process === false) {
            throw new \RuntimeException("can not run {$command[0]}");
        }
        $this->process = $process;
        stream_set_timeout($pipes[1], 60);
        $seen = '';
        while (($line = fgets($pipes[1])) !== false) {
            $seen .= $line;
            if (preg_match($ready, $line, $found) === 1) {
                $this->url = trim($found[1] ?? '');
                return;
            }
        }
        throw new \RuntimeException("{$command[0]} did not start: {$seen}" . substr($this->errors(), -2000));
    }

    /** A mock gateway with the demo scenario. */
    public static function mock(): self
    {
        $binary = getenv('NETMILE_MOCK_BIN') ?: throw new \RuntimeException('NETMILE_MOCK_BIN must name the built netmile-mock');
        return new self([$binary, 'serve', '--port', '0'], '/ready: (\S+)/');
    }

    /**
     * PHP's own server with a front controller.
     *
     * @param \Closure(string): array<string, string> $environment by the URL of the server
     */
    public static function php(string $script, \Closure $environment, ?string $root = null, ?int $port = null, bool $router = true): self
    {
        $port ??= self::freePort();
        $url = "http://127.0.0.1:{$port}";
        $root ??= dirname($script);
        $server = new self(
            ['sh', '-c', 'echo "ready: $1"; exec "$2" -d ffi.enable=1 -S "$3" -t "$4" ${5:+"$5"} >&2', 'sh', $url, PHP_BINARY, "127.0.0.1:{$port}", $root, $router ? $script : ''],
            '/ready: (\S+)/',
            $environment($url),
        );
        self::awaitPort($port);
        return $server;
    }

    public static function freePort(): int
    {
        $socket = stream_socket_server('tcp://127.0.0.1:0');
        $port = (int) substr((string) strrchr((string) stream_socket_get_name($socket, false), ':'), 1);
        fclose($socket);
        return $port;
    }

    public static function awaitPort(int $port): void
    {
        for ($tries = 0; $tries < 600; $tries++) {
            $socket = @stream_socket_client("tcp://127.0.0.1:{$port}", timeout: 1);
            if ($socket !== false) {
                fclose($socket);
                return;
            }
            usleep(50_000);
        }
        throw new \RuntimeException("nobody listens on {$port}");
    }

    public function errors(): string
    {
        return (string) file_get_contents($this->errors);
    }

    /** @param array<string, mixed> $body */
    public function post(string $path, array $body): mixed
    {
        $handle = curl_init($this->url . $path);
        curl_setopt_array($handle, [
            CURLOPT_RETURNTRANSFER => true, CURLOPT_PROXY => '', CURLOPT_TIMEOUT => 30,
            CURLOPT_POSTFIELDS => json_encode($body), CURLOPT_HTTPHEADER => ['Content-Type: application/json'],
        ]);
        return json_decode((string) curl_exec($handle));
    }

    public function end(int $signal = SIGTERM): void
    {
        if (is_resource($this->process)) {
            proc_terminate($this->process, $signal);
            proc_close($this->process);
            @unlink($this->errors);
        }
    }

    public function __destruct()
    {
        $this->end();
    }
}
