<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * The result of a registration.
 *
 * @property-read NoticeAnswer $answer What to answer, if it came as a notice.
 */
final readonly class RegistrationResult extends Record
{
    /** @internal */
    public const SCHEMA = [
        'answer' => ['answer', NoticeAnswer::class, 'r'],
        'message' => ['message', Message::class, 'ns'],
    ];

    /**
     * @param NoticeAnswer $answer What to answer, if it came as a notice.
     * @param ?Message $message What the gateway says; absent when the browser brought nothing.
     */
    public function __construct(
        #[\SensitiveParameter] NoticeAnswer $answer,
        public ?Message $message = null,
    ) {
        $this->hide([
            'answer' => $answer,
        ]);
    }
}
