<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * One movement of file, journal or both.
 *
 * @property-read string $text The cause for a person, in the client's language.
 * @property-read ?string $record The record: `payment`, `purchase` or `period`.
 */
final readonly class ReconciliationEntry extends Record
{
    /** @internal */
    public const SCHEMA = [
        'class' => ['class', 'string', 'rs'],
        'cause' => ['cause', 'string', 'rs'],
        'text' => ['text', 'string', 'r'],
        'orderId' => ['order_id', 'string', 'rs'],
        'verdict' => ['verdict', 'string', 'ns'],
        'trackingId' => ['tracking_id', 'string', 'ns'],
        'line' => ['line', 'integer', 'ns'],
        'fileAmount' => ['file_amount', 'integer', 'ns'],
        'journalAmount' => ['journal_amount', 'integer', 'ns'],
        'record' => ['record', 'string', 'n'],
        'recordId' => ['record_id', 'string', 'ns'],
    ];

    /**
     * @param string $class Which kind of agreement or difference.
     * @param string $cause Why.
     * @param string $text The cause for a person, in the client's language.
     * @param string $orderId The shop's id at the gateway.
     * @param ?string $verdict What the file decides about an unknown outcome: `paid`, `not_paid`, `refunded`,
     *     `not_refunded` or `undecided`.
     * @param ?string $trackingId The gateway's id.
     * @param ?int $line Line of the file.
     * @param ?int $fileAmount Yen in the file, a refund negative.
     * @param ?int $journalAmount Yen in the journal, a refund negative.
     * @param ?string $record The record: `payment`, `purchase` or `period`.
     * @param ?string $recordId Its id.
     */
    public function __construct(
        public string $class,
        public string $cause,
        #[\SensitiveParameter] string $text,
        public string $orderId,
        public ?string $verdict = null,
        public ?string $trackingId = null,
        public ?int $line = null,
        public ?int $fileAmount = null,
        public ?int $journalAmount = null,
        #[\SensitiveParameter] ?string $record = null,
        public ?string $recordId = null,
    ) {
        $this->hide([
            'text' => $text,
            'record' => $record,
        ]);
    }
}
