<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Settings of an issue; what is not given is as the campaign says.
 *
 * @property-read ?string $insertedText Text in that mail, at most 500 characters.
 */
final readonly class IssueSettings extends Record
{
    /** @internal */
    public const SCHEMA = [
        'depositDays' => ['deposit_days', 'integer', 'ns'],
        'depositMail' => ['deposit_mail', 'boolean', 'ns'],
        'insertedText' => ['inserted_text', 'string', 'n'],
        'memberRegistration' => ['member_registration', 'boolean', 's'],
        'passwordGeneration' => ['password_generation', 'boolean', 's'],
    ];

    /**
     * @param ?int $depositDays Days until the miles are deposited: 0 for at once, 1 to 365.
     * @param ?bool $depositMail Whether the member is mailed when they are.
     * @param ?string $insertedText Text in that mail, at most 500 characters.
     * @param bool $memberRegistration Register who is no member yet.
     * @param bool $passwordGeneration And make a password.
     */
    public function __construct(
        public ?int $depositDays = null,
        public ?bool $depositMail = null,
        #[\SensitiveParameter] ?string $insertedText = null,
        public bool $memberRegistration = false,
        public bool $passwordGeneration = false,
    ) {
        $this->hide([
            'insertedText' => $insertedText,
        ]);
    }
}
