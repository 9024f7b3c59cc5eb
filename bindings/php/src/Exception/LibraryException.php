<?php

declare(strict_types=1);

namespace Netmile\Exception;

/** The library and this package do not fit together, or one of them has a bug. */
final class LibraryException extends NetmileException
{
}
