<?php

declare(strict_types=1);

namespace Netmile\Room;

use Netmile\Generated;

/** Looks after everything that is open. */
final class Upkeep extends Generated\Upkeep
{
}
