<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * An upload file and the list of errors that came back.
 *
 * @property-read string $sent What was uploaded. Personal.
 * @property-read string $result What came back. Personal.
 */
final readonly class SettleRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'sent' => ['sent', 'bytes', 'r'],
        'result' => ['result', 'bytes', 'r'],
    ];

    /**
     * @param string $sent What was uploaded. Personal.
     * @param string $result What came back. Personal.
     */
    public function __construct(
        #[\SensitiveParameter] string $sent,
        #[\SensitiveParameter] string $result,
    ) {
        $this->hide([
            'sent' => $sent,
            'result' => $result,
        ]);
    }
}
