<?php

declare(strict_types=1);

namespace Netmile;

use Netmile\Internal\Sealed;
use Netmile\Internal\Vault;

/**
 * What came back. At most 16 MiB are taken.
 *
 * @property-read string $body The bytes.
 */
final readonly class HttpResponse
{
    use Sealed;

    public function __construct(public int $status, public ?string $contentType, #[\SensitiveParameter] string $body)
    {
        Vault::put($this, ['body' => $body]);
    }

    public function __get(string $name): mixed
    {
        return $name === 'body' ? Vault::get($this, $name) : throw new \Error("no property \${$name}");
    }

    public function __isset(string $name): bool
    {
        return $name === 'body';
    }

    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        return ['status' => $this->status, 'contentType' => $this->contentType];
    }
}
