<?php

declare(strict_types=1);

namespace Netmile\Room;

use Netmile\Generated;

/** Explains hashes. */
final class Hash extends Generated\Hash
{
}
