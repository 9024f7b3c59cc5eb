<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A mail address.
 *
 * @property-read string $mail Mail address. Personal.
 */
final readonly class MailQuery extends Record
{
    /** @internal */
    public const SCHEMA = [
        'mail' => ['mail', 'string', 'r'],
    ];

    /**
     * @param string $mail Mail address. Personal.
     */
    public function __construct(
        #[\SensitiveParameter] string $mail,
    ) {
        $this->hide([
            'mail' => $mail,
        ]);
    }
}
