"""What is installed from the wheel is whole: the packages, and the data that a checkout finds beside them."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with ZipFile(next(folder.glob("*.whl"))) as found:
        return set(found.namelist())


@pytest.mark.parametrize("package", ["flows", "states", "rekindle"])
def test_every_module_is_in_the_wheel(package: str, wheel: set[str]) -> None:
    modules = {str(file.relative_to(ROOT)) for file in (ROOT / package).rglob("*.py")}
    assert modules
    assert modules <= wheel


@pytest.mark.parametrize("data", ["config", "templates"])
def test_the_data_lies_in_the_package(data: str, wheel: set[str]) -> None:
    files = {f"rekindle/_data/{file.relative_to(ROOT)}" for file in (ROOT / data).rglob("*.*") if file.is_file()}
    assert files
    assert files <= wheel
