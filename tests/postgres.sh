#!/usr/bin/env bash
# A private PostgreSQL server for tests, in a directory of its own, on a free port of the loopback.
#
#   tests/postgres.sh start DIR     starts a new server and prints its URL
#   tests/postgres.sh stop DIR      stops it and removes DIR
#   tests/postgres.sh shut DIR      shuts it down, ending its sessions
#   tests/postgres.sh crash DIR     stops it without a shutdown, as a power cut would
#   tests/postgres.sh again DIR     starts a stopped server again, on the same port
#   tests/postgres.sh run DIR       start, then stop as soon as standard input ends: with the test that started it
#
# DIR is created. fsync stays on. Connections may use TLS; DIR/tls/authority.pem is its authority. As root the server
# runs as the user postgres. NETMILE_PG_BIN names the directory of the binaries if they are in no usual place.
set -euo pipefail

fail() {
  echo "tests/postgres.sh: $*" >&2
  exit 1
}

binaries() {
  local found
  if [ -n "${NETMILE_PG_BIN:-}" ]; then
    found=$NETMILE_PG_BIN
  elif command -v initdb >/dev/null 2>&1 && command -v pg_ctl >/dev/null 2>&1; then
    found=$(dirname "$(command -v initdb)")
  else
    found=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
  fi
  if [ ! -x "$found/initdb" ] || [ ! -x "$found/pg_ctl" ]; then
    fail "PostgreSQL is missing; the tests of the PostgreSQL journal need it: run tests/setup.sh, or apt-get install postgresql"
  fi
  echo "$found"
}

# PostgreSQL refuses to run as root.
as_server() {
  if [ "$(id -u)" = 0 ]; then
    runuser -u postgres -- "$@"
  else
    "$@"
  fi
}

random() { # bytes
  od -An -N "$1" -tx1 /dev/urandom | tr -d ' \n'
}

# An authority and a certificate of it for this machine, both for a few days.
make_certificate() { # directory
  local tls=$1
  mkdir "$tls"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 7 -subj "/CN=tests" \
    -addext "basicConstraints=critical,CA:TRUE" -keyout "$tls/authority.key" -out "$tls/authority.pem" 2>/dev/null
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=localhost" \
    -keyout "$tls/server.key" -out "$tls/server.csr" 2>/dev/null
  printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n' \
    >"$tls/server.ext"
  openssl x509 -req -in "$tls/server.csr" -CA "$tls/authority.pem" -CAkey "$tls/authority.key" -CAcreateserial \
    -days 7 -extfile "$tls/server.ext" -out "$tls/server.pem" 2>/dev/null
  chmod 600 "$tls/server.key"
}

start() { # directory
  local dir=$1 password tries port
  mkdir -p "$dir"
  dir=$(cd "$dir" && pwd)
  [ -z "$(ls -A "$dir")" ] || fail "$dir is not empty"
  chmod 755 "$dir"
  mkdir -m 700 "$dir/server"
  password=$(random 16)
  (umask 077 && echo "$password" >"$dir/password")
  make_certificate "$dir/tls"
  if [ "$(id -u)" = 0 ]; then
    chown postgres "$dir/server" "$dir/password" "$dir/tls/server.key"
  fi
  as_server "$bin/initdb" -D "$dir/server/data" -U netmile --pwfile="$dir/password" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1 || fail "initdb failed: $(cat "$dir/initdb.log")"
  # SCRAM for everybody but the owner: an unoptimised client takes a good part of a second for it.
  as_server tee "$dir/server/data/pg_hba.conf" >/dev/null <<CONF
host all netmile 127.0.0.1/32 password
host all all 127.0.0.1/32 scram-sha-256
CONF
  as_server tee -a "$dir/server/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 100
fsync = on
ssl = on
ssl_cert_file = '$dir/tls/server.pem'
ssl_key_file = '$dir/tls/server.key'
logging_collector = off
CONF
  # Another process may take a port between the choice and the start.
  for tries in $(seq 20); do
    port=$((20000 + 0x$(random 2) % 12000))
    if as_server "$bin/pg_ctl" -D "$dir/server/data" -l "$dir/server/log" -o "-p $port" -w -t 60 start >/dev/null 2>&1
    then
      echo "$port" >"$dir/port"
      echo "postgres://netmile:$password@127.0.0.1:$port/postgres"
      return
    fi
    grep -q "Address already in use" "$dir/server/log" || fail "no start: $(cat "$dir/server/log")"
  done
  fail "no free port after $tries tries"
}

control() { # directory arguments…
  as_server "$bin/pg_ctl" -D "$1/server/data" -w -t 60 "${@:2}" >/dev/null
}

stop() { # directory
  if [ -f "$1/server/data/postmaster.pid" ]; then
    control "$1" -m immediate stop || true
  fi
  rm -rf "$1"
}

[ $# -eq 2 ] || fail "usage: tests/postgres.sh start|stop|shut|crash|again|run DIR"
bin=$(binaries)
# Where the server's user may stand.
case $2 in
  /*) dir=$2 ;;
  *) dir=$PWD/$2 ;;
esac
cd /
case $1 in
  start) start "$dir" ;;
  stop) stop "$dir" ;;
  shut) control "$dir" -m fast stop ;;
  crash) control "$dir" -m immediate stop ;;
  again) control "$dir" -l "$dir/server/log" -o "-p $(cat "$dir/port")" start ;;
  run)
    # The signals of a terminal reach the whole group: the end of the input is what counts.
    trap '' INT TERM HUP
    trap 'stop "$dir"' EXIT
    start "$dir"
    cat >/dev/null
    ;;
  *) fail "no such command: $1" ;;
esac
