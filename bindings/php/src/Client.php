<?php

declare(strict_types=1);

namespace Netmile;

use Netmile\Internal\Handle;
use Netmile\Internal\Json;
use Netmile\Internal\Port;
use Netmile\Internal\Sealed;

/**
 * Takes payments for one or several contracts, and rewards with miles for one or several sites.
 *
 * Making one starts and opens nothing. Calls block. `overallSeconds`, 80 when not given, bounds what one operation sends and
 * waits for at the gateway; waiting for the journal comes on top, and `resolve()`, `recover()` and work on files take it for each
 * thing that they look after. A client that was made before a fork works in the child.
 *
 *     $client = new Client(new Contract('99999', '001', $hashKey, 'test'), journal: 'sqlite://shop.db');
 *     $checkout = $client->checkout->start($request);
 */
final class Client
{
    use Sealed;

    /** Starts purchases and hands out their forms. */
    public readonly Room\Checkouts $checkout;
    /** The gateway's server-to-server notices: the only proof of payment. */
    public readonly Room\Notices $notices;
    /** What the browser brings back: for display, never proof of payment. */
    public readonly Room\Returns $returns;
    /** What the shop has to act on, until it acknowledges. */
    public readonly Room\Events $events;
    /** Purchases of the link type. */
    public readonly Room\Purchases $purchases;
    /** Refunds of purchases. */
    public readonly Room\Refunds $refunds;
    /** Recurring contracts, by link and server to server. */
    public readonly Room\Subscriptions $subscriptions;
    /** Customer payment data at the gateway. */
    public readonly Room\Registrations $registrations;
    /** Single messages, without a journal. */
    public readonly Room\Link $link;
    /** Charges server to server. */
    public readonly Room\Payments $payments;
    /** Statements against the journal. */
    public readonly Room\Settlement $settlement;
    /** NetMile members. */
    public readonly Room\Members $members;
    /** Miles: issues, cancels, files, campaigns, tags. */
    public readonly Room\Miles $miles;
    /** Point exchange. */
    public readonly Room\Exchanges $exchanges;
    /** Methods and codes as data. */
    public readonly Room\Catalogue $catalogue;

    private readonly Port $port;

    /**
     * @param Contract|list<Contract> $contracts There must be a contract or a site.
     * @param string $journal `memory:` (gone with the client, thus with each web request), `sqlite://…` or `postgres://…`
     * @param string $textPolicy `cp932` or `strict`
     * @param list<string> $replacements What stands for characters that the gateway does not take.
     * @param string $echoCheck `strict` or `identity`
     * @param string $lang `en` or `ja`: the language of texts
     * @param list<Site> $sites
     * @param ?int $overallSeconds Bounds what one operation sends and waits for at the gateway, not the journal.
     * @param ?Transport $transport A transport of the shop's own.
     * @param ?list<string> $carrierDomains Domains of mobile carriers' mail, where they differ from the usual ones.
     *
     * @throws Exception\NetmileException
     */
    public function __construct(
        Contract|array $contracts = [],
        #[\SensitiveParameter] string $journal = 'memory:',
        string $textPolicy = 'cp932',
        array $replacements = [],
        ?int $formLimitSeconds = null,
        ?int $apiLimitSeconds = null,
        string $echoCheck = 'strict',
        ?int $leaseSeconds = null,
        string $lang = 'en',
        array $sites = [],
        ?int $overallSeconds = null,
        ?Transport $transport = null,
        ?array $carrierDomains = null,
    ) {
        $contracts = $contracts instanceof Contract ? [$contracts] : $contracts;
        $config = [
            'contracts' => array_map(static fn (Contract $contract): array => $contract->toConfig(), array_values($contracts)),
            'sites' => array_map(static fn (Site $site): array => $site->toConfig(), array_values($sites)),
            'journal' => $journal,
            'text_policy' => $textPolicy,
            'replacements' => $replacements,
            'form_limit_seconds' => $formLimitSeconds,
            'api_limit_seconds' => $apiLimitSeconds,
            'echo_check' => $echoCheck,
            'lease_seconds' => $leaseSeconds,
            'lang' => $lang,
            'overall_seconds' => $overallSeconds,
            'carrier_domains' => $carrierDomains,
        ];
        $this->open(Handle::open(Json::encode($config)), $transport);
    }

    /**
     * A client from plain data, for example from a JSON file.
     *
     * @param array<string, mixed>|\stdClass $config
     *
     * @throws Exception\NetmileException
     */
    public static function fromConfig(#[\SensitiveParameter] array|\stdClass $config, ?Transport $transport = null): self
    {
        return self::over(Handle::open(Json::encode((object) $config)), $transport);
    }

    /**
     * The same client for one of its contracts. Needed only when it has several.
     *
     * @throws Exception\NetmileException
     */
    public function forContract(string $merchantId, string $serviceId): self
    {
        return self::over($this->port->handle()->forContract($merchantId, $serviceId), $this->port->transport());
    }

    /**
     * The same client for one of its sites. Needed only when it has several.
     *
     * @throws Exception\NetmileException
     */
    public function forSite(string $siteId): self
    {
        return self::over($this->port->handle()->forSite($siteId), $this->port->transport());
    }

    /**
     * Closes what this process must not have open when it forks: call it before `pcntl_fork` if the journal is SQLite and the
     * client was used. The next call, here or in the child, opens it again.
     *
     * @throws Exception\NetmileException
     */
    public function release(): void
    {
        $this->port->handle()->release();
    }

    /** Lets go of the journal. Calls after it are refused. */
    public function close(): void
    {
        $this->port->handle()->close();
    }

    /**
     * Looks after everything that is due; call it once a minute.
     *
     * @throws Exception\NetmileException
     */
    public function resolve(): Model\ResolvedAll
    {
        return (new Room\Upkeep($this->port))->resolve();
    }

    /**
     * Looks after everything that a crash may have left open; call it when the shop starts.
     *
     * @throws Exception\NetmileException
     */
    public function recover(): Model\RecoveredAll
    {
        return (new Room\Upkeep($this->port))->recover();
    }

    /**
     * Names the wrong recipe behind a hash that somebody else computed. Never shows the key.
     *
     * @param string $message What kind of message it is: `purchase`, `purchase_result`, …
     * @param list<Model\Pair>|array<string, string> $fields Names and values as sent, in the order sent.
     * @param string $claimed The hash that somebody else computed.
     *
     * @throws Exception\NetmileException
     */
    public function explainHash(
        string $message,
        #[\SensitiveParameter] array $fields,
        #[\SensitiveParameter] string $claimed,
    ): Model\HashExplanation {
        return (new Room\Hash($this->port))->explain($message, $fields, $claimed);
    }

    /**
     * Every error code with what to do about it.
     *
     * @return list<Model\ErrorEntry>
     */
    public function errorCatalogue(): array
    {
        return $this->catalogue->errors();
    }

    /** What is known about a code of the gateway; an unknown one gives an entry that says so. */
    public function code(string $code): Model\CodeEntry
    {
        return $this->catalogue->code($code);
    }

    /**
     * Every code of the gateway that is known.
     *
     * @return list<Model\CodeEntry>
     */
    public function codeCatalogue(): array
    {
        return $this->catalogue->codes();
    }

    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        return ['client' => $this->port->handle()->isOpen() ? 'open' : 'closed'];
    }

    private static function over(Handle $handle, ?Transport $transport): self
    {
        $client = (new \ReflectionClass(self::class))->newInstanceWithoutConstructor();
        $client->open($handle, $transport);
        return $client;
    }

    private function open(Handle $handle, ?Transport $transport): void
    {
        $this->port = new Port($handle, $transport);
        $this->checkout = new Room\Checkouts($this->port);
        $this->notices = new Room\Notices($this->port);
        $this->returns = new Room\Returns($this->port);
        $this->events = new Room\Events($this->port);
        $this->purchases = new Room\Purchases($this->port);
        $this->refunds = new Room\Refunds($this->port);
        $this->subscriptions = new Room\Subscriptions($this->port);
        $this->registrations = new Room\Registrations($this->port);
        $this->link = new Room\Link($this->port);
        $this->payments = new Room\Payments($this->port);
        $this->settlement = new Room\Settlement($this->port);
        $this->members = new Room\Members($this->port);
        $this->miles = new Room\Miles($this->port);
        $this->exchanges = new Room\Exchanges($this->port);
        $this->catalogue = new Room\Catalogue($this->port);
    }
}
