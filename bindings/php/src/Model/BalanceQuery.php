<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Whose balance.
 *
 * @property-read string $member The member's id. Personal.
 */
final readonly class BalanceQuery extends Record
{
    /** @internal */
    public const SCHEMA = [
        'method' => ['method', 'string', 'rs'],
        'member' => ['member', 'string', 'r'],
    ];

    /**
     * @param string $method Tag of the method.
     * @param string $member The member's id. Personal.
     */
    public function __construct(
        public string $method,
        #[\SensitiveParameter] string $member,
    ) {
        $this->hide([
            'member' => $member,
        ]);
    }
}
