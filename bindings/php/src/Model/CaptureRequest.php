<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A capture.
 */
final readonly class CaptureRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'id' => ['id', 'string', 'rs'],
        'amount' => ['amount', 'integer', 'ns'],
    ];

    /**
     * @param string $id The shop's id.
     * @param ?int $amount Yen; all that is reserved when not given.
     */
    public function __construct(
        public string $id,
        public ?int $amount = null,
    ) {
    }
}
