<?php

declare(strict_types=1);

// NETMILE_AUTOLOAD names the autoloader of an application that Composer installed the package into.
require getenv('NETMILE_AUTOLOAD') ?: throw new RuntimeException('NETMILE_AUTOLOAD must name an autoloader');

spl_autoload_register(static function (string $class): void {
    if (str_starts_with($class, 'Netmile\\Tests\\')) {
        require __DIR__ . '/' . strtr(substr($class, 14), '\\', '/') . '.php';
    }
});
