<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A registration to be signed as it is.
 *
 * @property-read RegistrationRequest $request The request.
 */
final readonly class SignRegistration extends Record
{
    /** @internal */
    public const SCHEMA = [
        'request' => ['request', RegistrationRequest::class, 'r'],
        'at' => ['at', 'string', 'rs'],
        'delete' => ['delete', 'boolean', 's'],
    ];

    /**
     * @param RegistrationRequest $request The request.
     * @param string $at `request_date`.
     * @param bool $delete Whether the stored data are deleted (C01-1).
     */
    public function __construct(
        #[\SensitiveParameter] RegistrationRequest $request,
        public string $at,
        public bool $delete = false,
    ) {
        $this->hide([
            'request' => $request,
        ]);
    }
}
