<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A mile-get tag.
 *
 * @property-read string $url The link. Holds the designated key.
 * @property-read string $html The link as HTML.
 */
final readonly class TagText extends Record
{
    /** @internal */
    public const SCHEMA = [
        'signed' => ['signed', 'boolean', 'rs'],
        'url' => ['url', 'string', 'r'],
        'html' => ['html', 'string', 'r'],
    ];

    /**
     * @param bool $signed Whether it is signed.
     * @param string $url The link. Holds the designated key.
     * @param string $html The link as HTML.
     */
    public function __construct(
        public bool $signed,
        #[\SensitiveParameter] string $url,
        #[\SensitiveParameter] string $html,
    ) {
        $this->hide([
            'url' => $url,
            'html' => $html,
        ]);
    }
}
