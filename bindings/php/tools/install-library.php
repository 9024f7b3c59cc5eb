<?php

/** Puts a built libnetmile into the package, under lib/ for this machine: php tools/install-library.php target/release/libnetmile.so */

declare(strict_types=1);

require __DIR__ . '/../src/Internal/Native.php';
require __DIR__ . '/../src/Generated/Version.php';

$from = $argv[1] ?? '';
$to = Netmile\Internal\Native::installed();
if (!is_file($from)) {
    fwrite(STDERR, "usage: php tools/install-library.php path/to/libnetmile.so\n");
    exit(2);
}
is_dir(dirname($to)) || mkdir(dirname($to), 0755, true);
// A process that has it loaded must not see it change underneath: the new file takes the name of the old one.
if (!copy($from, "{$to}.new") || !rename("{$to}.new", $to)) {
    fwrite(STDERR, "the library could not be written\n");
    exit(1);
}
echo "installed: lib/" . basename(dirname($to)) . '/' . basename($to) . "\n";
