<?php

declare(strict_types=1);

namespace Netmile\Room;

use Netmile\Generated;

/** Miles: issues, cancels, files, campaigns, tags. */
final class Miles extends Generated\Miles
{
}
