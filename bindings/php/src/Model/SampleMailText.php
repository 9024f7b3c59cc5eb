<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A mail as a member gets it.
 *
 * @property-read string $body Body.
 */
final readonly class SampleMailText extends Record
{
    /** @internal */
    public const SCHEMA = [
        'subject' => ['subject', 'string', 'rs'],
        'body' => ['body', 'string', 'r'],
    ];

    /**
     * @param string $subject Subject.
     * @param string $body Body.
     */
    public function __construct(
        public string $subject,
        #[\SensitiveParameter] string $body,
    ) {
        $this->hide([
            'body' => $body,
        ]);
    }
}
