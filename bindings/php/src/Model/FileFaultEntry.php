<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What is wrong in a place of a file.
 *
 * @property-read string $text What, in the client's language. Never the value.
 */
final readonly class FileFaultEntry extends Record
{
    /** @internal */
    public const SCHEMA = [
        'line' => ['line', 'integer', 'rs'],
        'text' => ['text', 'string', 'r'],
        'column' => ['column', 'integer', 'ns'],
        'field' => ['field', 'string', 'ns'],
        'code' => ['code', 'string', 'ns'],
    ];

    /**
     * @param int $line Line, from 1.
     * @param string $text What, in the client's language. Never the value.
     * @param ?int $column Column, from 1.
     * @param ?string $field Which field.
     * @param ?string $code NetMile's code for it, if it has one.
     */
    public function __construct(
        public int $line,
        #[\SensitiveParameter] string $text,
        public ?int $column = null,
        public ?string $field = null,
        public ?string $code = null,
    ) {
        $this->hide([
            'text' => $text,
        ]);
    }
}
