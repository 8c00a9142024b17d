#!/usr/bin/env bash
# Makes sure that a PostgreSQL server is on this machine: the tests of the
# SQL sources start one of their own (never the system's). Installs Debian's
# package when that is possible and says plainly what to do when it is not.
set -euo pipefail
if command -v initdb >/dev/null 2>&1 || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then exit 0; fi
if command -v apt-get >/dev/null 2>&1; then
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root=(sudo)
    else echo "PostgreSQL is missing and this user may not install packages; run: sudo apt-get install postgresql" >&2; exit 1; fi
  fi
  echo "PostgreSQL is missing: installing the system's package …"
  # No cluster of the system's own is wanted: the tests make theirs.
  "${as_root[@]}" mkdir -p /etc/postgresql-common
  if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    echo "create_main_cluster = false" | "${as_root[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
  fi
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
  exit 0
fi
echo "PostgreSQL is missing and no apt-get was found; install its server with this system's package manager." >&2
exit 1
