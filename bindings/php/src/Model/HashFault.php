<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * One mistake in a recipe.
 *
 * @property-read string $text What was done wrong and what is right, in the client's language.
 */
final readonly class HashFault extends Record
{
    /** @internal */
    public const SCHEMA = [
        'id' => ['id', 'string', 'rs'],
        'text' => ['text', 'string', 'r'],
        'field' => ['field', 'string', 'ns'],
    ];

    /**
     * @param string $id Stable name.
     * @param string $text What was done wrong and what is right, in the client's language.
     * @param ?string $field The field it is about.
     */
    public function __construct(
        public string $id,
        #[\SensitiveParameter] string $text,
        public ?string $field = null,
    ) {
        $this->hide([
            'text' => $text,
        ]);
    }
}
