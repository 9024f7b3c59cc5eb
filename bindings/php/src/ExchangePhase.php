<?php

declare(strict_types=1);

namespace Netmile;

/** Where a point exchange stands. */
enum ExchangePhase: string
{
    case Debiting = 'debiting';
    case Debited = 'debited';
    case Issuing = 'issuing';
    case Issued = 'issued';
    case Refused = 'refused';
    case CreditedBack = 'credited_back';
    case NotDebited = 'not_debited';
    case NeedsReview = 'needs_review';
}
