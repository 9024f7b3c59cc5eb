<?php

declare(strict_types=1);

namespace Netmile\Tests\Support;

/** php-fpm with the package preloaded, as its README says, and several workers. */
final class Fpm
{
    private readonly Server $server;
    public readonly FastCgi $web;

    /** @param array<string, string> $environment */
    public function __construct(private readonly string $directory, array $environment, bool $preload = true, int $workers = 3)
    {
        $binary = (glob('/usr/sbin/php-fpm*') ?: [])[0] ?? throw new \RuntimeException('php-fpm is not installed');
        $lines = '';
        foreach ($environment as $name => $value) {
            $lines .= "env[{$name}] = \"{$value}\"\n";
        }
        $user = posix_getpwuid(posix_geteuid())['name'];
        $owner = posix_geteuid() === 0 ? "user = {$user}\ngroup = {$user}\n" : '';
        file_put_contents("{$directory}/fpm.conf", "[global]\nerror_log = {$directory}/fpm.log\ndaemonize = no\n"
            . "[www]\n{$owner}listen = {$directory}/fpm.sock\npm = static\npm.max_children = {$workers}\n"
            . "catch_workers_output = yes\n{$lines}");
        $settings = ['-d', 'opcache.enable=1', '-d', 'ffi.enable=preload', '-d', 'display_errors=0', '-d', 'log_errors=1'];
        if ($preload) {
            $preloaded = dirname((string) (new \ReflectionClass(\Netmile\Client::class))->getFileName(), 2) . '/preload.php';
            $settings = [...$settings, '-d', "opcache.preload={$preloaded}", '-d', "opcache.preload_user={$user}"];
        }
        $this->server = new Server(
            ['sh', '-c', 'echo ready: fpm; exec "$@" >&2', 'sh', $binary, '-R', '-y', "{$directory}/fpm.conf", ...$settings],
            '/ready: (\S+)/',
        );
        for ($tries = 0; !file_exists("{$directory}/fpm.sock"); $tries++) {
            if ($tries > 600) {
                throw new \RuntimeException('php-fpm did not start: ' . @file_get_contents("{$directory}/fpm.log") . $this->server->errors());
            }
            usleep(50_000);
        }
        $this->web = new FastCgi("{$directory}/fpm.sock");
    }

    /** What the workers wrote. */
    public function log(): string
    {
        return $this->server->errors() . file_get_contents("{$this->directory}/fpm.log");
    }

    public function end(): void
    {
        $this->server->end(SIGQUIT);
    }
}
