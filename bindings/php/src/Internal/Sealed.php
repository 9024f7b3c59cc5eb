<?php

declare(strict_types=1);

namespace Netmile\Internal;

use Netmile\Exception\StateException;

/**
 * For what can not leave the process: no copies, no serialization, no printed insides.
 *
 * @internal
 */
trait Sealed
{
    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        return [];
    }

    /** @return array<string, mixed> */
    public function __serialize(): array
    {
        throw new StateException('invalid_state', self::class . ' is not serialized');
    }

    /** @param array<string, mixed> $data */
    public function __unserialize(#[\SensitiveParameter] array $data): void
    {
        throw new StateException('invalid_state', self::class . ' is not serialized');
    }

    private function __clone()
    {
    }
}
