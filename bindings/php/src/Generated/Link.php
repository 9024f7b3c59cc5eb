<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Generated;

use Netmile\Internal\Port;
use Netmile\Model;

/**
 * Single messages, without a journal: for tests, and for shops with records of their own.
 *
 * @internal use the room of the client
 */
abstract class Link
{
    final public function __construct(private readonly Port $port)
    {
    }

    /**
     * Signs a purchase request as it is. Nothing is recorded: for tests, and for shops with records of their own.
     *
     * @param Model\PurchaseRequest $request The request; its `purchase_id` is not used.
     * @param string $orderId The id at the gateway, 1 to 38 characters.
     * @param string $at `request_date`: `YYYYMMDDHHMMSS` in Japanese time.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function signPurchase(
        #[\SensitiveParameter] Model\PurchaseRequest $request,
        string $orderId,
        string $at,
    ): Model\SignedForm {
        return $this->port->call(
            'link.sign_purchase',
            new Model\SignPurchase(request: $request, orderId: $orderId, at: $at),
            Model\SignedForm::class,
        );
    }

    /**
     * Signs a recurring application as it is. Nothing is recorded.
     *
     * @param Model\RecurringRequest $request The request; its `purchase_id` is not used.
     * @param string $orderId The id at the gateway.
     * @param string $at `request_date`.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function signRecurring(
        #[\SensitiveParameter] Model\RecurringRequest $request,
        string $orderId,
        string $at,
    ): Model\SignedForm {
        return $this->port->call(
            'link.sign_recurring',
            new Model\SignRecurring(request: $request, orderId: $orderId, at: $at),
            Model\SignedForm::class,
        );
    }

    /**
     * Signs a registration as it is.
     *
     * @param Model\RegistrationRequest $request The request.
     * @param string $at `request_date`.
     * @param bool $delete Whether the stored data are deleted (C01-1).
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function signRegistration(
        #[\SensitiveParameter] Model\RegistrationRequest $request,
        string $at,
        bool $delete = false,
    ): Model\SignedForm {
        return $this->port->call(
            'link.sign_registration',
            new Model\SignRegistration(request: $request, at: $at, delete: $delete),
            Model\SignedForm::class,
        );
    }

    /**
     * Verifies the hash of a message; neither its age nor that it answers what was asked.
     *
     * @param \Netmile\MessageKind|string $kind `purchase_notice`, `purchase_return`, `cancel_return`,
     *     `error_return`, `registration_notice`, `registration_return`, `recurring_notice` or `recurring_return`.
     * @param string $body The body as received.
     * @param ?string $contentType `Content-Type`, if there was one.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function verify(
        \Netmile\MessageKind|string $kind,
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] ?string $contentType = null,
    ): Model\Message {
        return $this->port->call(
            'link.verify',
            new Model\ReceivedMessage(kind: $kind, body: $body, contentType: $contentType),
            Model\Message::class,
        );
    }
}
