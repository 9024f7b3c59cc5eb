<?php

declare(strict_types=1);

namespace Netmile;

/** The kind of a message that comes back; the shop knows it by the URL on which it arrives. */
enum MessageKind: string
{
    case PurchaseNotice = 'purchase_notice';
    case PurchaseReturn = 'purchase_return';
    case CancelReturn = 'cancel_return';
    case ErrorReturn = 'error_return';
    case RegistrationNotice = 'registration_notice';
    case RegistrationReturn = 'registration_return';
    case RecurringNotice = 'recurring_notice';
    case RecurringReturn = 'recurring_return';
}
