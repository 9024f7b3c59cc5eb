<?php

declare(strict_types=1);

namespace Netmile;

/** Where a task about miles stands. */
enum TaskPhase: string
{
    case Prepared = 'prepared';
    case Sending = 'sending';
    case Unknown = 'unknown';
    case Done = 'done';
    case Refused = 'refused';
    case NeedsReview = 'needs_review';
}
