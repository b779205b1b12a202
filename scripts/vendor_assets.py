"""Fetch the pinned front-end files from their npm packages, or check that they are unchanged.

``python scripts/vendor_assets.py`` packs each package named in the manifest with ``npm pack``
and writes its files and the icon sprite; ``--check`` compares the files on disk with the
manifest and touches neither network nor disk. A changed version is entered in the manifest
by hand: the run then names the sums it found and stops before anything is replaced.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "src/thidua/ui/static/ui/vendor/MANIFEST.toml"


class AssetError(Exception):
    """A vendored file is missing, changed, or could not be fetched."""


@dataclass(frozen=True, slots=True)
class VendoredFile:
    """One file inside a package, and where it stands in this repository."""

    source: str
    target: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Package:
    name: str
    version: str
    files: tuple[VendoredFile, ...]

    @property
    def pin(self) -> str:
        return f"{self.name}@{self.version}"


@dataclass(frozen=True, slots=True)
class Sprite:
    """The icons of one package joined in one file of symbols."""

    package: str
    target: Path
    sha256: str
    names: tuple[str, ...]


def read_manifest(path: Path = MANIFEST) -> tuple[list[Package], Sprite]:
    manifest = tomllib.loads(path.read_text(encoding="utf-8"))
    packages = [
        Package(
            entry["name"],
            entry["version"],
            tuple(
                VendoredFile(file["source"], ROOT / entry["folder"] / file["target"], file["sha256"])
                for file in entry["files"]
            ),
        )
        for entry in manifest["package"]
    ]
    icons = manifest["icons"]
    sprite = Sprite(
        icons["package"],
        ROOT / icons["target"],
        icons["sha256"],
        tuple(name for line in icons["names"] for name in line.split()),
    )
    return packages, sprite


def differences(packages: list[Package], sprite: Sprite) -> Iterator[str]:
    """Name each vendored file that is missing or not the one the manifest pins."""
    wanted = [(file.target, file.sha256) for package in packages for file in package.files]
    for target, sha256 in [*wanted, (sprite.target, sprite.sha256)]:
        shown = target.relative_to(ROOT)
        if not target.is_file():
            yield f"{shown}: missing"
        elif (found := _sum(target.read_bytes())) != sha256:
            yield f"{shown}: sha256 is {found}, the manifest says {sha256}"
    if sprite.target.is_file():
        yield from _sprite_differences(sprite)


def assert_unchanged(packages: list[Package], sprite: Sprite) -> None:
    if found := list(differences(packages, sprite)):
        raise AssetError("\n".join(found))


def _sprite_differences(sprite: Sprite) -> Iterator[str]:
    present = set(re.findall(r'<symbol id="([a-z0-9-]+)"', sprite.target.read_text(encoding="utf-8")))
    for name in sorted(present ^ set(sprite.names)):
        yield f"{sprite.target.name}: icon {name!r} stands in only one of sprite and manifest"


def fetch(package: Package, folder: Path) -> Path:
    """Pack one package with npm and unpack it under ``folder``; its own folder is returned."""
    place = folder / package.pin.replace("/", "+")
    place.mkdir()
    packed = subprocess.run(
        ["npm", "pack", package.pin, "--silent", "--pack-destination", str(place)],
        check=False,
        capture_output=True,
        text=True,
    )
    if packed.returncode:
        raise AssetError(f"npm could not pack {package.pin}: {packed.stderr.strip()}")
    (archive,) = place.glob("*.tgz")
    with tarfile.open(archive) as tar:
        tar.extractall(place, filter="data")
    return place / "package"


def build_sprite(icons: Path, names: tuple[str, ...]) -> bytes:
    """Join the named lucide drawings into one SVG of symbols, in the order of the alphabet."""
    symbols = []
    for name in sorted(names):
        drawing = icons / f"{name}.svg"
        if not drawing.is_file():
            raise AssetError(f"lucide has no icon named {name!r}")
        inside = re.search(r"<svg[^>]*>(.*)</svg>", drawing.read_text(encoding="utf-8"), re.DOTALL)
        if inside is None:
            raise AssetError(f"{drawing.name} is not a drawing")
        shapes = "".join(line.strip() for line in inside[1].splitlines())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    head = '<svg xmlns="http://www.w3.org/2000/svg"><!-- lucide, ISC licence -->'
    return "\n".join([head, *symbols, "</svg>", ""]).encode()


def refresh(packages: list[Package], sprite: Sprite) -> None:
    """Fetch everything, compare it all, and only then write."""
    found: dict[Path, tuple[bytes, str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for package in packages:
            print(f"packing {package.pin}")
            unpacked = fetch(package, Path(folder))
            for file in package.files:
                found[file.target] = ((unpacked / file.source).read_bytes(), file.sha256)
            if package.name == sprite.package:
                found[sprite.target] = (build_sprite(unpacked / "icons", sprite.names), sprite.sha256)
    wrong = [
        f'{target.relative_to(ROOT)}: found sha256 = "{_sum(content)}"'
        for target, (content, sha256) in found.items()
        if _sum(content) != sha256
    ]
    if wrong:
        raise AssetError("these differ from the manifest; nothing was written:\n  " + "\n  ".join(wrong))
    for target, (content, _) in found.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description="Fetch the pinned front-end files, or check them.")
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 when something differs")
    arguments = parser.parse_args()
    packages, sprite = read_manifest()
    try:
        if not arguments.check:
            refresh(packages, sprite)
        assert_unchanged(packages, sprite)
    except AssetError as error:
        print(error, file=sys.stderr)
        return 1
    print("all vendored files are as the manifest pins them")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
