#!/bin/bash
# oracle.t - our reader of XML and libxml2 tell the same of each document in the
# golden cases, as TAP
set -u
export LC_ALL=C
cd "$(dirname "$0")" || exit 1
mapfile -t files < <(grep -lE '^[[:space:]]*<[?!a-zA-Z]' \
    golden/parse/*/in fuzz/seeds/*/*)
"${ORACLES:-../build}/oracle-xml" "${files[@]}" 2> >(sed 's/^/# /')
