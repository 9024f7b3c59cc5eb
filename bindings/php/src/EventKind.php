<?php

declare(strict_types=1);

namespace Netmile;

/** What the shop is told. A newer library may know more: such a name arrives as a plain string. */
enum EventKind: string
{
    case Paid = 'paid';
    case PaidLate = 'paid_late';
    case PaidTwice = 'paid_twice';
    case AwaitingDeposit = 'awaiting_deposit';
    case DepositExpired = 'deposit_expired';
    case AttemptFailed = 'attempt_failed';
    case AttemptCancelled = 'attempt_cancelled';
    case NeedsReview = 'needs_review';
    case RefundRequested = 'refund_requested';
    case Refunded = 'refunded';
    case RefundWithdrawn = 'refund_withdrawn';
    case ContractEnded = 'contract_ended';
    case GivenUp = 'given_up';
    case Reserved = 'reserved';
    case Cancelled = 'cancelled';
    case PartlyRefunded = 'partly_refunded';
    case StepFailed = 'step_failed';
    case ContractStarted = 'contract_started';
    case MilesIssued = 'miles_issued';
    case MilesRefused = 'miles_refused';
    case MilesCancelAnswered = 'miles_cancel_answered';
    case MilesCancelRefused = 'miles_cancel_refused';
    case ExchangeIssued = 'exchange_issued';
    case ExchangeRefused = 'exchange_refused';
    case ExchangeUnconfirmed = 'exchange_unconfirmed';
}
