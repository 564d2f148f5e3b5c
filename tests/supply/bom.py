"""Tells what is wrong with a list of parts; on standard input, what `cargo tree` prints of the same program."""

import json
import sys

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

# What the compiler brings.
ADDED = {"musl", "rust-std"}


def faults(text, crates):
    """Everything that is wrong with the list `text` of a program of these `crates`: sets of name and version."""
    invalid = JsonStrictValidator(SchemaVersion.V1_5).validate_str(text)
    if invalid:
        return [f"not valid: {invalid}"]
    bom = json.loads(text)
    listed = {(one["name"], one["version"]) for one in bom["components"] if one["name"] not in ADDED}
    own = bom["metadata"]["component"]
    listed.add((own["name"], own["version"]))
    components = {one["name"] for one in bom["components"]}
    found = [f"not listed: {name} {version}" for name, version in sorted(crates - listed)]
    found += [f"not in the program: {name} {version}" for name, version in sorted(listed - crates)]
    found += [f"not listed: {name}" for name in sorted(ADDED - components)]
    found += [f"without its hash: {one['name']}" for one in bom["components"]
              if one["name"] not in ADDED and not one.get("hashes")]
    found += [f"without a licence: {one['name']}" for one in bom["components"] if not one.get("licenses")]
    return found + (["names a folder"] if "file://" in text else [])


def read(lines):
    """The crates in what `cargo tree` printed."""
    words = (line.split() for line in lines if line.strip())
    return {(word[0], word[1].removeprefix("v")) for word in words}


def without(text, change):
    bom = json.loads(text)
    change(bom)
    return json.dumps(bom)


def main(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    crates = read(sys.stdin)
    assert len(crates) > 100, "cargo tree printed too little"
    found = faults(text, crates)
    for fault in found:
        print(fault)
    broken = {
        "a list without its version": without(text, lambda bom: bom.pop("specVersion")),
        "a list without one crate": without(text, lambda bom: bom["components"].pop()),
        "a list with a crate of another version": without(
            text, lambda bom: bom["components"][-1].update(version="0.0.0")
        ),
        "a list that names a folder": without(
            text, lambda bom: bom["components"][-1].update(description="file:///home")
        ),
    }
    for name, changed in broken.items():
        if not faults(changed, crates):
            sys.exit(f"{name} is not refused")
        print(f"refused, as it should be: {name}")
    if found:
        sys.exit(1)
    print(f"valid CycloneDX 1.5, {len(crates)} crates and what the compiler brings")


main(*sys.argv[1:])
