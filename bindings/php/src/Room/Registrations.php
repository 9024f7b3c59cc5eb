<?php

declare(strict_types=1);

namespace Netmile\Room;

use Netmile\Generated;

/** Customer payment data at the gateway. */
final class Registrations extends Generated\Registrations
{
}
