<?php

declare(strict_types=1);

namespace Netmile\Room;

use Netmile\Generated;

/** Statements against the journal. */
final class Settlement extends Generated\Settlement
{
}
