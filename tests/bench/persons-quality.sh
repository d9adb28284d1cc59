#!/bin/sh
# persons-quality.sh - how well cluster parts names into persons
#
# usage: persons-quality.sh EVAL
exec /usr/bin/python3 "$(dirname "$0")/persons-quality.py" \
    "${BIN:-$(dirname "$0")/../../bin}/cluster" "$1"
