<?php

declare(strict_types=1);

namespace Netmile\Room;

use Netmile\Generated;
use Netmile\Model\Event;

/** What the shop has to act on, until it acknowledges. */
final class Events extends Generated\Events
{
    /**
     * Hands each event to the shop, and acknowledges it when that returns. What throws comes again later, and holds up no
     * other event.
     *
     * @param callable(Event): void $act makes its work idempotent by `$event->id` and `$event->purchaseId` together: a
     *     journal that is begun anew counts from 1 again
     * @param ?callable(Event, \Throwable): void $failed is told what was thrown
     * @return int how many were acknowledged
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function each(callable $act, ?callable $failed = null, int $limit = 100): int
    {
        $done = 0;
        foreach ($this->next($limit) as $event) {
            try {
                $act($event);
            } catch (\Throwable $error) {
                if ($failed !== null) {
                    $failed($event, $error);
                }
                continue;
            }
            $this->ack($event->id);
            $done++;
        }
        return $done;
    }
}
