<?php

declare(strict_types=1);

namespace Netmile\Internal;

/**
 * Keeps what must not be printed apart from the objects that it belongs to: `var_export`, an array cast and a debugger's
 * dump read properties, whatever `__debugInfo` says. What is in it goes with its object; it is memory of PHP like any other.
 *
 * @internal
 */
final class Vault
{
    /** @var ?\WeakMap<object, array<string, mixed>> */
    private static ?\WeakMap $kept = null;

    /** @param array<string, mixed> $values */
    public static function put(object $owner, #[\SensitiveParameter] array $values): void
    {
        self::$kept ??= new \WeakMap();
        self::$kept[$owner] = $values;
    }

    /** @return array<string, mixed> */
    public static function of(object $owner): array
    {
        return self::$kept[$owner] ?? [];
    }

    public static function get(object $owner, string $name): mixed
    {
        return self::of($owner)[$name] ?? null;
    }
}
