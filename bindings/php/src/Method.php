<?php

declare(strict_types=1);

namespace Netmile;

/** A payment method of a contract, as plain data. */
final readonly class Method
{
    /**
     * @param string|list<Cell>|null $cells `all`, `none`, `netmile`, or single cells
     * @param ?int $minYen The least that is charged.
     * @param ?int $maxYen The most.
     * @param ?string $settlement `immediate` or `by_deposit`
     * @param string|array<string, mixed>|object|null $api What it is called in the API type: `credit`,
     *     `web_convenience_store`, `docomo`, `au`, `softbank`, or all of it as an array.
     */
    public function __construct(
        public string $tag,
        public string|array|null $cells = null,
        public ?string $nameEn = null,
        public ?string $nameJa = null,
        public ?int $minYen = null,
        public ?int $maxYen = null,
        public ?string $settlement = null,
        public string|array|object|null $api = null,
    ) {
    }

    /** @internal @return array<string, mixed> */
    public function toConfig(): array
    {
        $cells = \is_array($this->cells)
            ? array_map(static fn (Cell $cell): array => $cell->toConfig(), $this->cells)
            : $this->cells;
        return [
            'tag' => $this->tag,
            'cells' => $cells,
            'name_en' => $this->nameEn,
            'name_ja' => $this->nameJa,
            'min_yen' => $this->minYen,
            'max_yen' => $this->maxYen,
            'settlement' => $this->settlement,
            'api' => $this->api,
        ];
    }
}
