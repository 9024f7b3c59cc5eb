<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Where the gateway sends the browser and its notice: https, at most 256 ASCII characters each.
 */
final readonly class Urls extends Record
{
    /** @internal */
    public const SCHEMA = [
        'success' => ['success', 'string', 'rs'],
        'cancel' => ['cancel', 'string', 'rs'],
        'error' => ['error', 'string', 'rs'],
        'notify' => ['notify', 'string', 'rs'],
    ];

    /**
     * @param string $success The browser, after the payment. Display only, never proof.
     * @param string $cancel The browser, when the customer goes back.
     * @param string $error The browser, after a failure.
     * @param string $notify The gateway's server, with the result that counts.
     */
    public function __construct(
        public string $success,
        public string $cancel,
        public string $error,
        public string $notify,
    ) {
    }
}
