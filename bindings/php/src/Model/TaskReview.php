<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What a person found out about a task under review. With `happened` comes what NetMile's pages show.
 *
 * @property-read ?IssuedMiles $issued What was issued, of an issue that happened.
 * @property-read ?HandIssued $byHand What became of the rows, of issues by hand that happened.
 * @property-read ?MileCancellation $cancellation What became of it, of a wish to cancel that happened.
 */
final readonly class TaskReview extends Record
{
    /** @internal */
    public const SCHEMA = [
        'kind' => ['kind', \Netmile\TaskKind::class, 'rs'],
        'tranId' => ['tran_id', 'string', 'rs'],
        'verdict' => ['verdict', 'string', 'rs'],
        'issued' => ['issued', IssuedMiles::class, 'n'],
        'byHand' => ['by_hand', HandIssued::class, 'n'],
        'cancellation' => ['cancellation', MileCancellation::class, 'n'],
    ];

    /**
     * @param \Netmile\TaskKind|string $kind `issue`, `by_hand` or `cancel`.
     * @param string $tranId The shop's own id.
     * @param string $verdict `happened` or `missing`.
     * @param ?IssuedMiles $issued What was issued, of an issue that happened.
     * @param ?HandIssued $byHand What became of the rows, of issues by hand that happened.
     * @param ?MileCancellation $cancellation What became of it, of a wish to cancel that happened.
     */
    public function __construct(
        public \Netmile\TaskKind|string $kind,
        public string $tranId,
        public string $verdict,
        #[\SensitiveParameter] ?IssuedMiles $issued = null,
        #[\SensitiveParameter] ?HandIssued $byHand = null,
        #[\SensitiveParameter] ?MileCancellation $cancellation = null,
    ) {
        $this->hide([
            'issued' => $issued,
            'byHand' => $byHand,
            'cancellation' => $cancellation,
        ]);
    }
}
