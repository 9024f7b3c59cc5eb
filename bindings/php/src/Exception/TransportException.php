<?php

declare(strict_types=1);

namespace Netmile\Exception;

/** The other server was not reached, and nothing was sent. The same call may succeed later. */
final class TransportException extends NetmileException
{
}
