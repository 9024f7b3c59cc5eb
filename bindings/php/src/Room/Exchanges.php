<?php

declare(strict_types=1);

namespace Netmile\Room;

use Netmile\Generated;

/** Point exchange. */
final class Exchanges extends Generated\Exchanges
{
}
