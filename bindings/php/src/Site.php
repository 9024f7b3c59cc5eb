<?php

declare(strict_types=1);

namespace Netmile;

use Netmile\Internal\Sealed;
use Netmile\Internal\Vault;

/** One site (加盟サイト) that rewards with miles. No way of printing it shows its secret. */
final readonly class Site
{
    use Sealed;

    public function __construct(
        public string $siteId,
        public string $keyId,
        #[\SensitiveParameter] string $secret,
        public string $baseUrl,
    ) {
        Vault::put($this, ['secret' => $secret]);
    }

    /** @internal @return array<string, mixed> */
    public function toConfig(): array
    {
        return [
            'site_id' => $this->siteId,
            'key_id' => $this->keyId,
            'base_url' => $this->baseUrl,
            ...Vault::of($this),
        ];
    }

    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        return ['siteId' => $this->siteId, 'keyId' => $this->keyId, 'baseUrl' => $this->baseUrl];
    }
}
