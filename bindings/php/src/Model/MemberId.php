<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Names a member.
 *
 * @property-read string $userId NetMile user id. Personal.
 */
final readonly class MemberId extends Record
{
    /** @internal */
    public const SCHEMA = [
        'userId' => ['user_id', 'string', 'r'],
    ];

    /**
     * @param string $userId NetMile user id. Personal.
     */
    public function __construct(
        #[\SensitiveParameter] string $userId,
    ) {
        $this->hide([
            'userId' => $userId,
        ]);
    }
}
