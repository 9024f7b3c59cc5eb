<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Generated;

use Netmile\Internal\Port;
use Netmile\Model;

/**
 * Statements against the journal.
 *
 * @internal use the room of the client
 */
abstract class Settlement
{
    final public function __construct(private readonly Port $port)
    {
    }

    /**
     * Reads a statement and checks it, without comparing.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function read(Model\StatementRequest $request): Model\StatementSummary
    {
        return $this->port->call('settlement.read', $request, Model\StatementSummary::class);
    }

    /**
     * Compares a statement with the journal; changes nothing.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function reconcile(Model\StatementRequest $request): Model\ReconciliationReport
    {
        return $this->port->call('settlement.reconcile', $request, Model\ReconciliationReport::class);
    }

    /**
     * Compares anew and writes down what the statement proves.
     *
     * @param Model\StatementRequest $statement The statement; it is compared anew.
     * @param ?list<int> $steps Which steps of the plan, by their number from 0; all when not given.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function repair(Model\StatementRequest $statement, ?array $steps = null): Model\RepairReport
    {
        return $this->port->call(
            'settlement.repair',
            new Model\RepairRequest(statement: $statement, steps: $steps),
            Model\RepairReport::class,
        );
    }
}
