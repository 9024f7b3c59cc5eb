<?php

declare(strict_types=1);

namespace Shop;

/** What a customer ordered. */
final readonly class Order
{
    /**
     * @param ?string $way `link` or `miles`, once the customer has chosen
     * @param int $attempt how often it was charged with miles; each attempt has an id of its own
     */
    public function __construct(
        public string $id,
        public Item $item,
        public ?string $way,
        public int $attempt,
        public bool $delivered,
    ) {
    }

    /** The id of its newest charge. The link type makes `{id}-1`, `{id}-2`, … of the order's: the gateway must never see one twice. */
    public function charge(): string
    {
        return "{$this->id}-m{$this->attempt}";
    }
}
