<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A task under a `tran_id`, as the journal knows it.
 *
 * @property-read \DateTimeImmutable $since Since when.
 * @property-read int $looks How often somebody looked for its outcome.
 */
final readonly class MileTask extends Record
{
    /** @internal */
    public const SCHEMA = [
        'kind' => ['kind', \Netmile\TaskKind::class, 'rs'],
        'siteId' => ['site_id', 'string', 'rs'],
        'tranId' => ['tran_id', 'string', 'rs'],
        'phase' => ['phase', \Netmile\TaskPhase::class, 'rs'],
        'since' => ['since_ms', 'instant', 'r'],
        'looks' => ['looks', 'integer', 'r'],
        'issued' => ['issued', IssuedMiles::class, 'ns'],
        'byHand' => ['by_hand', HandIssued::class, 'ns'],
        'cancellation' => ['cancellation', MileCancellation::class, 'ns'],
        'rejection' => ['rejection', Refusal::class, 'ns'],
    ];

    /**
     * @param \Netmile\TaskKind|string $kind `issue`, `by_hand` or `cancel`.
     * @param string $siteId Site.
     * @param string $tranId The shop's own id.
     * @param \Netmile\TaskPhase|string $phase `prepared`, `sending`, `unknown`, `done`, `refused` or
     *     `needs_review`.
     * @param \DateTimeImmutable $since Since when.
     * @param int $looks How often somebody looked for its outcome.
     * @param ?IssuedMiles $issued What was issued.
     * @param ?HandIssued $byHand What became of the rows.
     * @param ?MileCancellation $cancellation What became of the wish.
     * @param ?Refusal $rejection Why it was refused.
     */
    public function __construct(
        public \Netmile\TaskKind|string $kind,
        public string $siteId,
        public string $tranId,
        public \Netmile\TaskPhase|string $phase,
        #[\SensitiveParameter] \DateTimeImmutable $since,
        #[\SensitiveParameter] int $looks,
        public ?IssuedMiles $issued = null,
        public ?HandIssued $byHand = null,
        public ?MileCancellation $cancellation = null,
        public ?Refusal $rejection = null,
    ) {
        $this->hide([
            'since' => $since,
            'looks' => $looks,
        ]);
    }
}
