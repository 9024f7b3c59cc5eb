<?php

declare(strict_types=1);

namespace Shop;

/** Where an order stands, as its page tells it. */
enum State: string
{
    case Open = 'open';
    case Waiting = 'waiting';
    case Paid = 'paid';
    case Rejected = 'rejected';
    case Refunding = 'refunding';
    case Refunded = 'refunded';
    /** The money moved, or may have, in a way that a person must look at. */
    case Review = 'review';
    /** A person found that it was not paid. */
    case Closed = 'closed';
}
