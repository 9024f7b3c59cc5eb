<?php

declare(strict_types=1);

namespace Netmile\Room;

use Netmile\Generated;

/** Starts purchases and hands out their forms. */
final class Checkouts extends Generated\Checkouts
{
}
