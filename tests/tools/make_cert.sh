#!/usr/bin/env bash
# make_cert.sh DIR: a throwaway CA (ca.pem) and a server certificate for localhost and 127.0.0.1
# (server.pem, server.key), valid for two days. Extensions are spelled out because webpki is strict:
# it wants v3, a name in subjectAltName, a CA that says so, and a leaf that does not.
set -euo pipefail
dir=${1:?usage: make_cert.sh DIR}
mkdir -p "$dir"
cd "$dir"
umask 077

# The machine's openssl.cnf is not consulted: its defaults would add extensions of their own.
cat >openssl.cnf <<'CNF'
[req]
distinguished_name = none
prompt = no
[none]
[ca]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost, IP:127.0.0.1
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
CNF
export OPENSSL_CONF=$PWD/openssl.cnf

openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ca.key
openssl req -x509 -new -config openssl.cnf -extensions ca -key ca.key -sha256 -days 2 \
    -subj "/CN=rettematch test CA" -out ca.pem
openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out server.key
openssl req -new -config openssl.cnf -key server.key -subj "/CN=localhost" -out server.csr
openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -set_serial "0x$(openssl rand -hex 8)" \
    -extfile openssl.cnf -extensions server -sha256 -days 2 -out server.pem 2>/dev/null

# Nothing else is to be signed by this CA.
rm -f ca.key server.csr openssl.cnf
