<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What to answer to a notice, byte for byte.
 *
 * @property-read string $contentType `Content-Type`.
 * @property-read string $body The body.
 */
final readonly class NoticeAnswer extends Record
{
    /** @internal */
    public const SCHEMA = [
        'status' => ['status', 'integer', 'rs'],
        'contentType' => ['content_type', 'string', 'r'],
        'body' => ['body', 'bytes', 'r'],
        'accepted' => ['accepted', 'boolean', 'rs'],
        'problem' => ['problem', Problem::class, 'ns'],
    ];

    /**
     * @param int $status HTTP status.
     * @param string $contentType `Content-Type`.
     * @param string $body The body.
     * @param bool $accepted Whether the answer is `OK,`.
     * @param ?Problem $problem Why not, for the shop's log.
     */
    public function __construct(
        public int $status,
        #[\SensitiveParameter] string $contentType,
        #[\SensitiveParameter] string $body,
        public bool $accepted,
        public ?Problem $problem = null,
    ) {
        $this->hide([
            'contentType' => $contentType,
            'body' => $body,
        ]);
    }
}
