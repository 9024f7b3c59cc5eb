<?php

/**
 * For `opcache.preload`: compiles this package, so that it may call the library with `ffi.enable=preload`. Nothing is loaded
 * or started here.
 */

declare(strict_types=1);

(static function (): void {
    $files = new \RecursiveIteratorIterator(
        new \RecursiveDirectoryIterator(__DIR__ . '/src', \FilesystemIterator::SKIP_DOTS),
    );
    foreach ($files as $file) {
        if ($file->getExtension() === 'php') {
            opcache_compile_file($file->getPathname());
        }
    }
})();
