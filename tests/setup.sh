#!/usr/bin/env bash
# Installs the Debian packages that the tests need, if they are missing. Needs root for that.
set -euo pipefail

need=()
want() { # command package…
  command -v "$1" >/dev/null 2>&1 || need+=("${@:2}")
}
want cc build-essential
want python3 python3
# Debian's Python makes no environment without it.
python3 -c 'import ensurepip' >/dev/null 2>&1 || need+=(python3-venv)
want chromium chromium
want chromedriver chromium-driver
want javac openjdk-17-jdk-headless
want mvn maven openjdk-17-jdk-headless
want valgrind valgrind
want g++ g++
want cmake cmake
want pkg-config pkg-config
want openssl openssl
want composer composer
want phpunit phpunit
[ -n "$(find /usr/sbin -name 'php-fpm*')" ] || need+=(php-fpm)
for extension in curl mbstring sqlite3 xml; do
  php -m 2>/dev/null | grep -qix "$extension" || need+=("php-$extension")
done
command -v php >/dev/null 2>&1 || need+=(php-cli)
# The server's binaries are in no usual place on Debian: tests/postgres.sh looks where this looks.
[ -n "$(find /usr/lib/postgresql -name initdb 2>/dev/null)" ] || want initdb postgresql
# The widths of pages are tested, so the fonts are part of the test.
fc-list 2>/dev/null | grep -qi 'cjk' || need+=(fonts-noto-cjk)
fc-list 2>/dev/null | grep -qi 'liberation' || need+=(fonts-liberation)

if [ ${#need[@]} -gt 0 ]; then
  if [ "$(id -u)" != 0 ]; then
    echo "these packages are missing, install them first: ${need[*]}" >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  retry=(-o Acquire::Retries=5)
  apt-get "${retry[@]}" update -qq
  apt-get "${retry[@]}" install -y -qq --no-install-recommends "${need[@]}" >/dev/null
fi
