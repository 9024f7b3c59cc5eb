<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * The methods of the client's contract.
 */
final readonly class MethodList extends Record
{
    /** @internal */
    public const SCHEMA = [
        'methods' => ['methods', [MethodInfo::class], 'rs'],
    ];

    /**
     * @param list<MethodInfo> $methods In the order of the configuration, NetMile first.
     */
    public function __construct(
        public array $methods,
    ) {
    }
}
