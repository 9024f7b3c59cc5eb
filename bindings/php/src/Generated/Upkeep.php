<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Generated;

use Netmile\Internal\Port;
use Netmile\Model;

/**
 * Looks after everything that is open.
 *
 * @internal use the room of the client
 */
abstract class Upkeep
{
    final public function __construct(private readonly Port $port)
    {
    }

    /**
     * Looks after everything that is due; call it once a minute.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function resolve(): Model\ResolvedAll
    {
        return $this->port->call('client.resolve', new Model\Nothing(), Model\ResolvedAll::class);
    }

    /**
     * Looks after everything that a crash may have left open; call it when the shop starts.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function recover(): Model\RecoveredAll
    {
        return $this->port->call('client.recover', new Model\Nothing(), Model\RecoveredAll::class);
    }
}
