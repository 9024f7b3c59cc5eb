<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A one-time token that the browser got from the gateway.
 *
 * @property-read string $token The token. Secret.
 * @property-read string $tokenKey Its key. Secret.
 * @property-read ?CardTerms $terms How it is charged.
 */
final readonly class CardToken extends Record
{
    /** @internal */
    public const SCHEMA = [
        'token' => ['token', 'string', 'r'],
        'tokenKey' => ['token_key', 'string', 'r'],
        'terms' => ['terms', CardTerms::class, 'n'],
    ];

    /**
     * @param string $token The token. Secret.
     * @param string $tokenKey Its key. Secret.
     * @param ?CardTerms $terms How it is charged.
     */
    public function __construct(
        #[\SensitiveParameter] string $token,
        #[\SensitiveParameter] string $tokenKey,
        #[\SensitiveParameter] ?CardTerms $terms = null,
    ) {
        $this->hide([
            'token' => $token,
            'tokenKey' => $tokenKey,
            'terms' => $terms,
        ]);
    }
}
