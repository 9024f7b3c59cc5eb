<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * One cell of the capability matrix that is offered.
 */
final readonly class MethodCell extends Record
{
    /** @internal */
    public const SCHEMA = [
        'connection' => ['connection', 'string', 'rs'],
        'billing' => ['billing', \Netmile\Billing::class, 'rs'],
        'terminal' => ['terminal', \Netmile\Terminal::class, 'rs'],
    ];

    /**
     * @param string $connection `link` or `api`.
     * @param \Netmile\Billing|string $billing `one_time`, `recurring_simple` or `recurring_metered`.
     * @param \Netmile\Terminal|string $terminal `pc`, `smartphone` or `feature_phone`.
     */
    public function __construct(
        public string $connection,
        public \Netmile\Billing|string $billing,
        public \Netmile\Terminal|string $terminal,
    ) {
    }
}
