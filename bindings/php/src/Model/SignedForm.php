<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * The ordered, signed fields that the customer's browser posts. Holds no key.
 *
 * @property-read list<Pair> $fields Names and values in the order of the wire. Values may be personal.
 * @property-read string $body The body that the browser posts: url-encoded, in Shift_JIS.
 * @property-read string $html A form with hidden inputs and a button, in Shift_JIS, for a page of the shop in
 *     Shift_JIS.
 * @property-read Page $page A whole page that posts itself; send it with its own content type.
 */
final readonly class SignedForm extends Record
{
    /** @internal */
    public const SCHEMA = [
        'action' => ['action', 'string', 'rs'],
        'fields' => ['fields', [Pair::class], 'r'],
        'requestDate' => ['request_date', 'string', 'rs'],
        'body' => ['body', 'bytes', 'r'],
        'html' => ['html', 'bytes', 'r'],
        'page' => ['page', Page::class, 'r'],
    ];

    /**
     * @param string $action Where it is posted.
     * @param list<Pair>|array<string, string> $fields Names and values in the order of the wire. Values may be
     *     personal.
     * @param string $requestDate `request_date`, `YYYYMMDDHHMMSS` in Japanese time.
     * @param string $body The body that the browser posts: url-encoded, in Shift_JIS.
     * @param string $html A form with hidden inputs and a button, in Shift_JIS, for a page of the shop in
     *     Shift_JIS.
     * @param Page $page A whole page that posts itself; send it with its own content type.
     */
    public function __construct(
        public string $action,
        #[\SensitiveParameter] array $fields,
        public string $requestDate,
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] string $html,
        #[\SensitiveParameter] Page $page,
    ) {
        $this->hide([
            'fields' => $fields,
            'body' => $body,
            'html' => $html,
            'page' => $page,
        ]);
    }
}
