<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Generated;

use Netmile\Internal\Port;
use Netmile\Model;

/**
 * Customer payment data at the gateway.
 *
 * @internal use the room of the client
 */
abstract class Registrations
{
    final public function __construct(private readonly Port $port)
    {
    }

    /**
     * Signs a registration or update of payment data.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function register(Model\RegistrationRequest $request): Model\SignedForm
    {
        return $this->port->call('registration.register', $request, Model\SignedForm::class);
    }

    /**
     * Signs a deletion of payment data.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function delete(Model\RegistrationRequest $request): Model\SignedForm
    {
        return $this->port->call('registration.delete', $request, Model\SignedForm::class);
    }

    /**
     * Verifies a registration notice.
     *
     * @param string $body The body as received, or the query string of a GET.
     * @param ?string $contentType `Content-Type`, if there was one; it is then checked.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function notice(
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] ?string $contentType = null,
    ): Model\RegistrationResult {
        return $this->port->call(
            'registration.notice',
            new Model\Received(body: $body, contentType: $contentType),
            Model\RegistrationResult::class,
        );
    }

    /**
     * Verifies the browser's return from a registration.
     *
     * @param string $body The body as received, or the query string of a GET.
     * @param ?string $contentType `Content-Type`, if there was one; it is then checked.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function returned(
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] ?string $contentType = null,
    ): Model\RegistrationResult {
        return $this->port->call(
            'registration.returned',
            new Model\Received(body: $body, contentType: $contentType),
            Model\RegistrationResult::class,
        );
    }

    /**
     * Verifies the result of a registration and that it answers what was asked. Only then may its values be used.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function check(Model\RegistrationCheck $request): Model\RegistrationResult
    {
        return $this->port->call('registration.check', $request, Model\RegistrationResult::class);
    }
}
