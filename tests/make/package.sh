#!/usr/bin/env bash
# Builds the .deb of the notebook and of the city, and prints where they lie and how large they are.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)
architecture=$(dpkg --print-architecture)
out="$CARGO_TARGET_DIR/packages"
stage="$CARGO_TARGET_DIR/stage-city"
rm -rf "$out" "$stage"
mkdir -p "$out"

echo "Building the notebook's package"
make --no-print-directory ui/node_modules/.built
# From src-tauri, whose configuration it reads; it embeds ui/dist, which is built above.
(cd src-tauri && ../ui/node_modules/.bin/tauri build --ci --bundles deb)
cp "$CARGO_TARGET_DIR"/release/bundle/deb/*.deb "$out/quartierbuch_${version}_${architecture}.deb"

echo "Building the city's package"
cargo build --release --quiet -p city
install -D -m 755 "$CARGO_TARGET_DIR/release/city" "$stage/usr/bin/city"
install -D -m 644 tests/make/city.service "$stage/lib/systemd/system/quartierbuch-city.service"
install -D -m 644 LICENSE "$stage/usr/share/doc/quartierbuch-city/copyright"
install -D -m 644 docs/protocol.md "$stage/usr/share/doc/quartierbuch-city/protocol.md"

# dpkg-shlibdeps wants a source package around it; an empty one will do.
mkdir -p "$stage.debian/debian"
printf 'Source: quartierbuch-city\n' >"$stage.debian/debian/control"
needs=$(cd "$stage.debian" && dpkg-shlibdeps -O "$stage/usr/bin/city" 2>/dev/null | sed 's/^shlibs:Depends=//')
rm -rf "$stage.debian"

install -d "$stage/DEBIAN"
cat >"$stage/DEBIAN/control" <<CONTROL
Package: quartierbuch-city
Version: $version
Architecture: $architecture
Maintainer: Quartierbuch maintainers <quartierbuch@localhost>
Section: net
Priority: optional
Depends: $needs
Installed-Size: $(du -k -s "$stage/usr" | cut -f1)
Description: City server of the Quartierbuch
 Orders the changes that district workers' notebooks send, enforces who may
 see what, and forgets on request. Keeps an encrypted ledger of its own.
CONTROL
dpkg-deb --root-owner-group --build "$stage" "$out/quartierbuch-city_${version}_${architecture}.deb" >/dev/null
rm -rf "$stage"

echo
du -h --apparent-size "$out"/*.deb
