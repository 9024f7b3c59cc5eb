<?php

declare(strict_types=1);

namespace Netmile\Internal;

/**
 * An operation that is driven step by step. Belongs to the process that started it.
 *
 * @internal
 */
final class Run
{
    use Sealed;

    public function __construct(#[\SensitiveParameter] \FFI\CData $pointer)
    {
        Vault::put($this, ['pointer' => $pointer]);
    }

    /** Goes on; null in the first step, and then what became of the request. */
    public function step(#[\SensitiveParameter] ?string $input): string
    {
        $given = $input === null ? null : Json::cText($input, 'input');
        return Native::text(Native::made('netmile_run_step', 'struct netmile_string*', Vault::get($this, 'pointer'), $given));
    }

    public function __destruct()
    {
        Native::ffi()->netmile_run_free(Vault::get($this, 'pointer'));
    }
}
