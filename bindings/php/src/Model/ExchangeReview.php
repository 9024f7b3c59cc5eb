<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What a person found out about an exchange under review.
 *
 * @property-read ?ExchangedMiles $issued What was issued, when it happened.
 */
final readonly class ExchangeReview extends Record
{
    /** @internal */
    public const SCHEMA = [
        'tranId' => ['tran_id', 'string', 'rs'],
        'verdict' => ['verdict', 'string', 'rs'],
        'issued' => ['issued', ExchangedMiles::class, 'n'],
    ];

    /**
     * @param string $tranId The shop's own id.
     * @param string $verdict `happened` or `missing`: then the points go back.
     * @param ?ExchangedMiles $issued What was issued, when it happened.
     */
    public function __construct(
        public string $tranId,
        public string $verdict,
        #[\SensitiveParameter] ?ExchangedMiles $issued = null,
    ) {
        $this->hide([
            'issued' => $issued,
        ]);
    }
}
