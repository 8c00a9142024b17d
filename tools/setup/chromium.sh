#!/usr/bin/env bash
# Makes sure that a Chromium is on this machine: the browser tests look at
# the finished pages as a reader does. Installs Debian's package when that
# is possible and says plainly what to do when it is not.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if command -v apt-get >/dev/null 2>&1; then
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root=(sudo)
    else echo "Chromium is missing and this user may not install packages; run: sudo apt-get install chromium" >&2; exit 1; fi
  fi
  echo "Chromium is missing: installing the system's package …"
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
  exit 0
fi
echo "Chromium is missing and no apt-get was found; install Chromium with this system's package manager." >&2
exit 1
