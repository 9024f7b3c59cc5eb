<?php

declare(strict_types=1);

namespace Netmile\Exception;

/** The step is not possible in the state the purchase is in, or somebody else changed it. */
final class StateException extends NetmileException
{
}
