<?php

declare(strict_types=1);

namespace Netmile\Room;

use Netmile\Generated;

/** NetMile members. */
final class Members extends Generated\Members
{
}
