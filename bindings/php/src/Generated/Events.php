<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Generated;

use Netmile\Internal\Port;
use Netmile\Model;

/**
 * What the shop has to act on, until it acknowledges.
 *
 * @internal use the room of the client
 */
abstract class Events
{
    final public function __construct(private readonly Port $port)
    {
    }

    /**
     * Takes what the shop has to act on; other workers do not see it for a while.
     *
     * @param int $limit 1 to 1000.
     * @return list<Model\Event>
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function next(int $limit = 100): array
    {
        return $this->port->call('events.next', new Model\Limit(limit: $limit), Model\Events::class)->deliveries;
    }

    /**
     * Acknowledges an event for good, after the goods are out.
     *
     * @param int $id Its number.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function ack(int $id): bool
    {
        return $this->port->call('events.ack', new Model\EventId(id: $id), Model\Acknowledged::class)->acknowledged;
    }
}
