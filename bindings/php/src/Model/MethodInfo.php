<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A payment method of a contract.
 */
final readonly class MethodInfo extends Record
{
    /** @internal */
    public const SCHEMA = [
        'tag' => ['tag', 'string', 'rs'],
        'nameEn' => ['name_en', 'string', 'rs'],
        'nameJa' => ['name_ja', 'string', 'rs'],
        'minYen' => ['min_yen', 'integer', 'rs'],
        'maxYen' => ['max_yen', 'integer', 'rs'],
        'settlement' => ['settlement', 'string', 'rs'],
        'cells' => ['cells', [MethodCell::class], 'rs'],
        'apiNumber' => ['api_number', 'string', 'ns'],
    ];

    /**
     * @param string $tag Tag on the wire.
     * @param string $nameEn Name in English.
     * @param string $nameJa Name in Japanese.
     * @param int $minYen Least yen.
     * @param int $maxYen Most yen.
     * @param string $settlement `immediate` or `by_deposit`.
     * @param list<MethodCell> $cells What the contract offers.
     * @param ?string $apiNumber Number in the API type, if it is called there.
     */
    public function __construct(
        public string $tag,
        public string $nameEn,
        public string $nameJa,
        public int $minYen,
        public int $maxYen,
        public string $settlement,
        public array $cells,
        public ?string $apiNumber = null,
    ) {
    }
}
