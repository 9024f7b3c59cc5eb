<?php

declare(strict_types=1);

namespace Netmile\Exception;

/** The journal could not be read or written; nothing was handed out or accepted. */
final class JournalException extends NetmileException
{
}
