<?php

declare(strict_types=1);

namespace Netmile\Room;

use Netmile\Generated;

/** Takes the gateway's server-to-server notices: the only proof of payment. */
final class Notices extends Generated\Notices
{
}
