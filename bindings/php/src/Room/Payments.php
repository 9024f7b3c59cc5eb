<?php

declare(strict_types=1);

namespace Netmile\Room;

use Netmile\Generated;

/** Charges server to server. */
final class Payments extends Generated\Payments
{
}
