<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Whether somebody can get miles.
 *
 * @property-read ?string $userId NetMile user id. Personal.
 */
final readonly class ApplicantAnswer extends Record
{
    /** @internal */
    public const SCHEMA = [
        'standing' => ['standing', 'string', 'rs'],
        'userId' => ['user_id', 'string', 'n'],
    ];

    /**
     * @param string $standing `registered`, `not_active` or `not_registered`.
     * @param ?string $userId NetMile user id. Personal.
     */
    public function __construct(
        public string $standing,
        #[\SensitiveParameter] ?string $userId = null,
    ) {
        $this->hide([
            'userId' => $userId,
        ]);
    }
}
