<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * One row of an issue by hand.
 *
 * @property-read string $mail Mail address. Personal.
 * @property-read string $designatedKey The shop's own key (指定キー). May be personal.
 */
final readonly class HandRow extends Record
{
    /** @internal */
    public const SCHEMA = [
        'mail' => ['mail', 'string', 'r'],
        'designatedKey' => ['designated_key', 'string', 'r'],
        'miles' => ['miles', 'integer', 'ns'],
        'depositMail' => ['deposit_mail', 'boolean', 'ns'],
    ];

    /**
     * @param string $mail Mail address. Personal.
     * @param string $designatedKey The shop's own key (指定キー). May be personal.
     * @param ?int $miles Miles; only for a campaign of variable miles.
     * @param ?bool $depositMail Whether the member is mailed.
     */
    public function __construct(
        #[\SensitiveParameter] string $mail,
        #[\SensitiveParameter] string $designatedKey,
        public ?int $miles = null,
        public ?bool $depositMail = null,
    ) {
        $this->hide([
            'mail' => $mail,
            'designatedKey' => $designatedKey,
        ]);
    }
}
