<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What to do with the card that the gateway keeps for a customer.
 *
 * @property-read string $custCode The customer's id at the shop. Personal.
 * @property-read string $token The one-time token to store. Secret.
 * @property-read string $tokenKey Its key. Secret.
 */
final readonly class CustomerDataRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'method' => ['method', 'string', 'rs'],
        'custCode' => ['cust_code', 'string', 'r'],
        'action' => ['action', 'string', 'rs'],
        'token' => ['token', 'string', ''],
        'tokenKey' => ['token_key', 'string', ''],
    ];

    /**
     * @param string $method Tag of the method.
     * @param string $custCode The customer's id at the shop. Personal.
     * @param string $action `store`, `update`, `delete` or `show`.
     * @param string $token The one-time token to store. Secret.
     * @param string $tokenKey Its key. Secret.
     */
    public function __construct(
        public string $method,
        #[\SensitiveParameter] string $custCode,
        public string $action,
        #[\SensitiveParameter] string $token = '',
        #[\SensitiveParameter] string $tokenKey = '',
    ) {
        $this->hide([
            'custCode' => $custCode,
            'token' => $token,
            'tokenKey' => $tokenKey,
        ]);
    }
}
