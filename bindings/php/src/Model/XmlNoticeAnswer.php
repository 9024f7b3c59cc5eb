<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What to answer to an XML notice, byte for byte, and what it was about.
 *
 * @property-read string $contentType `Content-Type`.
 * @property-read string $body The body.
 */
final readonly class XmlNoticeAnswer extends Record
{
    /** @internal */
    public const SCHEMA = [
        'status' => ['status', 'integer', 'rs'],
        'contentType' => ['content_type', 'string', 'r'],
        'body' => ['body', 'bytes', 'r'],
        'accepted' => ['accepted', 'boolean', 'rs'],
        'repeated' => ['repeated', 'boolean', 'rs'],
        'charge' => ['charge', Charge::class, 'ns'],
        'problem' => ['problem', Problem::class, 'ns'],
    ];

    /**
     * @param int $status HTTP status.
     * @param string $contentType `Content-Type`.
     * @param string $body The body.
     * @param bool $accepted Whether the answer accepts the notice.
     * @param bool $repeated Whether the same notice was recorded before.
     * @param ?Charge $charge The charge as it stands after it.
     * @param ?Problem $problem Why not, for the shop's log.
     */
    public function __construct(
        public int $status,
        #[\SensitiveParameter] string $contentType,
        #[\SensitiveParameter] string $body,
        public bool $accepted,
        public bool $repeated,
        public ?Charge $charge = null,
        public ?Problem $problem = null,
    ) {
        $this->hide([
            'contentType' => $contentType,
            'body' => $body,
        ]);
    }
}
