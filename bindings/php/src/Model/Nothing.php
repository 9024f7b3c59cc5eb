<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * An operation that takes nothing.
 */
final readonly class Nothing extends Record
{
    /** @internal */
    public const SCHEMA = [];

    public function __construct()
    {
    }
}
