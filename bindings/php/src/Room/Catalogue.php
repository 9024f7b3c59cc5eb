<?php

declare(strict_types=1);

namespace Netmile\Room;

use Netmile\Generated;

/** Methods and codes as data. */
final class Catalogue extends Generated\Catalogue
{
}
