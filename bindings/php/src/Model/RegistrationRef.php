<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Names a registration.
 */
final readonly class RegistrationRef extends Record
{
    /** @internal */
    public const SCHEMA = [
        'registrationId' => ['registration_id', 'string', 'rs'],
    ];

    /**
     * @param string $registrationId NetMile's id.
     */
    public function __construct(
        public string $registrationId,
    ) {
    }
}
