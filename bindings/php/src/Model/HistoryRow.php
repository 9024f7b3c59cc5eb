<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * One issue of the history.
 *
 * @property-read \DateTimeImmutable $issuedAt When.
 * @property-read string $designatedKey The key. May be personal.
 * @property-read string $depositOn When they are deposited.
 */
final readonly class HistoryRow extends Record
{
    /** @internal */
    public const SCHEMA = [
        'issuanceId' => ['issuance_id', 'string', 'rs'],
        'issuedAt' => ['issued_at_ms', 'instant', 'r'],
        'designatedKey' => ['designated_key', 'string', 'r'],
        'miles' => ['miles', 'integer', 'rs'],
        'depositOn' => ['deposit_on', 'string', 'r'],
        'state' => ['state', 'string', 'rs'],
    ];

    /**
     * @param string $issuanceId NetMile's id.
     * @param \DateTimeImmutable $issuedAt When.
     * @param string $designatedKey The key. May be personal.
     * @param int $miles Miles.
     * @param string $depositOn When they are deposited.
     * @param string $state `held`, `valid` or `cancelled`.
     */
    public function __construct(
        public string $issuanceId,
        #[\SensitiveParameter] \DateTimeImmutable $issuedAt,
        #[\SensitiveParameter] string $designatedKey,
        public int $miles,
        #[\SensitiveParameter] string $depositOn,
        public string $state,
    ) {
        $this->hide([
            'issuedAt' => $issuedAt,
            'designatedKey' => $designatedKey,
            'depositOn' => $depositOn,
        ]);
    }
}
