<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What became of a row.
 *
 * @property-read string $user Mail address or user id. Personal.
 * @property-read string $designatedKey The key. May be personal.
 */
final readonly class SettledRow extends Record
{
    /** @internal */
    public const SCHEMA = [
        'row' => ['row', 'integer', 'rs'],
        'user' => ['user', 'string', 'r'],
        'designatedKey' => ['designated_key', 'string', 'r'],
        'miles' => ['miles', 'integer', 'rs'],
        'refused' => ['refused', Refusal::class, 'ns'],
    ];

    /**
     * @param int $row Its number, from 1.
     * @param string $user Mail address or user id. Personal.
     * @param string $designatedKey The key. May be personal.
     * @param int $miles Miles.
     * @param ?Refusal $refused Why not; absent when it was issued.
     */
    public function __construct(
        public int $row,
        #[\SensitiveParameter] string $user,
        #[\SensitiveParameter] string $designatedKey,
        public int $miles,
        public ?Refusal $refused = null,
    ) {
        $this->hide([
            'user' => $user,
            'designatedKey' => $designatedKey,
        ]);
    }
}
