<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A genuine notice that is not recorded yet.
 */
final readonly class NoticeView extends Record
{
    /** @internal */
    public const SCHEMA = [
        'message' => ['message', Message::class, 'rs'],
        'purchase' => ['purchase', Purchase::class, 'rs'],
    ];

    /**
     * @param Message $message What the gateway says.
     * @param Purchase $purchase The purchase as it stands before it.
     */
    public function __construct(
        public Message $message,
        public Purchase $purchase,
    ) {
    }
}
