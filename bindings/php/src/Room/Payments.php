<?php

declare(strict_types=1);

namespace Netmile\Room;

use Netmile\Generated;
use Netmile\Internal\Received;
use Netmile\Model\XmlNoticeAnswer;

/** Charges server to server. */
final class Payments extends Generated\Payments
{
    /**
     * Verifies an XML notice of the API type, records it once, and says what to answer. Does not fail for what a stranger
     * sent.
     *
     * @param string $body The body as received, untouched.
     *
     * @throws \Netmile\Exception\NetmileException the journal is out of reach: answer 500, log it, and have the notice sent again if
     *     the gateway does not
     */
    public function notice(#[\SensitiveParameter] string $body): XmlNoticeAnswer
    {
        return parent::notice(Received::bounded($body));
    }
}
