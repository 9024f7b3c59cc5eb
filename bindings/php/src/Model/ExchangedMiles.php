<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Miles that were issued for points.
 *
 * @property-read string $userId NetMile user id. Personal.
 * @property-read \DateTimeImmutable $issuedAt When.
 */
final readonly class ExchangedMiles extends Record
{
    /** @internal */
    public const SCHEMA = [
        'exchangeId' => ['exchange_id', 'string', 'rs'],
        'userId' => ['user_id', 'string', 'r'],
        'miles' => ['miles', 'integer', 'rs'],
        'issuedAt' => ['issued_at_ms', 'instant', 'r'],
    ];

    /**
     * @param string $exchangeId NetMile's id.
     * @param string $userId NetMile user id. Personal.
     * @param int $miles Miles.
     * @param \DateTimeImmutable $issuedAt When.
     */
    public function __construct(
        public string $exchangeId,
        #[\SensitiveParameter] string $userId,
        public int $miles,
        #[\SensitiveParameter] \DateTimeImmutable $issuedAt,
    ) {
        $this->hide([
            'userId' => $userId,
            'issuedAt' => $issuedAt,
        ]);
    }
}
