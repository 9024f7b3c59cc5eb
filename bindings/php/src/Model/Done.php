<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * It is done.
 */
final readonly class Done extends Record
{
    /** @internal */
    public const SCHEMA = [];

    public function __construct()
    {
    }
}
