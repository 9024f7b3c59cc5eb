<?php

declare(strict_types=1);

namespace Netmile;

/** What a task about miles is. */
enum TaskKind: string
{
    case Issue = 'issue';
    case ByHand = 'by_hand';
    case Cancel = 'cancel';
}
