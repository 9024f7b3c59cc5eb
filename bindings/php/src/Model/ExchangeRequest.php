<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * An exchange.
 *
 * @property-read MileUser $user Who gets the miles.
 * @property-read string $designatedKey The shop's key of its customer (指定キー). May be personal.
 */
final readonly class ExchangeRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'tranId' => ['tran_id', 'string', 'rs'],
        'user' => ['user', MileUser::class, 'r'],
        'designatedKey' => ['designated_key', 'string', 'r'],
        'points' => ['points', 'integer', 'rs'],
        'rate' => ['rate', RateTerms::class, 'rs'],
    ];

    /**
     * @param string $tranId The shop's own id, never used twice.
     * @param MileUser $user Who gets the miles.
     * @param string $designatedKey The shop's key of its customer (指定キー). May be personal.
     * @param int $points Points.
     * @param RateTerms $rate The rate.
     */
    public function __construct(
        public string $tranId,
        #[\SensitiveParameter] MileUser $user,
        #[\SensitiveParameter] string $designatedKey,
        public int $points,
        public RateTerms $rate,
    ) {
        $this->hide([
            'user' => $user,
            'designatedKey' => $designatedKey,
        ]);
    }
}
