<?php

declare(strict_types=1);

namespace Netmile\Exception;

/** A value breaks a rule; the field is named. */
final class InvalidValueException extends NetmileException
{
}
