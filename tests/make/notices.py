"""Writes docs/third-party.md: what ships with the programs, and under which licence. Called by `make notices`."""

import json
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "docs" / "third-party.md"
# What of npm ends up in the window; the rest only builds it.
SHIPPED = ("svelte", "@kern-ux/native", "@fontsource/fira-sans", "@tauri-apps/api")


def crates():
    told = subprocess.run(
        ["cargo", "metadata", "--format-version=1", "--locked", "--filter-platform=x86_64-unknown-linux-gnu"],
        cwd=ROOT, check=True, capture_output=True, text=True).stdout
    told = json.loads(told)
    nodes = {node["id"]: node for node in told["resolve"]["nodes"]}
    packages = {package["id"]: package for package in told["packages"]}
    programs = [i for i in told["workspace_members"] if packages[i]["name"] in ("quartierbuch", "city")]
    seen, waiting = set(), programs
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        for need in nodes[one]["deps"]:
            if any(kind["kind"] is None for kind in need["dep_kinds"]):
                waiting.append(need["pkg"])
    found = [packages[i] for i in seen if packages[i]["source"]]
    return sorted((p["name"], p["version"], p["license"] or "see its licence file") for p in found)


def modules():
    for name in SHIPPED:
        told = json.loads((ROOT / "ui" / "node_modules" / name / "package.json").read_text("utf-8"))
        yield name, told["version"], told["license"]


def table(rows):
    lines = ["| name | version | licence |", "| --- | --- | --- |"]
    return "\n".join(lines + [f"| {name} | {version} | {licence} |" for name, version, licence in rows])


OUT.write_text(
    "# What ships with Quartierbuch\n\nWritten by `make notices` from Cargo.lock and package-lock.json.\n\n"
    "Fonts: Fira Sans (SIL Open Font License 1.1), as part of @fontsource/fira-sans.\n\n"
    f"## In the window\n\n{table(modules())}\n\n## In the programs\n\n{table(crates())}\n", "utf-8")
print(OUT.relative_to(ROOT))
