<?php

declare(strict_types=1);

namespace Netmile;

/** How often a purchase is billed. */
enum Billing: string
{
    case OneTime = 'one_time';
    case RecurringSimple = 'recurring_simple';
    case RecurringMetered = 'recurring_metered';
}
