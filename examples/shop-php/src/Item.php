<?php

declare(strict_types=1);

namespace Shop;

/** Something to buy. */
final readonly class Item
{
    private function __construct(public string $id, public string $ja, public string $en, public int $yen)
    {
    }

    /** @return array<string, self> */
    public static function all(): array
    {
        return [
            'book' => new self('book', '髙橋の本①', 'Takahashi’s book', 300),
            'tea' => new self('tea', 'お茶 10～20杯', 'Tea, 10 to 20 cups', 1200),
            'card' => new self('card', 'はがき', 'Postcard', 50),
        ];
    }

    public function name(string $lang): string
    {
        return $lang === 'ja' ? $this->ja : $this->en;
    }
}
