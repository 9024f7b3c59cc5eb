<?php

declare(strict_types=1);

namespace Netmile;

/** By which of its URLs the browser came back. */
enum ReturnedBy: string
{
    case Success = 'success';
    case Cancel = 'cancel';
    case Error = 'error';
}
