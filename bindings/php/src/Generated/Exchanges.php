<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Generated;

use Netmile\Internal\Port;
use Netmile\Model;

/**
 * Point exchange.
 *
 * @internal use the room of the client
 */
abstract class Exchanges
{
    final public function __construct(private readonly Port $port)
    {
    }

    /**
     * What points come to, or why they do not fit and which numbers would.
     *
     * @param Model\RateTerms $rate The rate.
     * @param int $points Points to exchange.
     * @param ?int $held Points that the customer has.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function convert(Model\RateTerms $rate, int $points, ?int $held = null): Model\ConversionAnswer
    {
        return $this->port->call(
            'exchange.convert',
            new Model\ConversionRequest(rate: $rate, points: $points, held: $held),
            Model\ConversionAnswer::class,
        );
    }

    /**
     * What a customer can exchange at least and at most.
     *
     * @param Model\RateTerms $rate The rate.
     * @param int $held Points that the customer has.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function offer(Model\RateTerms $rate, int $held): Model\ExchangeOfferAnswer
    {
        return $this->port->call(
            'exchange.offer',
            new Model\ExchangeOffer(rate: $rate, held: $held),
            Model\ExchangeOfferAnswer::class,
        );
    }

    /**
     * The rate at which points keep their value.
     *
     * @param int $yen Yen.
     * @param int $points For so many points.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function equalValue(int $yen, int $points): Model\RateTerms
    {
        return $this->port->call(
            'exchange.equal_value',
            new Model\PriceQuery(yen: $yen, points: $points),
            Model\RateTerms::class,
        );
    }

    /**
     * Whether somebody can get miles.
     *
     * @param string $mail Mail address. Personal.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function applicant(#[\SensitiveParameter] string $mail): Model\ApplicantAnswer
    {
        return $this->port->call('exchange.applicant', new Model\MailQuery(mail: $mail), Model\ApplicantAnswer::class);
    }

    /**
     * Records an exchange; then the shop takes the points.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function begin(Model\ExchangeRequest $request): Model\Exchange
    {
        return $this->port->call('exchange.begin', $request, Model\Exchange::class);
    }

    /**
     * Records that the points are taken.
     *
     * @param string $tranId The shop's own id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function debited(string $tranId): Model\Exchange
    {
        return $this->port->call('exchange.debited', new Model\ExchangeId(tranId: $tranId), Model\Exchange::class);
    }

    /**
     * Records that the points could not be taken.
     *
     * @param string $tranId The shop's own id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function notDebited(string $tranId): Model\Exchange
    {
        return $this->port->call('exchange.not_debited', new Model\ExchangeId(tranId: $tranId), Model\Exchange::class);
    }

    /**
     * Has the miles issued; asked again it never issues twice.
     *
     * @param string $tranId The shop's own id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function issue(string $tranId): Model\ExchangeOutcome
    {
        return $this->port->call('exchange.issue', new Model\ExchangeId(tranId: $tranId), Model\ExchangeOutcome::class);
    }

    /**
     * Records that the points of a refused exchange are given back.
     *
     * @param string $tranId The shop's own id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function creditedBack(string $tranId): Model\Exchange
    {
        return $this->port->call(
            'exchange.credited_back',
            new Model\ExchangeId(tranId: $tranId),
            Model\Exchange::class,
        );
    }

    /**
     * The exchange with this id.
     *
     * @param string $tranId The shop's own id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function get(string $tranId): Model\Exchange
    {
        return $this->port->call('exchange.get', new Model\ExchangeId(tranId: $tranId), Model\Exchange::class);
    }

    /**
     * Exchanges in some phases.
     *
     * @param list<\Netmile\ExchangePhase|string> $phases In one of these phases; none means any.
     * @param ?string $after After the one with this `tran_id`: the last one of the previous page.
     * @param int $limit At most so many, 1 to 1000.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function list(array $phases = [], ?string $after = null, int $limit = 100): Model\Exchanges
    {
        return $this->port->call(
            'exchange.list',
            new Model\ExchangeQuery(phases: $phases, after: $after, limit: $limit),
            Model\Exchanges::class,
        );
    }

    /**
     * Exchanges that somebody or something still has to act on.
     *
     * @param int $limit 1 to 1000.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function unresolved(int $limit = 100): Model\Exchanges
    {
        return $this->port->call('exchange.unresolved', new Model\Limit(limit: $limit), Model\Exchanges::class);
    }

    /**
     * Looks after one exchange now, instead of when it is due.
     *
     * @param string $tranId The shop's own id.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function resolve(string $tranId): Model\Exchange
    {
        return $this->port->call('exchange.resolve', new Model\ExchangeId(tranId: $tranId), Model\Exchange::class);
    }

    /**
     * Records what a person found out about an exchange under review.
     *
     * @param string $tranId The shop's own id.
     * @param string $verdict `happened` or `missing`: then the points go back.
     * @param ?Model\ExchangedMiles $issued What was issued, when it happened.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function review(
        string $tranId,
        string $verdict,
        #[\SensitiveParameter] ?Model\ExchangedMiles $issued = null,
    ): Model\Exchange {
        return $this->port->call(
            'exchange.review',
            new Model\ExchangeReview(tranId: $tranId, verdict: $verdict, issued: $issued),
            Model\Exchange::class,
        );
    }

    /**
     * Writes upload files of at most 10,000 rows (flow 2).
     *
     * @param string $siteId The site that it is uploaded for: a part of its name.
     * @param \DateTimeImmutable $at When: the minute, in Japan, is a part of its name, and a further file has the
     *     next one.
     * @param list<Model\ExchangeFileRow> $rows The rows.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function files(
        string $siteId,
        \DateTimeImmutable $at,
        #[\SensitiveParameter] array $rows,
    ): Model\ExchangeFiles {
        return $this->port->call(
            'exchange.files',
            new Model\ExchangeFileRequest(siteId: $siteId, at: $at, rows: $rows),
            Model\ExchangeFiles::class,
        );
    }

    /**
     * Says of every row of an upload file what became of it.
     *
     * @param string $sent What was uploaded. Personal.
     * @param string $result What came back. Personal.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function settle(
        #[\SensitiveParameter] string $sent,
        #[\SensitiveParameter] string $result,
    ): Model\SettledFile {
        return $this->port->call(
            'exchange.settle',
            new Model\SettleRequest(sent: $sent, result: $result),
            Model\SettledFile::class,
        );
    }

    /**
     * Writes the files that NetMile fetches (flow 3).
     *
     * @param string $siteId Site.
     * @param \DateTimeImmutable $runAt When the run is.
     * @param list<Model\ExchangeFileRow> $rows The rows, 1 to 10,000.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function dropWrite(
        string $siteId,
        \DateTimeImmutable $runAt,
        #[\SensitiveParameter] array $rows,
    ): Model\DropFiles {
        return $this->port->call(
            'exchange.drop_write',
            new Model\DropWriteRequest(siteId: $siteId, runAt: $runAt, rows: $rows),
            Model\DropFiles::class,
        );
    }

    /**
     * Answers a request of NetMile to the shop's drop; the shop keeps the files.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function dropHandle(Model\DropHandleRequest $request): Model\DropHandleAnswer
    {
        return $this->port->call('exchange.drop_handle', $request, Model\DropHandleAnswer::class);
    }

    /**
     * What became of a run of the drop, if its result is there.
     *
     * @param string $name Name of any file of the run.
     * @param list<Model\DropFileEntry> $files Every file of the drop.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function dropSettled(string $name, #[\SensitiveParameter] array $files): Model\DropSettleAnswer
    {
        return $this->port->call(
            'exchange.drop_settled',
            new Model\DropSettleRequest(name: $name, files: $files),
            Model\DropSettleAnswer::class,
        );
    }
}
