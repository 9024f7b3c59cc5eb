<?php

declare(strict_types=1);

namespace Netmile;

use Netmile\Internal\Sealed;
use Netmile\Internal\Vault;

/** One contract with the gateway. No way of printing it shows a key. */
final readonly class Contract
{
    use Sealed;

    /**
     * @param string $environment `test`, `production` or `mock`
     * @param ?string $baseUrl URL of the mock; for the environment `mock` only.
     * @param list<Method> $methods Methods beyond NetMile as SBPS publishes it, or `netmile` itself with a wider matrix.
     * @param array<string, string> $endpoints URLs that differ from the environment's: `purchase`, `registration`,
     *     `registration_delete`, `recurring`, `api`, `management`.
     * @param ?int $refundMonths How long refunds are possible.
     * @param ?array{string, string} $encryption Key (24 bytes) and initial vector (8 bytes) of the API type.
     * @param ?array{string, string} $basic User and password of the API type's basic authentication, where they differ
     *     from the usual ones.
     * @param bool $encryptedNotices Whether notices of the API type arrive encrypted.
     */
    public function __construct(
        public string $merchantId,
        public string $serviceId,
        #[\SensitiveParameter] string $hashKey,
        public string $environment,
        public ?string $baseUrl = null,
        public array $methods = [],
        public array $endpoints = [],
        public ?int $refundMonths = null,
        #[\SensitiveParameter] ?array $encryption = null,
        #[\SensitiveParameter] ?array $basic = null,
        public bool $encryptedNotices = false,
    ) {
        Vault::put($this, [
            'hash_key' => $hashKey,
            'encryption' => $encryption === null ? null : ['key' => $encryption[0], 'iv' => $encryption[1]],
            'basic' => $basic === null ? null : ['user' => $basic[0], 'password' => $basic[1]],
        ]);
    }

    /**
     * A contract with a mock gateway.
     *
     * @param list<Method> $methods
     * @param ?array{string, string} $encryption
     */
    public static function mock(
        string $baseUrl,
        string $merchantId,
        string $serviceId,
        #[\SensitiveParameter] string $hashKey,
        array $methods = [],
        #[\SensitiveParameter] ?array $encryption = null,
    ): self {
        return new self($merchantId, $serviceId, $hashKey, 'mock', $baseUrl, $methods, encryption: $encryption);
    }

    /** @internal @return array<string, mixed> */
    public function toConfig(): array
    {
        return [
            'merchant_id' => $this->merchantId,
            'service_id' => $this->serviceId,
            'environment' => $this->environment,
            'base_url' => $this->baseUrl,
            'endpoints' => $this->endpoints === [] ? null : $this->endpoints,
            'methods' => array_map(static fn (Method $method): array => $method->toConfig(), $this->methods),
            'refund_months' => $this->refundMonths,
            'encrypted_notices' => $this->encryptedNotices,
            ...Vault::of($this),
        ];
    }

    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        return ['merchantId' => $this->merchantId, 'serviceId' => $this->serviceId, 'environment' => $this->environment];
    }
}
