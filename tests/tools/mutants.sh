#!/usr/bin/env bash
# mutants.sh [ARGUMENTS…]     Do the domain's own tests notice a wrong rule?
#
# Changes the code of `src/domain` in small ways, one at a time (`<` for `<=`, a function that answers its default …),
# and runs the domain's tests on each. A change that no test notices is listed as MISSED. The arguments go on to
# `cargo mutants`: `--shard 0/15` tries every fifteenth change, `--file 'src/domain/rules/**'` those of one folder.
#
# The domain needs nothing else of the program, so it is tried as a crate of its own in target/mutants, which compiles
# in seconds instead of minutes. Needs cargo-mutants (`cargo install cargo-mutants --locked`).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

crate=target/mutants/domain
mkdir -p "$crate/src"
rm -rf "$crate/src/domain" "$crate/config"
cp -r config "$crate/"
cp -r src/domain "$crate/src/"
cp Cargo.lock "$crate/"
echo 'pub mod domain;' >"$crate/src/lib.rs"

# The dependencies of the program that the domain uses, as they stand there.
python3 - "$crate/Cargo.toml" <<'PYTHON'
import re, subprocess, sys, tomllib

manifest = tomllib.load(open("Cargo.toml", "rb"))
source = subprocess.run(["grep", "-rhoE", "--include=*.rs", r"\b[a-z_0-9]+::", "src/domain"],
                        capture_output=True, text=True, check=True).stdout
used = set(re.findall(r"[a-z_0-9]+", source))

def inline(value):
    if isinstance(value, str):
        return '"' + value + '"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return "{ " + ", ".join(f"{key} = {inline(each)}" for key, each in value.items()) + " }"

lines = ["[package]", 'name = "domain"', 'version = "0.0.0"', f'edition = "{manifest["package"]["edition"]}"', "[workspace]"]
for section in ("dependencies", "dev-dependencies"):
    lines.append(f"[{section}]")
    lines += [f"{name} = {inline(value)}" for name, value in manifest[section].items() if name.replace("-", "_") in used]
# The domain as it is, which compiles fastest; what it depends on is compiled once.
lines += ["[profile.dev]", "debug = false", '[profile.dev.package."*"]', "opt-level = 1"]
open(sys.argv[1], "w").write("\n".join(lines) + "\n")
PYTHON

cd "$crate"
# Only the tests inside `src/domain`: the library without them is not compiled, which takes as long again.
exec cargo mutants --in-place --output .. --no-shuffle --cargo-arg=--lib "$@"
