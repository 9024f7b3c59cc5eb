<?php

declare(strict_types=1);

namespace Netmile;

/** No byte of the request can have left. Throw it only when that is certain: it may then be sent again. */
final class NotSent extends \Exception
{
}
