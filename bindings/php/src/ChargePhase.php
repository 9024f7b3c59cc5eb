<?php

declare(strict_types=1);

namespace Netmile;

/** Where a charge stands. A newer library may know more: such a name arrives as a plain string. */
enum ChargePhase: string
{
    case Prepared = 'prepared';
    case Unknown = 'unknown';
    case Authorised = 'authorised';
    case Reserved = 'reserved';
    case AwaitingDeposit = 'awaiting_deposit';
    case Paid = 'paid';
    case PartlyRefunded = 'partly_refunded';
    case Refunded = 'refunded';
    case Cancelled = 'cancelled';
    case Rejected = 'rejected';
    case Expired = 'expired';
    case Active = 'active';
    case Ended = 'ended';
    case NeedsReview = 'needs_review';
}
