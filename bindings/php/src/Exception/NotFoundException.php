<?php

declare(strict_types=1);

namespace Netmile\Exception;

/** There is nothing by this id in the journal. */
final class NotFoundException extends NetmileException
{
}
