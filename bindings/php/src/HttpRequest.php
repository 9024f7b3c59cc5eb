<?php

declare(strict_types=1);

namespace Netmile;

use Netmile\Internal\Sealed;
use Netmile\Internal\Vault;

/**
 * What to send. Its headers and body hold secrets and personal data, and no way of printing shows them.
 *
 * @property-read list<array{string, string}> $headers Names and values.
 * @property-read string $body The bytes.
 */
final readonly class HttpRequest
{
    use Sealed;

    /**
     * @param list<array{string, string}> $headers
     * @param ?float $timeout How long to wait for the answer, in seconds; a millisecond at least when the client asks, since 0 means
     *     for ever to many HTTP clients, and null where nothing bounds it. NotSent after that time counts as lost, since others
     *     may look for the request by then.
     */
    public function __construct(
        public string $method,
        public string $url,
        #[\SensitiveParameter] array $headers,
        #[\SensitiveParameter] string $body,
        public ?float $timeout = null,
    ) {
        Vault::put($this, ['headers' => $headers, 'body' => $body]);
    }

    public function __get(string $name): mixed
    {
        return \in_array($name, ['headers', 'body'], true) ? Vault::get($this, $name) : throw new \Error("no property \${$name}");
    }

    public function __isset(string $name): bool
    {
        return \in_array($name, ['headers', 'body'], true);
    }

    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        return ['method' => $this->method, 'url' => $this->url, 'timeout' => $this->timeout];
    }
}
