<?php

declare(strict_types=1);

namespace Netmile\Internal;

/** @internal */
final class Received
{
    private const MOST_BYTES = 2 * 1024 * 1024;

    /**
     * As much of a notice as crosses the border to the library. No notice is nearly as large: the library says so, instead of
     * the call failing for what a stranger sent.
     */
    public static function bounded(#[\SensitiveParameter] string $body): string
    {
        return substr($body, 0, self::MOST_BYTES);
    }
}
