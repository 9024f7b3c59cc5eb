<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What a resolver run changed. Everything in it was looked after; what is still open is due again.
 */
final readonly class ResolvedAll extends Record
{
    /** @internal */
    public const SCHEMA = [
        'purchases' => ['purchases', [Purchase::class], 'rs'],
        'charges' => ['charges', [Charge::class], 'rs'],
        'tasks' => ['tasks', [MileTask::class], 'rs'],
        'exchanges' => ['exchanges', [Exchange::class], 'rs'],
        'uploads' => ['uploads', [Upload::class], 'rs'],
    ];

    /**
     * @param list<Purchase> $purchases Purchases by link type.
     * @param list<Charge> $charges Charges by API type.
     * @param list<MileTask> $tasks Miles.
     * @param list<Exchange> $exchanges Point exchanges.
     * @param list<Upload> $uploads Uploads of files. What was refused is sent by the next run of its batch.
     */
    public function __construct(
        public array $purchases,
        public array $charges,
        public array $tasks,
        public array $exchanges,
        public array $uploads,
    ) {
    }
}
