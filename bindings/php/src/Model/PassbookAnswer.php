<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What a member has. All of it is personal.
 *
 * @property-read int $balance Deposited miles.
 * @property-read int $pendingTotal Miles that are still to come.
 * @property-read list<PendingMiles> $pending When which of them come.
 */
final readonly class PassbookAnswer extends Record
{
    /** @internal */
    public const SCHEMA = [
        'balance' => ['balance', 'integer', 'r'],
        'pendingTotal' => ['pending_total', 'integer', 'r'],
        'pending' => ['pending', [PendingMiles::class], 'r'],
    ];

    /**
     * @param int $balance Deposited miles.
     * @param int $pendingTotal Miles that are still to come.
     * @param list<PendingMiles> $pending When which of them come.
     */
    public function __construct(
        #[\SensitiveParameter] int $balance,
        #[\SensitiveParameter] int $pendingTotal,
        #[\SensitiveParameter] array $pending,
    ) {
        $this->hide([
            'balance' => $balance,
            'pendingTotal' => $pendingTotal,
            'pending' => $pending,
        ]);
    }
}
