<?php

declare(strict_types=1);

namespace Netmile;

/** Where a purchase stands. A newer library may know more: such a name arrives as a plain string. */
enum Phase: string
{
    case Open = 'open';
    case AwaitingNotice = 'awaiting_notice';
    case AwaitingDeposit = 'awaiting_deposit';
    case Paid = 'paid';
    case PaidLate = 'paid_late';
    case PaidTwice = 'paid_twice';
    case NeedsReview = 'needs_review';
    case RefundRequested = 'refund_requested';
    case Refunded = 'refunded';
    case GivenUp = 'given_up';
}
