<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * An exchange as the journal knows it.
 *
 * @property-read bool $doubled Whether miles were issued although the points had been given back.
 * @property-read \DateTimeImmutable $begunAt When it was begun.
 * @property-read ?\DateTimeImmutable $debitedAt When the points were taken.
 */
final readonly class Exchange extends Record
{
    /** @internal */
    public const SCHEMA = [
        'siteId' => ['site_id', 'string', 'rs'],
        'tranId' => ['tran_id', 'string', 'rs'],
        'phase' => ['phase', \Netmile\ExchangePhase::class, 'rs'],
        'points' => ['points', 'integer', 'rs'],
        'miles' => ['miles', 'integer', 'rs'],
        'doubled' => ['doubled', 'boolean', 'r'],
        'begunAt' => ['begun_at_ms', 'instant', 'r'],
        'issued' => ['issued', ExchangedMiles::class, 'ns'],
        'rejection' => ['rejection', Refusal::class, 'ns'],
        'debitedAt' => ['debited_at_ms', 'instant', 'n'],
    ];

    /**
     * @param string $siteId Site.
     * @param string $tranId The shop's own id.
     * @param \Netmile\ExchangePhase|string $phase `debiting`, `debited`, `issuing`, `issued`, `refused`,
     *     `credited_back`, `not_debited` or `needs_review`.
     * @param int $points Points.
     * @param int $miles Miles.
     * @param bool $doubled Whether miles were issued although the points had been given back.
     * @param \DateTimeImmutable $begunAt When it was begun.
     * @param ?ExchangedMiles $issued What was issued.
     * @param ?Refusal $rejection Why it was refused.
     * @param ?\DateTimeImmutable $debitedAt When the points were taken.
     */
    public function __construct(
        public string $siteId,
        public string $tranId,
        public \Netmile\ExchangePhase|string $phase,
        public int $points,
        public int $miles,
        #[\SensitiveParameter] bool $doubled,
        #[\SensitiveParameter] \DateTimeImmutable $begunAt,
        public ?ExchangedMiles $issued = null,
        public ?Refusal $rejection = null,
        #[\SensitiveParameter] ?\DateTimeImmutable $debitedAt = null,
    ) {
        $this->hide([
            'doubled' => $doubled,
            'begunAt' => $begunAt,
            'debitedAt' => $debitedAt,
        ]);
    }
}
