<?php

declare(strict_types=1);

namespace Netmile\Room;

use Netmile\Generated;

/** Asks for refunds and records that they were executed. */
final class Refunds extends Generated\Refunds
{
}
