<?php

declare(strict_types=1);

namespace Netmile\Internal;

use Netmile\Exception\StateException;

/**
 * A client of the library, with keys of its own: the `Client` of PHP holds none. What PHP still has of them is in the vault, for as
 * long as the shop keeps the `Contract` or `Site` that it made the client of.
 *
 * @internal
 */
final class Handle
{
    use Sealed;

    private const FATAL = \E_ERROR | \E_PARSE | \E_CORE_ERROR | \E_COMPILE_ERROR | \E_USER_ERROR | \E_RECOVERABLE_ERROR;

    /** @var ?array<int, \WeakReference<self>> */
    private static ?array $open = null;

    private function __construct(#[\SensitiveParameter] \FFI\CData $pointer)
    {
        Vault::put($this, ['pointer' => $pointer]);
        if (self::$open === null) {
            // Twice, so that what the shop registers for its own end comes first and finds its clients open.
            register_shutdown_function(static fn () => register_shutdown_function(self::closeAfterFatal(...)));
        }
        self::$open[spl_object_id($this)] = \WeakReference::create($this);
    }

    /** PHP runs no destructor after a fatal error, and the worker lives on. */
    private static function closeAfterFatal(): void
    {
        if (((error_get_last()['type'] ?? 0) & self::FATAL) === 0) {
            return;
        }
        foreach (self::$open ?? [] as $reference) {
            $reference->get()?->close();
        }
    }

    public static function open(#[\SensitiveParameter] string $config): self
    {
        return new self(Native::made('netmile_client_new', 'struct netmile_client*', Json::cText($config, 'config')));
    }

    public function forContract(string $merchantId, string $serviceId): self
    {
        return new self(Native::made(
            'netmile_client_for_contract',
            'struct netmile_client*',
            $this->pointer(),
            Json::cText($merchantId, 'merchant_id'),
            Json::cText($serviceId, 'service_id'),
        ));
    }

    public function forSite(string $siteId): self
    {
        return new self(
            Native::made('netmile_client_for_site', 'struct netmile_client*', $this->pointer(), Json::cText($siteId, 'site_id')),
        );
    }

    public function invoke(string $operation, #[\SensitiveParameter] string $request): string
    {
        return Native::text(Native::made(
            'netmile_invoke',
            'struct netmile_string*',
            $this->pointer(),
            Json::cText($operation, 'operation'),
            Json::cText($request, 'request'),
        ));
    }

    public function start(string $operation, #[\SensitiveParameter] string $request): Run
    {
        return new Run(Native::made(
            'netmile_run_start',
            'struct netmile_run*',
            $this->pointer(),
            Json::cText($operation, 'operation'),
            Json::cText($request, 'request'),
        ));
    }

    /** Closes what must not be open when the process forks. */
    public function release(): void
    {
        $ffi = Native::ffi();
        $error = $ffi->new('struct netmile_error*');
        if ($ffi->netmile_client_release($this->pointer(), \FFI::addr($error)) !== Native::OK) {
            throw Native::failure($error);
        }
    }

    public function isOpen(): bool
    {
        return Vault::get($this, 'pointer') !== null;
    }

    /** Lets go of it; calls after it are refused. */
    public function close(): void
    {
        $pointer = Vault::get($this, 'pointer');
        if ($pointer !== null) {
            Vault::put($this, []);
            unset(self::$open[spl_object_id($this)]);
            Native::ffi()->netmile_client_free($pointer);
        }
    }

    public function __destruct()
    {
        $this->close();
    }

    private function pointer(): \FFI\CData
    {
        return Vault::get($this, 'pointer') ?? throw new StateException(
            'invalid_state',
            'the client is closed',
            hint: 'Make a new client.',
            hintJa: '新しいクライアントを作成してください。',
        );
    }
}
