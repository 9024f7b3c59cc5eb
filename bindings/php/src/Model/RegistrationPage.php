<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A page of registrations.
 */
final readonly class RegistrationPage extends Record
{
    /** @internal */
    public const SCHEMA = [
        'total' => ['total', 'integer', 'rs'],
        'page' => ['page', 'integer', 'rs'],
        'pages' => ['pages', 'integer', 'rs'],
        'items' => ['items', [MileRegistration::class], 'rs'],
    ];

    /**
     * @param int $total How many there are.
     * @param int $page This page.
     * @param int $pages How many pages.
     * @param list<MileRegistration> $items Those of this page.
     */
    public function __construct(
        public int $total,
        public int $page,
        public int $pages,
        public array $items,
    ) {
    }
}
