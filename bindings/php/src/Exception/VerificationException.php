<?php

declare(strict_types=1);

namespace Netmile\Exception;

/** A message is not genuine, not in time, or not about what was asked. Do not trust it. */
final class VerificationException extends NetmileException
{
}
