<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What came out of a comparison (突合).
 *
 * @property-read list<ClassTally> $tallies Counts and yen of each class.
 * @property-read list<ReconciliationEntry> $entries Every movement of the file, then those of the journal that the
 *     file does not have.
 * @property-read list<string> $feeDifferences Commissions that are not those of the contract, in the client's
 *     language.
 * @property-read list<string> $payoutDifferences What is not as agreed about the payout, in the client's language.
 * @property-read list<PlannedRepair> $plan What to do, in this order.
 * @property-read string $summary All of it for a person, in the client's language.
 */
final readonly class ReconciliationReport extends Record
{
    /** @internal */
    public const SCHEMA = [
        'clean' => ['clean', 'boolean', 'rs'],
        'provenWhole' => ['proven_whole', 'boolean', 'rs'],
        'tallies' => ['tallies', [ClassTally::class], 'r'],
        'entries' => ['entries', [ReconciliationEntry::class], 'r'],
        'feesChecked' => ['fees_checked', 'integer', 'rs'],
        'feeDifferences' => ['fee_differences', ['string'], 'r'],
        'payoutDifferences' => ['payout_differences', ['string'], 'r'],
        'plan' => ['plan', [PlannedRepair::class], 'r'],
        'summary' => ['summary', 'string', 'r'],
    ];

    /**
     * @param bool $clean Whether file and journal agree, commission and payout included.
     * @param bool $provenWhole Whether sums at the end of the file prove that nothing is missing.
     * @param list<ClassTally> $tallies Counts and yen of each class.
     * @param list<ReconciliationEntry> $entries Every movement of the file, then those of the journal that the file
     *     does not have.
     * @param int $feesChecked How many movements had a commission that could be checked.
     * @param list<string> $feeDifferences Commissions that are not those of the contract, in the client's language.
     * @param list<string> $payoutDifferences What is not as agreed about the payout, in the client's language.
     * @param list<PlannedRepair> $plan What to do, in this order.
     * @param string $summary All of it for a person, in the client's language.
     */
    public function __construct(
        public bool $clean,
        public bool $provenWhole,
        #[\SensitiveParameter] array $tallies,
        #[\SensitiveParameter] array $entries,
        public int $feesChecked,
        #[\SensitiveParameter] array $feeDifferences,
        #[\SensitiveParameter] array $payoutDifferences,
        #[\SensitiveParameter] array $plan,
        #[\SensitiveParameter] string $summary,
    ) {
        $this->hide([
            'tallies' => $tallies,
            'entries' => $entries,
            'feeDifferences' => $feeDifferences,
            'payoutDifferences' => $payoutDifferences,
            'plan' => $plan,
            'summary' => $summary,
        ]);
    }
}
