<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A member.
 *
 * @property-read string $userId NetMile user id. Personal.
 * @property-read string $registeredOn `YYYY-MM-DD`.
 */
final readonly class MemberInfo extends Record
{
    /** @internal */
    public const SCHEMA = [
        'userId' => ['user_id', 'string', 'r'],
        'status' => ['status', 'string', 'rs'],
        'registeredOn' => ['registered_on', 'string', 'r'],
    ];

    /**
     * @param string $userId NetMile user id. Personal.
     * @param string $status `provisional`, `full` or `barred`.
     * @param string $registeredOn `YYYY-MM-DD`.
     */
    public function __construct(
        #[\SensitiveParameter] string $userId,
        public string $status,
        #[\SensitiveParameter] string $registeredOn,
    ) {
        $this->hide([
            'userId' => $userId,
            'registeredOn' => $registeredOn,
        ]);
    }
}
