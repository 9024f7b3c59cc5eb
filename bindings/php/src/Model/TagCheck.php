<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A tag or link to check.
 *
 * @property-read string $tag Link or HTML. Holds the designated key.
 */
final readonly class TagCheck extends Record
{
    /** @internal */
    public const SCHEMA = [
        'tag' => ['tag', 'string', 'r'],
        'signed' => ['signed', 'boolean', 's'],
        'at' => ['at_ms', 'instant', 'ns'],
    ];

    /**
     * @param string $tag Link or HTML. Holds the designated key.
     * @param bool $signed Whether it must be signed by the client's site.
     * @param ?\DateTimeImmutable $at Now, for tests; the machine's clock when not given.
     */
    public function __construct(
        #[\SensitiveParameter] string $tag,
        public bool $signed = false,
        public ?\DateTimeImmutable $at = null,
    ) {
        $this->hide([
            'tag' => $tag,
        ]);
    }
}
