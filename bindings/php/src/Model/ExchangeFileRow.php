<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A row of an exchange file.
 *
 * @property-read MileUser $user Who gets the miles.
 * @property-read string $designatedKey The shop's key of its customer (指定キー). May be personal.
 */
final readonly class ExchangeFileRow extends Record
{
    /** @internal */
    public const SCHEMA = [
        'user' => ['user', MileUser::class, 'r'],
        'designatedKey' => ['designated_key', 'string', 'r'],
        'miles' => ['miles', 'integer', 'rs'],
    ];

    /**
     * @param MileUser $user Who gets the miles.
     * @param string $designatedKey The shop's key of its customer (指定キー). May be personal.
     * @param int $miles Miles.
     */
    public function __construct(
        #[\SensitiveParameter] MileUser $user,
        #[\SensitiveParameter] string $designatedKey,
        public int $miles,
    ) {
        $this->hide([
            'user' => $user,
            'designatedKey' => $designatedKey,
        ]);
    }
}
