<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Generated;

use Netmile\Internal\Port;
use Netmile\Model;

/**
 * Charges server to server.
 *
 * @internal use the room of the client
 */
abstract class Payments
{
    final public function __construct(private readonly Port $port)
    {
    }

    /**
     * Charges a customer; asked again with the same id it goes on and never charges twice.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function charge(Model\ChargeRequest $request): Model\ChargeOutcome
    {
        return $this->port->call('payment.charge', $request, Model\ChargeOutcome::class);
    }

    /**
     * Captures what was reserved: all of it, or a lower amount. Once per charge.
     *
     * @param string $id The shop's id.
     * @param ?int $amount Yen; all that is reserved when not given.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function capture(string $id, ?int $amount = null): Model\ChargeOutcome
    {
        return $this->port->call(
            'payment.capture',
            new Model\CaptureRequest(id: $id, amount: $amount),
            Model\ChargeOutcome::class,
        );
    }

    /**
     * Cancels what was reserved, or refunds everything that was captured. Once per charge.
     *
     * @param string $id The shop's id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function refund(string $id): Model\ChargeOutcome
    {
        return $this->port->call('payment.refund', new Model\ChargeId(id: $id), Model\ChargeOutcome::class);
    }

    /**
     * Refunds a part under a name of the shop's own; asked again with the same name it never refunds twice.
     *
     * @param string $id The shop's id.
     * @param string $name The shop's own name of this part, 1 to 64 characters: a repeat is recognised by it.
     * @param int $amount Yen.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function refundPart(string $id, string $name, int $amount): Model\ChargeOutcome
    {
        return $this->port->call(
            'payment.refund_part',
            new Model\PartRefundRequest(id: $id, name: $name, amount: $amount),
            Model\ChargeOutcome::class,
        );
    }

    /**
     * The charge with this id.
     *
     * @param string $id The shop's id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function get(string $id): Model\Charge
    {
        return $this->port->call('payment.get', new Model\ChargeId(id: $id), Model\Charge::class);
    }

    /**
     * Charges in some phases.
     *
     * @param list<\Netmile\ChargePhase|string> $phases In one of these phases; none means any.
     * @param ?string $after After the charge of this id: the last one of the previous page.
     * @param int $limit At most so many, 1 to 1000.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function list(array $phases = [], ?string $after = null, int $limit = 100): Model\Charges
    {
        return $this->port->call(
            'payment.list',
            new Model\ChargeQuery(phases: $phases, after: $after, limit: $limit),
            Model\Charges::class,
        );
    }

    /**
     * Charges that somebody or something still has to act on.
     *
     * @param int $limit 1 to 1000.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function unresolved(int $limit = 100): Model\Charges
    {
        return $this->port->call('payment.unresolved', new Model\Limit(limit: $limit), Model\Charges::class);
    }

    /**
     * Looks after one charge now, instead of when it is due.
     *
     * @param string $id The shop's id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function resolve(string $id): Model\Charge
    {
        return $this->port->call('payment.resolve', new Model\ChargeId(id: $id), Model\Charge::class);
    }

    /**
     * Asks the gateway what it knows about a charge; changes nothing here.
     *
     * @param string $id The shop's id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function inquire(string $id): Model\InquiryAnswer
    {
        return $this->port->call('payment.inquire', new Model\ChargeId(id: $id), Model\InquiryAnswer::class);
    }

    /**
     * Verifies an XML notice of the API type, records it once, and says what to answer.
     *
     * @param string $body The body as received.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function notice(#[\SensitiveParameter] string $body): Model\XmlNoticeAnswer
    {
        return $this->port->call('payment.notice', new Model\XmlNotice(body: $body), Model\XmlNoticeAnswer::class);
    }

    /**
     * Records what a person found out about a charge under review.
     *
     * @param string $id The shop's id.
     * @param string $verdict `happened` or `missing`.
     * @param ?string $trackingId The gateway's id that the management page shows, where the journal does not know
     *     it.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function review(string $id, string $verdict, ?string $trackingId = null): Model\Charge
    {
        return $this->port->call(
            'payment.review',
            new Model\ChargeReview(id: $id, verdict: $verdict, trackingId: $trackingId),
            Model\Charge::class,
        );
    }

    /**
     * Sends a message of any function of the gateway under an id of the shop's own, once.
     *
     * @param string $id The shop's own id of this exchange, never used twice.
     * @param string $method Tag of the method.
     * @param string $function Function id, such as `ST01-00101-900`.
     * @param list<Model\RawField> $fields Leaves and groups in the order of the wire.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function raw(
        string $id,
        string $method,
        string $function,
        #[\SensitiveParameter] array $fields,
    ): Model\RawOutcome {
        return $this->port->call(
            'payment.raw',
            new Model\RawRequest(id: $id, method: $method, function: $function, fields: $fields),
            Model\RawOutcome::class,
        );
    }

    /**
     * Raw messages whose outcome is not known.
     *
     * @param int $limit 1 to 1000.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function rawUnresolved(int $limit = 100): Model\Ids
    {
        return $this->port->call('payment.raw_unresolved', new Model\Limit(limit: $limit), Model\Ids::class);
    }

    /**
     * Records what a person found out about a raw message whose outcome nobody knows.
     *
     * @param string $id The shop's own id of it.
     * @param string $verdict `happened` or `missing`.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function rawReview(string $id, string $verdict): Model\RawReview
    {
        return $this->port->call(
            'payment.raw_review',
            new Model\RawReview(id: $id, verdict: $verdict),
            Model\RawReview::class,
        );
    }

    /**
     * The balance of a member of a point service.
     *
     * @param string $method Tag of the method.
     * @param string $member The member's id. Personal.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function balance(string $method, #[\SensitiveParameter] string $member): Model\Balance
    {
        return $this->port->call(
            'payment.balance',
            new Model\BalanceQuery(method: $method, member: $member),
            Model\Balance::class,
        );
    }

    /**
     * Stores, replaces, deletes or shows the card that the gateway keeps for a customer.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function customerData(Model\CustomerDataRequest $request): Model\CustomerDataOutcome
    {
        return $this->port->call('payment.customer_data', $request, Model\CustomerDataOutcome::class);
    }
}
