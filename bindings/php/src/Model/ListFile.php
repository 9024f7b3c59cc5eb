<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A list of a registration, as CSV in CP932. Personal.
 *
 * @property-read string $file The bytes.
 */
final readonly class ListFile extends Record
{
    /** @internal */
    public const SCHEMA = [
        'file' => ['file', 'bytes', 'r'],
    ];

    /**
     * @param string $file The bytes.
     */
    public function __construct(
        #[\SensitiveParameter] string $file,
    ) {
        $this->hide([
            'file' => $file,
        ]);
    }
}
