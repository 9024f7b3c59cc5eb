<?php

declare(strict_types=1);

namespace Netmile;

/** One cell of the capability matrix: connection × billing × terminal. */
final readonly class Cell
{
    /** @param string $connection `link` or `api` */
    public function __construct(
        public Billing|string $billing,
        public Terminal|string $terminal,
        public string $connection = 'link',
    ) {
    }

    /** @internal @return array<string, mixed> */
    public function toConfig(): array
    {
        return ['connection' => $this->connection, 'billing' => $this->billing, 'terminal' => $this->terminal];
    }
}
