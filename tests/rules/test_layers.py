"""The import contracts name every feature: one that they forget would be free to import anything."""

import ast
import tomllib

from tests.server import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]


def layers() -> set[str]:
    """Every layer of the first contract."""
    return {name.strip() for layer in CONTRACTS[0]["layers"] for name in layer.split("|")}


def registered() -> set[str]:
    """The features that the factory registers."""
    tree = ast.parse((ROOT / "app" / "__init__.py").read_text())
    register = next(
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name == "_register_features"
    )
    return {
        name.name
        for node in ast.walk(register)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }


def test_the_layers_are_the_registered_features_and_the_core():
    assert layers() == registered() | {"core"}


def test_every_feature_folder_is_registered():
    folders = {path.parent.name for path in (ROOT / "app").glob("*/__init__.py")}
    assert folders == layers()


def test_the_other_contracts_name_every_feature():
    features = {f"app.{name}" for name in registered()}
    settings, tables = CONTRACTS[1], CONTRACTS[2]
    assert set(settings["forbidden_modules"]) == features
    assert features <= set(tables["source_modules"])
