<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Whose membership is asked. Exactly one is given.
 *
 * @property-read ?string $mail Mail address. Personal.
 * @property-read ?string $userId NetMile user id. Personal.
 */
final readonly class MemberQuery extends Record
{
    /** @internal */
    public const SCHEMA = [
        'mail' => ['mail', 'string', 'n'],
        'userId' => ['user_id', 'string', 'n'],
    ];

    /**
     * @param ?string $mail Mail address. Personal.
     * @param ?string $userId NetMile user id. Personal.
     */
    public function __construct(
        #[\SensitiveParameter] ?string $mail = null,
        #[\SensitiveParameter] ?string $userId = null,
    ) {
        $this->hide([
            'mail' => $mail,
            'userId' => $userId,
        ]);
    }
}
