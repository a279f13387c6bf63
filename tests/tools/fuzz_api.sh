#!/usr/bin/env bash
# fuzz_api.sh BASE_URL TOKEN: holds a running server against its own OpenAPI description.
# FUZZ_SEED, FUZZ_EXAMPLES (per operation) and FUZZ_SECONDS can be set in the environment.
# The exit code is schemathesis' own: 0 passed, 1 failures found, 2 could not run, 130 out of time.
set -euo pipefail
base=${1:?usage: fuzz_api.sh BASE_URL TOKEN}
token=${2:?usage: fuzz_api.sh BASE_URL TOKEN}
base=${base%/}
tools=${RETTEMATCH_TEST_TOOLS:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/target/tools/venv/bin}

# A folder of its own, so that neither reports nor .hypothesis end up in the checkout,
# and no schemathesis.toml from above it is picked up.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# A proxy from the environment would see the requests, and the token.
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY

checks=not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance
checks+=,response_schema_conformance,negative_data_rejection,unsupported_method,ignored_auth
options=(
    --origin "$base"
    --header "Authorization: Bearer $token"
    --checks "$checks"
    --phases "examples,coverage,fuzzing"
    # These would end the fuzzer's own session, or change the password it signed in with.
    # One pattern for both: given twice, the option only keeps the last.
    --exclude-name-regex '^(DELETE (/api/v1)?/sessions(/current)?|PUT (/api/v1)?/accounts/\{[^}]+\}/password)$'
    --seed "${FUZZ_SEED:-20250601}"
    --max-examples "${FUZZ_EXAMPLES:-15}"
    # One worker: with two, Python 3.11 at times fails in its own parser ("AST constructor recursion depth mismatch").
    --workers 1
    --request-timeout 20
    --continue-on-failure
    --generation-database none
    --no-color
)

# Not --max-time: that makes the fuzzing go on until the time is spent. This only cuts it short,
# with the signal that lets schemathesis still print what it found.
timeout --preserve-status --signal=INT --kill-after=30 "${FUZZ_SECONDS:-900}" \
    "$tools/st" run "${options[@]}" "$base/api/v1/openapi.json"
