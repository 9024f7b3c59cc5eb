<?php

declare(strict_types=1);

namespace Netmile\Internal;

use Netmile\Exception\ConfigurationException;
use Netmile\Exception\LibraryException;
use Netmile\Exception\NetmileException;
use Netmile\Generated\Version;

/**
 * The shared library. Nothing is loaded before the first client is made, and loading starts nothing.
 *
 * Under php-fpm with `ffi.enable=preload` only preloaded code may call FFI: every call of it is in this namespace.
 *
 * @internal
 */
final class Native
{
    public const OK = 0;

    private static ?\FFI $ffi = null;

    public static function ffi(): \FFI
    {
        return self::$ffi ??= self::load(self::library());
    }

    /** Refuses whatever this package was not made for, before anything else is called. */
    public static function load(
        string $library,
        int $abi = Version::ABI,
        string $version = Version::LIBRARY,
        int $integerSize = \PHP_INT_SIZE,
    ): \FFI {
        if ($integerSize < 8) {
            throw new ConfigurationException(
                'configuration',
                'amounts do not fit the integers of a 32-bit PHP',
                hint: 'Use a 64-bit PHP.',
                hintJa: '64 ビット版の PHP を使用してください。',
            );
        }
        try {
            // What every version has: another one may lack what the whole header names.
            $about = \FFI::cdef('uint32_t netmile_abi_version(void); const char *netmile_version(void);', $library);
            self::check($about->netmile_abi_version(), $about->netmile_version(), $abi, $version);
            self::pin($library);
            $ffi = \FFI::cdef((string) file_get_contents(\dirname(__DIR__, 2) . '/include/netmile.ffi.h'), $library);
        } catch (\FFI\Exception $error) {
            throw self::unusable($error->getMessage());
        }
        self::check($ffi->NETMILE_ABI_VERSION, $version, $abi, $version);
        return $ffi;
    }

    /**
     * Keeps the library in the process: PHP lets go of it after each request, but its threads and connections stay, and
     * serve the next request of this worker.
     */
    private static function pin(string $library): void
    {
        if (\PHP_OS_FAMILY === 'Linux') {
            $lazyAndForGood = 0x1001;
            \FFI::cdef('void *dlopen(const char *file, int mode);')->dlopen($library, $lazyAndForGood);
        }
    }

    private static function check(int $foundAbi, string $foundVersion, int $abi, string $version): void
    {
        if ([$foundAbi, $foundVersion] !== [$abi, $version]) {
            throw new LibraryException(
                'version_mismatch',
                "the netmile library or its header has interface {$foundAbi} and version {$foundVersion};"
                    . " this package needs interface {$abi} and version {$version}",
                hint: 'Install the library and the package of one release.',
                hintJa: 'ライブラリとパッケージを同じリリースのものに揃えてください。',
            );
        }
    }

    /** `NETMILE_LIBRARY`, or the one that is installed in the package. */
    public static function library(): string
    {
        $given = getenv('NETMILE_LIBRARY');
        return \is_string($given) && $given !== '' ? $given : self::installed();
    }

    /** Where the package keeps the library of this machine. */
    public static function installed(): string
    {
        $system = strtolower(\PHP_OS_FAMILY);
        $libc = $system === 'linux' ? (glob('/lib/ld-musl-*') ? '-musl' : '-gnu') : '';
        $name = ['darwin' => 'libnetmile.dylib', 'windows' => 'netmile.dll'][$system] ?? 'libnetmile.so';
        return \dirname(__DIR__, 2) . "/lib/{$system}-" . strtolower(php_uname('m')) . "{$libc}/{$name}";
    }

    /** Makes an exception of an owned error object, and frees it. */
    public static function failure(\FFI\CData $error): NetmileException
    {
        $ffi = self::ffi();
        try {
            return NetmileException::of(
                (string) $ffi->netmile_error_code($error),
                (string) $ffi->netmile_error_detail($error),
                $ffi->netmile_error_field($error),
                (string) $ffi->netmile_error_hint($error, false),
                (string) $ffi->netmile_error_hint($error, true),
                (bool) $ffi->netmile_error_retryable($error),
            );
        } finally {
            $ffi->netmile_error_free($error);
        }
    }

    /**
     * Calls a function that takes an out-parameter and an error last.
     *
     * @param string $type what it gives out, such as `struct netmile_string*`
     */
    public static function made(string $function, string $type, #[\SensitiveParameter] mixed ...$arguments): \FFI\CData
    {
        $ffi = self::ffi();
        $out = $ffi->new($type);
        $error = $ffi->new('struct netmile_error*');
        $status = $ffi->{$function}(...[...$arguments, \FFI::addr($out), \FFI::addr($error)]);
        if ($status !== self::OK) {
            throw self::failure($error);
        }
        return $out;
    }

    /** Copies an owned text, and frees it. */
    public static function text(\FFI\CData $string): string
    {
        $ffi = self::ffi();
        try {
            return (string) $ffi->netmile_string_text($string);
        } finally {
            $ffi->netmile_string_free($string);
        }
    }

    private static function unusable(string $why): NetmileException
    {
        if (str_contains($why, 'ffi.enable')) {
            return new ConfigurationException(
                'configuration',
                'PHP may not call the library here: ffi.enable restricts it',
                hint: 'Name preload.php of this package in opcache.preload; leave ffi.enable=preload.',
                hintJa: 'opcache.preload にこのパッケージの preload.php を指定してください。ffi.enable=preload のままで構いません。',
            );
        }
        $isMissing = str_contains($why, 'Failed loading');
        return new LibraryException(
            $isMissing ? 'library_missing' : 'version_mismatch',
            $isMissing ? 'the netmile library for this system can not be loaded' : 'the netmile library is not the one that belongs to this package',
            hint: 'Install the library with tools/install-library.php, or name it in NETMILE_LIBRARY.',
            hintJa: 'tools/install-library.php でライブラリを設置するか、NETMILE_LIBRARY で指定してください。',
        );
    }
}
