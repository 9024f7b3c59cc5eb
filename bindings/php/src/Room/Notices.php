<?php

declare(strict_types=1);

namespace Netmile\Room;

use Netmile\Generated;
use Netmile\Internal\Received;
use Netmile\Model\NoticeAnswer;

/** Takes the gateway's server-to-server notices: the only proof of payment. */
final class Notices extends Generated\Notices
{
    /**
     * Verifies a notice, records it once, and says what to answer. Does not fail for what a stranger sent: send the answer
     * back byte for byte, and write its `problem` to the log.
     *
     * @param string $body The body as received, untouched.
     * @param ?string $contentType Its content type.
     *
     * @throws \Netmile\Exception\NetmileException the journal is out of reach: answer 500, and have the notice sent again from the
     *     management page; the payment stays, and no repeat by itself is known of the link type
     */
    public function handle(#[\SensitiveParameter] string $body, #[\SensitiveParameter] ?string $contentType = null): NoticeAnswer
    {
        return parent::handle(Received::bounded($body), $contentType);
    }

    /**
     * Verifies a notice and refuses it. The customer's miles stay spent; the purchase goes to a person.
     *
     * @param string $body The body as received, untouched.
     * @param string $reason A short reason in ASCII, without personal data.
     * @param ?string $contentType Its content type.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function refuse(
        #[\SensitiveParameter] string $body,
        string $reason,
        #[\SensitiveParameter] ?string $contentType = null,
    ): NoticeAnswer {
        return parent::refuse(Received::bounded($body), $reason, $contentType);
    }
}
