<?php

declare(strict_types=1);

namespace Netmile\Exception;

/** The client is not configured for this. */
final class ConfigurationException extends NetmileException
{
}
