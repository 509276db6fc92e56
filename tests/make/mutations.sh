#!/usr/bin/env bash
# Breaks each promise once, by the patches of tests/mutations, and says which break no test notices. All of it happens
# in a copy of the clone beside the built files, which stays there, so that the next time only what is touched is built.
set -uo pipefail
cd "$(dirname "$0")/../.."

clone=$PWD
place=${CARGO_TARGET_DIR:?is set by make}/mutations
tree=$place/tree
only=${ONLY:-}
export CARGO_TARGET_DIR=$place/target CARGO_PROFILE_DEV_DEBUG=false CARGO_TERM_COLOR=never NO_COLOR=1
# The copy may lie inside another clone, whose git must not take it for its own.
export GIT_CEILING_DIRECTORIES=$place
# A break may make a test wait for ever.
patience=${PATIENCE:-600}

mkdir -p "$tree" "$place/said"
exec 9>"$place/lock"
flock -n 9 || { echo "make mutations runs already" >&2; exit 1; }

# By content, so that what a run before this one left broken is mended, and cargo sees exactly what changed.
copy() {
    git ls-files --cached --others --exclude-standard | while IFS= read -r file; do
        [ -f "$file" ] || continue
        cmp -s "$file" "$tree/$file" && continue
        mkdir -p "$tree/$(dirname "$file")"
        cp "$file" "$tree/$file"
        # A copy keeps no time: cargo would take it for older than what was built of the broken one.
        touch "$tree/$file"
    done
    (cd "$tree" && find . -type f) | sed 's|^\./||' | while IFS= read -r file; do
        [ -f "$clone/$file" ] || rm -f "$tree/$file"
    done
}

header() { sed -n "s/^$1: //p" "$2" | head -n 1; }

# Builds or runs a test; what was said goes to the file of the third argument.
try() {
    local what=$1 said=$3 words
    # shellcheck disable=SC2086 # a command line in words
    words=$(set -f; echo $2)
    local test=${words##* } package=${words% *}
    # shellcheck disable=SC2086
    if [ "$what" = build ]; then
        (cd "$tree" && cargo test --quiet $package --no-run) >"$said" 2>&1
    else
        (cd "$tree" && timeout "$patience" cargo test --quiet $package -- --exact "$test") >"$said" 2>&1
    fi
}

# A test has to be there, and to end well, before its failure says anything.
look() {
    local said=$place/said/$1
    try build "$2" "$said" && try run "$2" "$said" && grep -q '^test result: ok. 1 passed' "$said"
}

mutate() {
    local patch=$1 name said test
    name=$(basename "$patch" .patch)
    said=$place/said/$name
    test=$(header Test "$patch")
    grep -qxF -- "$test" <<<"$unsound" && { echo "its test fails unbroken"; return 1; }
    (cd "$tree" && git apply "$patch") 2>"$said" || { echo "does not apply"; return 1; }
    local verdict="noticed" code=0
    if ! try build "$test" "$said"; then
        verdict="does not compile" code=1
    elif try run "$test" "$said"; then
        verdict="NOT NOTICED" code=1
    fi
    (cd "$tree" && git apply -R "$patch")
    echo "$verdict"
    return $code
}

copy
rm -f "$place"/said/*
patches=()
for patch in "$clone"/tests/mutations/"$only"*.patch; do [ -f "$patch" ] && patches+=("$patch"); done

echo "== The tests, with nothing broken"
n=0 unsound=
while IFS= read -r test; do
    n=$((n + 1))
    look "whole-$n" "$test" && continue
    echo "fails, or is not there: cargo test $test"
    unsound+="$test"$'\n'
done < <(for patch in "${patches[@]}"; do header Test "$patch"; done | sort -u)

echo "== Broken one by one"
bad=0
for patch in "${patches[@]}"; do
    verdict=$(mutate "$patch") || bad=$((bad + 1))
    printf '%-26s %-44s %s\n' "$(basename "$patch" .patch)" "$(header Promise "$patch")" "$verdict"
done
echo
echo "${#patches[@]} breaks, $((${#patches[@]} - bad)) noticed, $bad not (what was said lies in $place/said)"
[ "$bad" -eq 0 ] && [ "${#patches[@]}" -gt 0 ]
