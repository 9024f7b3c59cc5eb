<?php

declare(strict_types=1);

namespace Netmile\Room;

use Netmile\Generated;

/** Reads what the browser brings back. Evidence for display, never proof of payment. */
final class Returns extends Generated\Returns
{
}
