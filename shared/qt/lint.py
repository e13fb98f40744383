"""Checks every QML file against the types of Python: `python -m shared.qt.lint` ends with 1 on any warning.

For the shared code and for each app the `@QmlElement` view-models become a QML module in a temporary folder
(pyside6-metaobjectdump -> pyside6-qmltyperegistrar), against which pyside6-qmllint reads the views.
"""

import ast
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import PySide6

from shared.qt.words import ROOT, tool

QML = ROOT / "shared" / "qml"
SHARED = ROOT / "shared" / "qt"
APPS = ("kiosk", "counter", "display")
_METATYPES = Path(PySide6.__path__[0]) / "Qt" / "metatypes"
_FOREIGN = ("core", "gui", "qml", "qmlmodels", "quick")
_QMLDIR = "module {module}\ntypeinfo types.qmltypes\ndepends QtQuick\n"
_Class = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Module:
    """A QML module that Python registers: its name, and what pyside6-metaobjectdump says of its classes."""

    name: str
    classes: tuple[_Class, ...]


def main(argv: Sequence[str] | None = None) -> int:
    """Check the apps named in `argv`, or all of them and the shared controls."""
    chosen = tuple(sys.argv[1:] if argv is None else argv) or APPS
    with tempfile.TemporaryDirectory(prefix="qml-types-") as folder:
        types = Path(folder)
        write_modules(SHARED, types)
        codes = [lint(sorted(QML.rglob("*.qml")), types)]
        for app in chosen:
            write_modules(ROOT / app / "viewmodels", types)
            codes.append(lint(sorted((ROOT / app / "views").rglob("*.qml")), types))
    return max(codes)


def lint(files: Sequence[Path], types: Path) -> int:
    """Run qmllint on `files`; 0 when it has nothing to say."""
    if not files:
        return 0
    command = [tool("pyside6-qmllint"), "-W", "0", "-I", str(QML), "-I", str(types), *map(str, files)]
    return min(1, abs(subprocess.run(command, check=False, cwd=ROOT).returncode))


def write_modules(viewmodels: Path, types: Path) -> None:
    """Write qmldir and types of each module that the Python files below `viewmodels` register."""
    for module in modules_of(dump(sorted(viewmodels.rglob("*.py")))):
        folder = types.joinpath(*module.name.split("."))
        folder.mkdir(parents=True, exist_ok=True)
        dumped = folder / "metatypes.json"
        dumped.write_text(json.dumps([_file(module)]), encoding="utf-8")
        _register(module.name, dumped, folder / "types.qmltypes")
        (folder / "qmldir").write_text(_QMLDIR.format(module=module.name), encoding="utf-8")


def dump(files: Sequence[Path]) -> list[dict[str, Any]]:
    """What pyside6-metaobjectdump says of Python files, one entry a file."""
    if not files:
        return []
    sources = [file.read_text("utf-8") for file in files]
    with tempfile.TemporaryDirectory(prefix="qml-sources-") as folder:
        copies = [Path(folder, f"{at}.py") for at in range(len(files))]
        for copy, source in zip(copies, sources, strict=True):
            copy.write_text(with_plain_getters(source), encoding="utf-8")
        command = [tool("pyside6-metaobjectdump"), *map(str, copies)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    found: list[dict[str, Any]] = json.loads(done.stdout or "[]")
    constants = {constant for source in sources for constant in constants_of(source)}
    for one in (one for file in found for one in file["classes"]):
        for prop in one.get("properties", ()):
            prop["constant"] = (one["className"], prop["name"]) in constants
    return found


def with_plain_getters(source: str) -> str:
    """The same module with names for lambda getters and quoted types: pyside6-metaobjectdump stops there."""
    return ast.unparse(_PlainProperties().visit(ast.parse(source)))


class _PlainProperties(ast.NodeTransformer):
    def visit_Call(self, node: ast.Call) -> ast.AST:
        if isinstance(node.func, ast.Name) and node.func.id == "Property":
            node.args = [ast.Name(_as_name(argument), ast.Load()) for argument in node.args]
        return node


def _as_name(argument: ast.expr) -> str:
    match argument:
        case ast.Name(id=name) | ast.Constant(value=str(name)):
            return name
        case _:
            return "getter"


def constants_of(source: str) -> Iterator[tuple[str, str]]:
    """Class and name of each `Property(..., constant=True)`; pyside6-metaobjectdump leaves that out."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            for part in node.body:
                if isinstance(part, ast.FunctionDef) and any(map(_is_constant, part.decorator_list)):
                    yield node.name, part.name
                if isinstance(part, ast.Assign) and _is_constant(part.value):
                    yield from ((node.name, t.id) for t in part.targets if isinstance(t, ast.Name))


def _is_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and any(k.arg == "constant" for k in node.keywords)


def modules_of(dumped: Sequence[Mapping[str, Any]]) -> Iterator[Module]:
    """The modules, with what the dump of single files cannot know put right: bases and object types."""
    files: dict[str, list[_Class]] = {}
    classes = {c["className"]: c for file in dumped for c in file["classes"]}
    objects = {name for name in classes if _is_object(name, classes)} | {"QObject"}
    for file in dumped:
        files.setdefault(file.get("QML_IMPORT_NAME", ""), []).extend(file["classes"])
    bases = files.pop("", [])
    for name, own in files.items():
        yield Module(name, tuple(_put_right(one, objects) for one in [*bases, *own]))


def _is_object(name: str, classes: Mapping[str, _Class]) -> bool:
    if name.startswith("Q"):
        return True
    return name in classes and any(
        _is_object(base["name"], classes) for base in classes[name].get("superClasses", ())
    )


def _put_right(one: _Class, objects: set[str]) -> _Class:
    properties = [{**p, "type": _cpp_type(p["type"], objects)} for p in one.get("properties", [])]
    return {**one, "object": one["className"] in objects, "properties": properties}


def _cpp_type(python_type: str, objects: set[str]) -> str:
    if python_type in objects:
        return f"{python_type}*"
    return {"list": "QVariantList", "dict": "QVariantMap"}.get(python_type, python_type)


def _file(module: Module) -> dict[str, Any]:
    return {"classes": list(module.classes), "outputRevision": 69, "inputFile": f"{module.name}.py"}


def _register(name: str, dumped: Path, types: Path) -> None:
    foreign = ",".join(str(_METATYPES / f"qt6{kind}_metatypes.json") for kind in _FOREIGN)
    command = [
        tool("pyside6-qmltyperegistrar"), str(dumped), "--import-name", name,
        "--major-version", "1", "--minor-version", "0", "--foreign-types", foreign,
        "--generate-qmltypes", str(types), "-o", str(types.with_suffix(".cpp")),
    ]  # fmt: skip
    subprocess.run(command, check=True, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
