<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What became of a file.
 *
 * @property-read int $leftOut Faulty rows that were left out.
 * @property-read int $uploads Uploads that NetMile has.
 * @property-read int $milesUnknown Their miles.
 * @property-read list<CodeTally> $breakdown Refused rows by code.
 * @property-read ?Refusal $rejection Why NetMile refused an upload as a whole.
 */
final readonly class BatchIssueReport extends Record
{
    /** @internal */
    public const SCHEMA = [
        'state' => ['state', 'string', 'rs'],
        'rows' => ['rows', 'integer', 'rs'],
        'miles' => ['miles', 'integer', 'rs'],
        'leftOut' => ['left_out', 'integer', 'r'],
        'uploads' => ['uploads', 'integer', 'r'],
        'issued' => ['issued', 'integer', 'rs'],
        'milesIssued' => ['miles_issued', 'integer', 'rs'],
        'refused' => ['refused', 'integer', 'rs'],
        'milesRefused' => ['miles_refused', 'integer', 'rs'],
        'unknown' => ['unknown', 'integer', 'rs'],
        'milesUnknown' => ['miles_unknown', 'integer', 'r'],
        'breakdown' => ['breakdown', [CodeTally::class], 'r'],
        'addsUp' => ['adds_up', 'boolean', 'rs'],
        'rejection' => ['rejection', Refusal::class, 'n'],
    ];

    /**
     * @param string $state `done`, `waiting` (call again), `refused` or `needs_review`.
     * @param int $rows Rows to issue.
     * @param int $miles Their miles.
     * @param int $leftOut Faulty rows that were left out.
     * @param int $uploads Uploads that NetMile has.
     * @param int $issued Rows issued.
     * @param int $milesIssued Their miles.
     * @param int $refused Rows refused.
     * @param int $milesRefused Their miles.
     * @param int $unknown Rows of which nothing is known yet.
     * @param int $milesUnknown Their miles.
     * @param list<CodeTally> $breakdown Refused rows by code.
     * @param bool $addsUp Whether rows in are issued + refused, and the miles likewise.
     * @param ?Refusal $rejection Why NetMile refused an upload as a whole.
     */
    public function __construct(
        public string $state,
        public int $rows,
        public int $miles,
        #[\SensitiveParameter] int $leftOut,
        #[\SensitiveParameter] int $uploads,
        public int $issued,
        public int $milesIssued,
        public int $refused,
        public int $milesRefused,
        public int $unknown,
        #[\SensitiveParameter] int $milesUnknown,
        #[\SensitiveParameter] array $breakdown,
        public bool $addsUp,
        #[\SensitiveParameter] ?Refusal $rejection = null,
    ) {
        $this->hide([
            'leftOut' => $leftOut,
            'uploads' => $uploads,
            'milesUnknown' => $milesUnknown,
            'breakdown' => $breakdown,
            'rejection' => $rejection,
        ]);
    }
}
