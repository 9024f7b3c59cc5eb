<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A settlement statement (精算ファイル) and how to read it. Exactly one of `file` and `path` is given.
 *
 * @property-read ?string $file The bytes of the file, at most 3 MB.
 * @property-read mixed $profile Which columns it has, as docs/reconcile.md describes; the reference format when not
 *     given.
 * @property-read mixed $terms What was agreed about commission and payout, as docs/reconcile.md describes; the
 *     usual when not given.
 */
final readonly class StatementRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'file' => ['file', 'bytes', 'n'],
        'path' => ['path', 'string', 'ns'],
        'month' => ['month', 'string', 'ns'],
        'from' => ['from', 'string', 'ns'],
        'until' => ['until', 'string', 'ns'],
        'profile' => ['profile', 'json', 'n'],
        'terms' => ['terms', 'json', 'n'],
    ];

    /**
     * @param ?string $file The bytes of the file, at most 3 MB.
     * @param ?string $path A file on this machine, at most 256 MiB.
     * @param ?string $month The month that it is about, `YYYYMM`.
     * @param ?string $from The first day that it is about, `YYYY-MM-DD`, instead of a month.
     * @param ?string $until The last day that it is about.
     * @param mixed $profile Which columns it has, as docs/reconcile.md describes; the reference format when not
     *     given.
     * @param mixed $terms What was agreed about commission and payout, as docs/reconcile.md describes; the usual
     *     when not given.
     */
    public function __construct(
        #[\SensitiveParameter] ?string $file = null,
        public ?string $path = null,
        public ?string $month = null,
        public ?string $from = null,
        public ?string $until = null,
        #[\SensitiveParameter] mixed $profile = null,
        #[\SensitiveParameter] mixed $terms = null,
    ) {
        $this->hide([
            'file' => $file,
            'profile' => $profile,
            'terms' => $terms,
        ]);
    }
}
