<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What was found open after a start of the shop.
 */
final readonly class RecoveredAll extends Record
{
    /** @internal */
    public const SCHEMA = [
        'settled' => ['settled', [Charge::class], 'rs'],
        'open' => ['open', [Charge::class], 'rs'],
        'tasks' => ['tasks', [MileTask::class], 'rs'],
        'exchanges' => ['exchanges', [Exchange::class], 'rs'],
        'uploads' => ['uploads', [Upload::class], 'rs'],
    ];

    /**
     * @param list<Charge> $settled Charges whose outcome is known now.
     * @param list<Charge> $open Charges whose outcome is still open.
     * @param list<MileTask> $tasks Miles.
     * @param list<Exchange> $exchanges Point exchanges.
     * @param list<Upload> $uploads Uploads of files. What was refused is sent by the next run of its batch.
     */
    public function __construct(
        public array $settled,
        public array $open,
        public array $tasks,
        public array $exchanges,
        public array $uploads,
    ) {
    }
}
