<?php

declare(strict_types=1);

namespace Netmile;

/** How something ended that moves money or miles. Unknown is a value, not an error: it may have happened. */
enum Outcome: string
{
    case Done = 'done';
    case Rejected = 'rejected';
    case Unknown = 'unknown';
}
