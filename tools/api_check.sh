#!/usr/bin/env bash
# Holds a running server to its OpenAPI document: tools/api_check.sh WAYBILL OUT [EXAMPLES]
# The document must be valid OpenAPI 3.1, and schemathesis must find no answer that it does not allow.
# Needs Python 3 with venv, and the network once: the tools go into OUT/api-check.
set -euo pipefail
waybill=$(realpath "$1")
[ -z "${WAYBILL_MODEL:-}" ] || WAYBILL_MODEL=$(realpath "$WAYBILL_MODEL")
export WAYBILL_MODEL
examples=${3:-50}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$2/api-check"
out=$(realpath "$2")/api-check
python=${API_CHECK_VENV:-$out/venv}/bin
if [ ! -x "$python/schemathesis" ]; then
  python3 -m venv "$out/venv"
  "$python/pip" install --quiet --disable-pip-version-check -r "$here/api_check.txt"
fi
rm -f "$out"/ledger.db*
"$waybill" --ledger "$out/ledger.db" ingest "$here/../samples" || [ $? -eq 3 ]
token=$("$waybill" --ledger "$out/ledger.db" token create --role admin --name check 2>&1 | grep -o 'wb_[0-9a-f]*' | head -n 1)
"$waybill" --ledger "$out/ledger.db" serve --listen 127.0.0.1:0 --require-token --rate 100000 2> "$out/server.log" &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
base=
for _ in $(seq 100); do
  base=$(grep -o 'http://[0-9.:]*' "$out/server.log" | head -n 1 || true)
  [ -z "$base" ] || break
  sleep 0.1
done
[ -n "$base" ] || { cat "$out/server.log" >&2; exit 1; }
bearer="Authorization: Bearer $token"
"$python/python" - "$base" "$bearer" "$out/openapi.json" <<'PY'
import json, sys, urllib.request
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
base, bearer, out = sys.argv[1:]
name, value = bearer.split(": ")
with urllib.request.urlopen(urllib.request.Request(base + "/api/v1/openapi.json", headers={name: value})) as answer:
    document = json.load(answer)
validate(document, cls=OpenAPIV31SpecValidator)
json.dump(document, open(out, "w"))
print(f"OpenAPI {document['openapi']}: valid, {len(document['paths'])} paths")
PY
cd "$out"
"$python/schemathesis" --config-file "$here/api_check.toml" run "$out/openapi.json" --url "$base" -H "$bearer" \
  --max-examples "$examples" --phases examples,coverage,fuzzing --seed 1
