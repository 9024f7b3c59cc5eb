<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Generated;

use Netmile\Internal\Port;
use Netmile\Model;

/**
 * Methods and codes as data.
 *
 * @internal use the room of the client
 */
abstract class Catalogue
{
    final public function __construct(private readonly Port $port)
    {
    }

    /**
     * Every error code with what to do about it.
     *
     * @return list<Model\ErrorEntry>
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function errors(): array
    {
        return $this->port->call('catalogue.errors', new Model\Nothing(), Model\ErrorCatalogue::class)->errors;
    }

    /**
     * What is known about a code of the gateway; an unknown one gives an entry that says so.
     *
     * @param string $code `res_err_code`, as received.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function code(string $code): Model\CodeEntry
    {
        return $this->port->call('catalogue.code', new Model\CodeQuery(code: $code), Model\CodeEntry::class);
    }

    /**
     * Every code of the gateway that is known.
     *
     * @return list<Model\CodeEntry>
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function codes(): array
    {
        return $this->port->call('catalogue.codes', new Model\Nothing(), Model\CodeCatalogue::class)->codes;
    }

    /**
     * The payment methods of the client's contract, with limits and what is offered.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function methods(): Model\MethodList
    {
        return $this->port->call('catalogue.methods', new Model\Nothing(), Model\MethodList::class);
    }

    /**
     * What is known about a code of the API type.
     *
     * @param string $code `res_err_code`, as received.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function apiCode(string $code): Model\ApiCodeEntry
    {
        return $this->port->call('catalogue.api_code', new Model\CodeQuery(code: $code), Model\ApiCodeEntry::class);
    }

    /**
     * What is known about a code of one of NetMile's tables.
     *
     * @param string $table `manual` or `automatic`.
     * @param string $code The code.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function mileCode(string $table, string $code): Model\MileCodeEntry
    {
        return $this->port->call(
            'catalogue.mile_code',
            new Model\MileCodeQuery(table: $table, code: $code),
            Model\MileCodeEntry::class,
        );
    }

    /**
     * Every code of NetMile's tables that is known.
     *
     * @throws \Netmile\Exception\NetmileException
     */
    public function mileCodes(): Model\MileCodeCatalogue
    {
        return $this->port->call('catalogue.mile_codes', new Model\Nothing(), Model\MileCodeCatalogue::class);
    }
}
