<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What proves that a refund was executed.
 *
 * @property-read string $reference Who says so, or the line of the file.
 */
final readonly class RefundEvidence extends Record
{
    /** @internal */
    public const SCHEMA = [
        'source' => ['source', 'string', 'rs'],
        'reference' => ['reference', 'string', 'r'],
        'amount' => ['amount', 'integer', 'rs'],
        'refundedAt' => ['refunded_at_ms', 'instant', 'rs'],
    ];

    /**
     * @param string $source Where the fact was seen: `management_page`, `reconciliation_file`, …
     * @param string $reference Who says so, or the line of the file.
     * @param int $amount Refunded yen; must be the whole payment.
     * @param \DateTimeImmutable $refundedAt When it was executed.
     */
    public function __construct(
        public string $source,
        #[\SensitiveParameter] string $reference,
        public int $amount,
        public \DateTimeImmutable $refundedAt,
    ) {
        $this->hide([
            'reference' => $reference,
        ]);
    }
}
