<?php

declare(strict_types=1);

namespace Netmile;

/** What the customer holds. */
enum Terminal: string
{
    case PC = 'pc';
    case Smartphone = 'smartphone';
    case FeaturePhone = 'feature_phone';
}
