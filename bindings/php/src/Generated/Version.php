<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Generated;

/**
 * What the generated sources were made for.
 *
 * @internal
 */
final class Version
{
    public const ABI = 2;
    public const LIBRARY = '0.1.0';
}
