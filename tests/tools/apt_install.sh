#!/usr/bin/env bash
# apt_install.sh PACKAGE…: installs Debian packages, as root or by sudo. Fails where there is no apt-get.
set -euo pipefail
if ! command -v apt-get >/dev/null; then
    echo "missing: $*; there is no apt-get here to install it with" >&2
    exit 1
fi
echo "== installing $* with apt-get" >&2
as_root=(env DEBIAN_FRONTEND=noninteractive)
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo "${as_root[@]}"); fi
"${as_root[@]}" apt-get update >&2
"${as_root[@]}" apt-get install -y --no-install-recommends "$@" >&2
