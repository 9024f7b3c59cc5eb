<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * The result of a registration, and what it has to answer.
 *
 * @property-read string $body The body as received, or the query string of a GET.
 * @property-read list<Pair> $asked The fields of the form that was handed out. Personal.
 * @property-read ?string $contentType `Content-Type`, if there was one; it is then checked.
 */
final readonly class RegistrationCheck extends Record
{
    /** @internal */
    public const SCHEMA = [
        'body' => ['body', 'bytes', 'r'],
        'asked' => ['asked', [Pair::class], 'r'],
        'requestDates' => ['request_dates', ['string'], 'rs'],
        'contentType' => ['content_type', 'string', 'n'],
        'returned' => ['returned', 'boolean', 's'],
    ];

    /**
     * @param string $body The body as received, or the query string of a GET.
     * @param list<Pair>|array<string, string> $asked The fields of the form that was handed out. Personal.
     * @param list<string> $requestDates The `request_date` of each rendering of that form.
     * @param ?string $contentType `Content-Type`, if there was one; it is then checked.
     * @param bool $returned Whether the browser brought it; else it is a notice.
     */
    public function __construct(
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] array $asked,
        public array $requestDates,
        #[\SensitiveParameter] ?string $contentType = null,
        public bool $returned = false,
    ) {
        $this->hide([
            'body' => $body,
            'asked' => $asked,
            'contentType' => $contentType,
        ]);
    }
}
