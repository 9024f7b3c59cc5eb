<?php

declare(strict_types=1);

namespace Netmile\Room;

use Netmile\Generated;

/** Recurring contracts, by link and server to server. */
final class Subscriptions extends Generated\Subscriptions
{
}
