<?php

declare(strict_types=1);

namespace Netmile\Exception;

/** The library can not be loaded (`library_missing`), does not fit this package (`version_mismatch`), or one of them has a bug. */
final class LibraryException extends NetmileException
{
}
