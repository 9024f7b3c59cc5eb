<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Miles that were issued.
 *
 * @property-read \DateTimeImmutable $issuedAt When.
 * @property-read string $depositOn When they are deposited, `YYYY-MM-DD`.
 */
final readonly class IssuedMiles extends Record
{
    /** @internal */
    public const SCHEMA = [
        'issuanceId' => ['issuance_id', 'string', 'rs'],
        'registrationId' => ['registration_id', 'string', 'rs'],
        'miles' => ['miles', 'integer', 'rs'],
        'issuedAt' => ['issued_at_ms', 'instant', 'r'],
        'depositOn' => ['deposit_on', 'string', 'r'],
        'state' => ['state', 'string', 'rs'],
    ];

    /**
     * @param string $issuanceId NetMile's id of the issue.
     * @param string $registrationId NetMile's id of the registration.
     * @param int $miles Miles.
     * @param \DateTimeImmutable $issuedAt When.
     * @param string $depositOn When they are deposited, `YYYY-MM-DD`.
     * @param string $state `held`, `valid` or `cancelled`.
     */
    public function __construct(
        public string $issuanceId,
        public string $registrationId,
        public int $miles,
        #[\SensitiveParameter] \DateTimeImmutable $issuedAt,
        #[\SensitiveParameter] string $depositOn,
        public string $state,
    ) {
        $this->hide([
            'issuedAt' => $issuedAt,
            'depositOn' => $depositOn,
        ]);
    }
}
