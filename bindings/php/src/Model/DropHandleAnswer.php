<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What to answer, after `keep` and `replace` were done: whoever reads must see a file whole or not at all.
 *
 * @property-read list<Pair> $headers Headers.
 * @property-read string $body Body.
 * @property-read list<DropFileEntry> $keep New files to keep.
 * @property-read list<DropFileEntry> $replace Files whose content is to be replaced.
 */
final readonly class DropHandleAnswer extends Record
{
    /** @internal */
    public const SCHEMA = [
        'status' => ['status', 'integer', 'rs'],
        'headers' => ['headers', [Pair::class], 'r'],
        'body' => ['body', 'bytes', 'r'],
        'keep' => ['keep', [DropFileEntry::class], 'r'],
        'replace' => ['replace', [DropFileEntry::class], 'r'],
    ];

    /**
     * @param int $status HTTP status.
     * @param list<Pair>|array<string, string> $headers Headers.
     * @param string $body Body.
     * @param list<DropFileEntry> $keep New files to keep.
     * @param list<DropFileEntry> $replace Files whose content is to be replaced.
     */
    public function __construct(
        public int $status,
        #[\SensitiveParameter] array $headers,
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] array $keep,
        #[\SensitiveParameter] array $replace,
    ) {
        $this->hide([
            'headers' => $headers,
            'body' => $body,
            'keep' => $keep,
            'replace' => $replace,
        ]);
    }
}
