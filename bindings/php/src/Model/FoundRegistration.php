<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A registration, if there is one.
 */
final readonly class FoundRegistration extends Record
{
    /** @internal */
    public const SCHEMA = [
        'registration' => ['registration', MileRegistration::class, 'ns'],
    ];

    /**
     * @param ?MileRegistration $registration It.
     */
    public function __construct(
        public ?MileRegistration $registration = null,
    ) {
    }
}
