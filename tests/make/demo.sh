#!/usr/bin/env bash
# A sample city on this machine and a demo notebook in it; then the window, or, without a display, the main job.
# Called by `make run`, which builds first. RESET=1 begins anew.
set -euo pipefail
cd "$(dirname "$0")/../.."

programs="$CARGO_TARGET_DIR/debug"
samples=tests/data
month=2026-10
demo="${XDG_STATE_HOME:-$HOME/.local/state}/quartierbuch-demo"
# The districts of the sample log.
districts=("Berliner Platz" Daberstedt Herrenberg Ilversgehofen Johannesplatz Johannesvorstadt Krämpfervorstadt
    Melchendorf "Moskauer Platz" Rieth "Roter Berg" Wiesenhügel)

[ "${RESET:-}" = 1 ] && rm -rf "$demo"
umask 077
mkdir -p "$demo/logs"

city() { "$programs/city" "$@" --data-dir "$demo/city"; }
book() { "$programs/quartierbuch" --data-dir "$demo/notebook" --passphrase-file "$demo/passphrase" "$@"; }
# The value of a member in a line of JSON that one of our own programs wrote.
member() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" | head -n 1; }
fail() { echo "$*" >&2; exit 1; }

serving=
end_city() {
    [ -n "$serving" ] || return 0
    kill -TERM "$serving" 2>/dev/null || true
    wait "$serving" 2>/dev/null || true
    serving=
}
trap end_city EXIT
trap 'exit 130' INT TERM

# The notebook remembers where its city listens, so the port of the first start is kept.
start_city() {
    local listen=127.0.0.1:0 answer="$demo/logs/city.out"
    [ -f "$demo/city.url" ] && listen=$(sed 's#^http://##' "$demo/city.url")
    # Not through the function above: its process would stand between us and the signal that ends the city.
    "$programs/city" serve --data-dir "$demo/city" --listen "$listen" >"$answer" 2>"$demo/logs/city.log" &
    serving=$!
    local tries=0
    until grep -q listening "$answer"; do
        kill -0 "$serving" 2>/dev/null || fail "The sample city did not start (see $demo/logs/city.log). If another program took its port: make run RESET=1"
        tries=$((tries + 1))
        [ "$tries" -lt 300 ] || fail "The sample city does not answer (see $demo/logs/city.log)."
        read -r -t 0.1 <> <(:) || true
    done
    member listening <"$answer" >"$demo/city.url"
    echo "The sample city listens at $(cat "$demo/city.url")"
}

found_city() {
    echo "Founding a sample city with the districts of $samples/erfurt-districts.csv"
    city admin init --city "Musterstadt" --districts "$samples/erfurt-districts.csv" >/dev/null
    city admin organisation add "Team Nord" >/dev/null
    local wished=()
    for district in "${districts[@]}"; do wished+=(--district "$district"); done
    city admin person add --name "Anna Beispiel" --organisation "Team Nord" --role lead "${wished[@]}" --json | member id >"$demo/person"
}

enrol() {
    tr -dc 'a-z0-9' </dev/urandom | head -c 40 >"$demo/passphrase" || true
    city admin invite "$(cat "$demo/person")" --json | member code |
        book enrol --city "$(cat "$demo/city.url")" --code - --device-name demo >/dev/null
    book sync --wait >/dev/null
    echo "Taking in an old log of 240 conversations"
    book import notes "$samples/gespraeche-$month.csv" || true
    book sync --wait
}

[ -f "$demo/person" ] || { rm -rf "$demo/city"; found_city; }
start_city
[ -f "$demo/ready" ] || { rm -rf "$demo/notebook"; enrol; touch "$demo/ready"; }

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "Opening the window. The city ends with it; the demo stays in $demo"
    book
    exit
fi

echo "No display: doing the main job on the command line."
log() { book note add --district Rieth --topic "$1" --at "$2" --text - >/dev/null; }
if [ ! -f "$demo/logged" ]; then
    echo "Der Aufzug steht seit drei Wochen, niemand sagt warum." | log "Wohnen und Segregation" "$month-14T10:30:00+02:00"
    echo "Möchte im Hof eine Tischtennisplatte mitbauen." | log "Öffentlicher Raum" "$month-14T15:10:00+02:00"
    echo "Kommt seit dem Umzug kaum unter Leute." | log "Einsamkeit" "$month-14T16:00:00+02:00"
    touch "$demo/logged"
    echo "Three conversations logged."
fi
book sync --wait
mkdir -p "$demo/export"
for format in xlsx csv json; do
    book export month "$month" --format "$format" --out "$demo/export/$month.$format" >/dev/null
done
echo "The month's export:"
ls -1 "$demo/export/$month".*
