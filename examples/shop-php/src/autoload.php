<?php

declare(strict_types=1);

$installed = __DIR__ . '/../vendor/autoload.php';
if (is_file($installed)) {
    require $installed;
} else {
    // Not installed by itself: the application around it names its autoloader.
    require getenv('NETMILE_AUTOLOAD') ?: throw new RuntimeException('run composer install first');
    spl_autoload_register(static function (string $class): void {
        if (str_starts_with($class, 'Shop\\')) {
            require __DIR__ . '/' . strtr(substr($class, 5), '\\', '/') . '.php';
        }
    });
}
