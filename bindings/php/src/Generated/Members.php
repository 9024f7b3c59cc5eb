<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Generated;

use Netmile\Internal\Port;
use Netmile\Model;

/**
 * NetMile members.
 *
 * @internal use the room of the client
 */
abstract class Members
{
    final public function __construct(private readonly Port $port)
    {
    }

    /**
     * Whether a mail address or user id is a member's; from then on this site may issue to it.
     *
     * @param ?string $mail Mail address. Personal.
     * @param ?string $userId NetMile user id. Personal.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function verify(
        #[\SensitiveParameter] ?string $mail = null,
        #[\SensitiveParameter] ?string $userId = null,
    ): Model\MembershipAnswer {
        return $this->port->call(
            'member.verify',
            new Model\MemberQuery(mail: $mail, userId: $userId),
            Model\MembershipAnswer::class,
        );
    }

    /**
     * A member that this site has authenticated.
     *
     * @param string $userId NetMile user id. Personal.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function info(#[\SensitiveParameter] string $userId): Model\MemberInfo
    {
        return $this->port->call('member.info', new Model\MemberId(userId: $userId), Model\MemberInfo::class);
    }

    /**
     * What a member has that this site has authenticated.
     *
     * @param string $userId NetMile user id. Personal.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function passbook(#[\SensitiveParameter] string $userId): Model\PassbookAnswer
    {
        return $this->port->call('member.passbook', new Model\MemberId(userId: $userId), Model\PassbookAnswer::class);
    }
}
