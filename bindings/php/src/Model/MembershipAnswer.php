<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Whether somebody is a member.
 *
 * @property-read ?string $userId The user id. Personal.
 */
final readonly class MembershipAnswer extends Record
{
    /** @internal */
    public const SCHEMA = [
        'exists' => ['exists', 'boolean', 'rs'],
        'active' => ['active', 'boolean', 'rs'],
        'userId' => ['user_id', 'string', 'n'],
    ];

    /**
     * @param bool $exists Whether the address or id belongs to a member.
     * @param bool $active Whether miles can be issued to it.
     * @param ?string $userId The user id. Personal.
     */
    public function __construct(
        public bool $exists,
        public bool $active,
        #[\SensitiveParameter] ?string $userId = null,
    ) {
        $this->hide([
            'userId' => $userId,
        ]);
    }
}
