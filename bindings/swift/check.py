#!/usr/bin/env python3
"""What can be said of the Swift sources without a Swift compiler. It is no proof that they compile.

Every file is parsed by tree-sitter. Then: no forced unwrapping in what is written here; every call of an initialiser or
method that is declared here has labels that one of its declarations takes; no variable hides a function from its own value;
what blocks is not callable from asynchronous code; what needs Foundation imports it; every operation of the manifest is called by an awaited and a blocking method,
every record is a type; names are those of the Python package; code in the READMEs is code of the examples. Last, each
check is given a source with a fault and must find it.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Set, Tuple

import tree_sitter_swift
from tree_sitter import Language, Node, Parser

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
EXAMPLES = [ROOT / "examples" / "shop-swift", ROOT / "examples" / "checkout-swift"]
UNIFFI = HERE / "Sources" / "NetmileGenerated" / "NetmileGenerated.swift"
PARSER = Parser(Language(tree_sitter_swift.language()))
# UniFFI's `#if` around an attribute is Swift that the grammar does not know.
UNKNOWN_TO_GRAMMAR = re.compile(rb"#if swift\(>=5\.8\)\n\s*@_documentation\(visibility: private\)\n#endif\n")
# Methods of Swift or Foundation that have the name of one that is declared here.
ELSEWHERE = {
    "encode", "decode", "read", "write", "get", "send", "start", "map", "list", "text", "resolve", "answer", "notice",
    "contains", "urlSession", "webView", "body", "cancel", "lowercased", "index", "returned",
}  # fmt: skip
OF_FOUNDATION = {
    "Data", "Date", "URL", "URLRequest", "URLSession", "UUID", "NSLock", "Thread", "ProcessInfo", "FileManager",
    "JSONDecoder", "JSONEncoder", "LocalizedError", "TimeInterval", "Bundle", "Process", "FileHandle",
}  # fmt: skip

Labels = Tuple[Optional[str], ...]
Fault = str


@dataclass
class Callable:
    """One declaration: its labels, and which of them may be left out."""

    labels: List[Optional[str]]
    optional: List[bool]

    def takes(self, given: Labels, closures: int) -> bool:
        """Whether a call with these labels fits; closures after it fill the last parameters."""
        wanted = list(zip(self.labels, self.optional))
        if closures:
            if len(wanted) < closures:
                return False
            wanted = wanted[:-closures]
        at = 0
        for label in given:
            while at < len(wanted) and wanted[at][0] != label:
                if not wanted[at][1]:
                    return False
                at += 1
            if at == len(wanted):
                return False
            at += 1
        return all(optional for _, optional in wanted[at:])


@dataclass
class Declared:
    """What the sources declare."""

    types: Set[str] = field(default_factory=set)
    initialisers: Dict[str, List[Callable]] = field(default_factory=dict)
    functions: Dict[str, List[Callable]] = field(default_factory=dict)
    # Types that get initialisers from elsewhere: by inheritance or from a protocol.
    open_types: Set[str] = field(default_factory=set)


def nodes(node: Node) -> Iterator[Node]:
    open_nodes = [node]
    while open_nodes:
        now = open_nodes.pop()
        yield now
        open_nodes.extend(reversed(now.children))


def said(node: Node) -> str:
    return (node.text or b"").decode()


def bare(text: str) -> str:
    return text.strip("`")


def child(node: Node, kind: str) -> Optional[Node]:
    return next((one for one in node.children if one.type == kind), None)


def place(path: Path, node: Node) -> str:
    shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    return f"{shown}:{node.start_point[0] + 1}"


def parsed(source: bytes) -> Node:
    return PARSER.parse(source).root_node


def syntax(path: Path, root: Node) -> List[Fault]:
    return [
        f"{place(path, node)}: not Swift: {said(node)[:60]!r}"
        for node in nodes(root)
        if node.type == "ERROR" or node.is_missing
    ]


def forced(path: Path, root: Node) -> List[Fault]:
    faults = []
    for node in nodes(root):
        tried = node.type == "try_operator" and said(node) == "try!"
        cast = node.type == "as_operator" and said(node) == "as!"
        if node.type == "bang" or tried or cast:
            negated = node.type == "bang" and node.parent is not None and node.parent.children[0] == node
            if not negated:
                faults.append(f"{place(path, node)}: forces what may be absent")
    return faults


def parameters(node: Node) -> Callable:
    made = Callable([], [])
    children = node.children
    for number, one in enumerate(children):
        if one.type != "parameter":
            continue
        names = [bare(said(part)) for part in one.children if part.type == "simple_identifier"]
        made.labels.append(None if names[0] == "_" else names[0])
        following = children[number + 1].type if number + 1 < len(children) else ""
        variadic = child(one, "...") is not None or said(one).endswith("...")
        made.optional.append(following == "=" or variadic)
    return made


def stored(body: Node) -> Callable:
    """The initialiser that Swift gives to a structure without one."""
    made = Callable([], [])
    for one in body.children:
        if one.type != "property_declaration" or child(one, "computed_property"):
            continue
        text = said(one)
        if re.search(r"\bstatic\b", text.split("{")[0]):
            continue
        pattern = child(one, "pattern")
        if pattern is None:
            continue
        constant = re.search(r"\blet\b", text.split("=")[0]) is not None
        valued = child(one, "=") is not None
        if constant and valued:
            continue
        optional_variable = not constant and re.search(r"\?\s*$", text.split("{")[0]) is not None
        made.labels.append(bare(said(pattern)))
        made.optional.append(valued or optional_variable)
    return made


def declare(root: Node, into: Declared) -> None:
    for node in nodes(root):
        if node.type == "function_declaration":
            name = child(node, "simple_identifier")
            if name is not None:
                into.functions.setdefault(bare(said(name)), []).append(parameters(node))
        elif node.type == "class_declaration":
            kind = next(one.type for one in node.children if one.type in ("struct", "class", "enum", "actor", "extension"))
            name = child(node, "type_identifier") or child(node, "user_type")
            body = child(node, "class_body") or child(node, "enum_class_body")
            if name is None or body is None:
                continue
            called = said(name)
            if kind != "extension":
                into.types.add(called)
                if kind == "class" and child(node, "inheritance_specifier"):
                    into.open_types.add(called)
            own = [parameters(one) for one in body.children if one.type == "init_declaration"]
            into.initialisers.setdefault(called, []).extend(own)
            if kind == "struct" and not own:
                into.initialisers[called].append(stored(body))
        elif node.type == "typealias_declaration":
            names = [one for one in node.children if one.type == "type_identifier"]
            if names:
                into.types.add(said(names[0]))
                into.open_types.add(said(names[0]))


def given(call: Node) -> Tuple[Labels, int]:
    labels: List[Optional[str]] = []
    closures = 0
    for suffix in call.children:
        if suffix.type != "call_suffix":
            continue
        for one in suffix.children:
            if one.type == "lambda_literal":
                closures += 1
            elif one.type == "value_arguments":
                for argument in one.children:
                    if argument.type == "value_argument":
                        label = child(argument, "value_argument_label")
                        labels.append(bare(said(label)) if label is not None else None)
    return tuple(labels), closures


def calls(path: Path, root: Node, declared: Declared) -> List[Fault]:
    faults = []
    for node in nodes(root):
        if node.type != "call_expression":
            continue
        called = node.children[0]
        if called.type == "simple_identifier":
            name = bare(said(called))
        elif called.type == "navigation_expression" and called.children[-1].type == "navigation_suffix":
            name = bare(said(called.children[-1]).lstrip("."))
        else:
            continue
        if "[" in (said(node.children[-1])[:1]):
            continue
        labels, closures = given(node)
        if name in declared.types:
            choices = declared.initialisers.get(name, [])
            if name in declared.open_types or not choices:
                continue
        elif name in declared.functions and name not in ELSEWHERE:
            choices = declared.functions[name]
        else:
            continue
        if not any(choice.takes(labels, closures) for choice in choices):
            shown = ", ".join(f"{label or '_'}:" for label in labels)
            faults.append(f"{place(path, node)}: {name}({shown}) is declared with other labels")
    return faults


def shadows(path: Path, source: bytes) -> List[Fault]:
    """A variable hides a function of its name from the value that it is given."""
    hiding = re.compile(r"\b(?:let|var)\s+(\w+)\s*(?::[^=\n]+)?=\s*[^\n]*(?<![.\w])\1\(")
    return [
        f"{path.name}:{number}: a variable is used within its own value"
        for number, line in enumerate(source.decode().split("\n"), 1)
        if hiding.search(line)
    ]


def conditions(path: Path, source: bytes) -> List[Fault]:
    depth = 0
    for number, line in enumerate(source.decode().split("\n"), 1):
        depth += line.strip().startswith("#if ")
        depth -= line.strip() == "#endif"
        if depth < 0:
            return [f"{path.name}:{number}: #endif without #if"]
    return [f"{path.name}: #if without #endif"] if depth else []


def availability(path: Path, root: Node) -> List[Fault]:
    """Blocking methods are for synchronous code only, and nothing else is marked."""
    faults = []
    for node in nodes(root):
        if node.type != "class_declaration":
            continue
        name = child(node, "type_identifier") or child(node, "user_type")
        body = child(node, "class_body")
        if name is None or body is None:
            continue
        blocking = said(name).startswith("Blocking")
        for one in body.children:
            modifiers = child(one, "modifiers")
            marked = modifiers is not None and "@available(*, noasync)" in said(modifiers)
            waits = one.type == "function_declaration" and child(one, "throws") is not None
            if marked and not blocking:
                faults.append(f"{place(path, one)}: is marked noasync and does not block")
            public = modifiers is not None and "public" in said(modifiers)
            verb = child(one, "simple_identifier")
            choice = verb is not None and said(verb) in ("forContract", "forSite")
            if blocking and waits and public and not marked and not choice:
                faults.append(f"{place(path, one)}: blocks, and is callable from asynchronous code")
    return faults


def imports(path: Path, root: Node) -> List[Fault]:
    used = {said(node) for node in nodes(root) if node.type in ("type_identifier", "simple_identifier")} & OF_FOUNDATION
    if used and not re.search(r"^import Foundation$", said(root), re.MULTILINE):
        return [f"{path.name}: uses {', '.join(sorted(used))} without Foundation"]
    return []


def operations(sources: Dict[Path, bytes], manifest: Dict[str, list]) -> List[Fault]:  # type: ignore[type-arg]
    rooms = [source.decode() for path, source in sources.items() if path.parent.name == "Rooms"]
    called = re.findall(r'(try|try await) calls\.invoke\(\s*"([a-z_]+\.[a-z_]+)"', "\n".join(rooms))
    faults = []
    for operation in manifest["operations"]:
        for how in ("try", "try await"):
            if called.count((how, operation["name"])) != 1:
                faults.append(f"{operation['name']}: not one method that calls it by `{how}`")
    return faults


def records(declared: Declared, manifest: Dict[str, list], renamed: Dict[str, str]) -> List[Fault]:  # type: ignore[type-arg]
    return [
        f"{record['name']}: is no type"
        for record in manifest["records"]
        if renamed.get(record["name"], record["name"]) not in declared.types
    ]


def python_names() -> Dict[str, Set[str]]:
    tree = ast.parse((ROOT / "bindings" / "python" / "src" / "netmile" / "names.py").read_text(encoding="utf-8"))
    found = {}
    for one in tree.body:
        if isinstance(one, ast.ClassDef) and not one.name.startswith("_"):
            values = [part.value for part in one.body if isinstance(part, ast.Assign)]
            found[one.name] = {value.value for value in values if isinstance(value, ast.Constant)}
    return found


def words(sources: Dict[Path, bytes], others: Dict[str, Set[str]]) -> List[Fault]:
    text = sources[HERE / "Sources" / "Netmile" / "Generated" / "Names.swift"].decode()
    own = {
        name: set(re.findall(r'case "([a-z_]+)": self', body))
        for name, body in re.findall(r"public enum (\w+): NetmileName \{(.*?)\n\}\n", text, re.DOTALL)
    }
    return [
        f"{name}: lacks names that Python has: {', '.join(sorted(values - own.get(name, set())))}"
        for name, values in others.items()
        if values - own.get(name, set())
    ]


def snippets(text: str, examples: List[str]) -> Tuple[int, List[Fault]]:
    """Code in a README is a part of an example, indentation aside."""
    flat = ["\n".join(line.strip() for line in example.split("\n")) for example in examples]
    found = re.findall(r"```swift\n(.*?)```", text, re.DOTALL)
    faults = []
    for one in found:
        code = "\n".join(line.strip() for line in one.strip().split("\n"))
        if not any(code in example for example in flat):
            faults.append(f"a README has code that no example has: {code.splitlines()[0]}")
    return len(found), faults


def gathered() -> Dict[Path, bytes]:
    paths = [HERE / "Package.swift"]
    for place_ in (HERE / "Sources", HERE / "Tests", *EXAMPLES):
        paths += [path for path in sorted(place_.rglob("*.swift")) if ".build" not in path.parts]
    return {path: path.read_bytes() for path in paths}


def of_source(path: Path, source: bytes, declared: Declared) -> List[Fault]:
    """Every fault that one file written here can have."""
    root = parsed(source)
    faults = [*syntax(path, root), *conditions(path, source), *imports(path, root)]
    if faults:
        return faults
    tests = "Tests" in path.parts
    more = [*calls(path, root, declared), *availability(path, root), *shadows(path, source)]
    return more if tests else [*forced(path, root), *more]


def proof(sources: Dict[Path, bytes], declared: Declared, manifest: Dict[str, list]) -> List[Fault]:  # type: ignore[type-arg]
    """Faults that are put in must be found."""
    room = HERE / "Sources" / "Netmile" / "Generated" / "Rooms" / "PaymentsRoom.swift"
    client = HERE / "Sources" / "Netmile" / "Client.swift"
    faulty = [
        (room, "a brace is missing", lambda text: text.rstrip()[:-1]),
        (room, "a word is wrong", lambda text: text.replace("public func capture(", "public fun capture(", 1)),
        (room, "a label is wrong", lambda text: text.replace("PartRefundRequest(id:", "PartRefundRequest(ids:", 1)),
        (room, "an argument is missing", lambda text: text.replace("ChargeId(id: id)", "ChargeId()", 1)),
        (room, "an argument is too many", lambda text: text.replace("ChargeId(id: id)", "ChargeId(id: id, at: id)", 1)),
        (room, "blocking code is callable", lambda text: text.replace("    @available(*, noasync)\n", "", 1)),
        (room, "an import is missing", lambda text: text.replace("import Foundation\n", "", 1)),
        (client, "something is forced", lambda text: text.replace("        form.page", "        form!.page", 1)),
        (client, "an error is ignored", lambda text: text.replace("try await review", "try! await review", 1)),
        (client, "a variable hides a function", lambda text: text.replace("let native = try calls", "let calls = try calls(", 1)),
        (client, "an #if is open", lambda text: "#if os(Linux)\n" + text),
    ]
    faults = []
    for path, what, change in faulty:
        text = sources[path].decode()
        changed = change(text)
        if changed == text or not of_source(path, changed.encode(), declared):
            faults.append(f"the check does not notice that {what}")
    more = {**manifest, "operations": [*manifest["operations"], {"name": "payment.steal"}]}
    fewer = Declared(types=declared.types - {"Charge"})
    if not operations(sources, more) or not records(fewer, manifest, {}):
        faults.append("the check does not notice that a method or a type is missing")
    if not words(sources, {"Phase": {"stolen"}}) or not snippets("```swift\nlet a = 1\n```", ["let b = 1"])[1]:
        faults.append("the check does not notice other words or other code")
    return faults


def main() -> int:
    sys.path.insert(0, str(HERE))
    from generate import RENAMED

    manifest = json.loads((ROOT / "ffi" / "manifest.json").read_text(encoding="utf-8"))
    sources = gathered()
    generated = UNKNOWN_TO_GRAMMAR.sub(b"", sources.pop(UNIFFI))
    declared = Declared()
    for source in sources.values():
        declare(parsed(source), declared)
    # The calls of generated code that the facade makes, all in Native.swift.
    for name, labels in (("invoke", ["operation", "request"]), ("step", ["input"])):
        declared.functions[name].append(Callable(labels, [False] * len(labels)))
    faults = syntax(UNIFFI, parsed(generated))
    for path, source in sources.items():
        faults += of_source(path, source, declared)
    faults += operations(sources, manifest) + records(declared, manifest, RENAMED) + words(sources, python_names())
    quoted = [source.decode() for path, source in sources.items() if EXAMPLES[0] in path.parents]
    for readme in ("README.md", "README.ja.md"):
        count, wrong = snippets((HERE / readme).read_text(encoding="utf-8"), quoted)
        faults += wrong if count else [f"{readme} shows no code"]
    faults += proof(sources, declared, manifest)
    for fault in faults:
        print(fault, file=sys.stderr)
    checked = sum(len(choices) for choices in (*declared.initialisers.values(), *declared.functions.values()))
    print(f"{len(sources) + 1} files, {len(declared.types)} types, {checked} declarations, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
