#!/usr/bin/env bash
# dependencies.sh            What is built in: are licences, sources and versions those that may be, and is any weakness of them known?
# dependencies.sh sbom FILE  Writes what is built in as an SBOM (CycloneDX 1.5, JSON).
#
# Asks cargo-deny (.config/deny.toml), and cargo-audit too where it is installed: both read the list of RustSec. What is not
# in PATH is built from the registry into target/tools (a few minutes, once). Where the registry or the list cannot be reached, that is
# said, and nothing fails for it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

say() { printf '== %s\n' "$*"; }

tools=$PWD/target/tools
export PATH="$PATH:$tools/bin"

# Unoptimised it is built in a third of the time, and asks as well.
have() {
    command -v "$1" >/dev/null && return
    say "building $1 $2 into $tools"
    timeout 900 cargo install --quiet --locked --debug --root "$tools" --target-dir "$tools/build" "$1" --version "$2" && return
    say "$1 could not be built here"
    return 1
}

if [ "${1-}" = sbom ]; then
    have cargo-cyclonedx 0.5.9
    # It writes beside the manifest.
    cargo cyclonedx --format json --spec-version 1.5 --override-filename sbom --quiet
    mv sbom.json "${2:?the file to write}"
    exit
fi

have cargo-deny 0.20.2 || { say "licences, sources and known weaknesses of dependencies are NOT checked"; exit 0; }
deny() { cargo deny --locked "$@"; }
deny --config .config/deny.toml check licenses bans sources
if timeout 120 cargo deny --locked --config .config/deny.toml fetch db >/dev/null 2>&1; then
    deny --offline --config .config/deny.toml check advisories
    if command -v cargo-audit >/dev/null; then cargo audit --deny yanked; fi
else
    say "the list of RustSec cannot be reached: known weaknesses of dependencies are NOT checked"
fi
