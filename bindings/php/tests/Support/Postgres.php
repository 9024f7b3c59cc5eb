<?php

declare(strict_types=1);

namespace Netmile\Tests\Support;

/** A PostgreSQL server of its own on the loopback, which ends with whoever started it. */
final class Postgres
{
    private const SCRIPT = __DIR__ . '/../../../../tests/postgres.sh';
    /** @var resource */
    private $process;
    /** @var resource */
    private $input;
    public readonly string $url;

    public function __construct()
    {
        // The script takes the directory away again.
        $directory = sys_get_temp_dir() . '/netmile-php-postgres-' . bin2hex(random_bytes(8));
        $process = proc_open([self::SCRIPT, 'run', $directory], [['pipe', 'r'], ['pipe', 'w'], STDERR], $pipes);
        if ($process === false) {
            throw new \RuntimeException('can not run tests/postgres.sh');
        }
        [$this->process, $this->input] = [$process, $pipes[0]];
        $url = trim((string) fgets($pipes[1]));
        if (!str_starts_with($url, 'postgres://')) {
            $this->end();
            throw new \RuntimeException('there is no PostgreSQL server for this test: see what tests/postgres.sh said');
        }
        $this->url = $url;
    }

    public function end(): void
    {
        if (\is_resource($this->process)) {
            fclose($this->input);
            proc_close($this->process);
        }
    }

    public function __destruct()
    {
        $this->end();
    }
}
