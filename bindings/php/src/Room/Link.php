<?php

declare(strict_types=1);

namespace Netmile\Room;

use Netmile\Generated;

/** Single messages, without a journal: for tests, and for shops with records of their own. */
final class Link extends Generated\Link
{
}
