"""Validates YAML files, whose paths stand on standard input, by a JSON Schema of draft 7.

Prints an object from paths to what is wrong, which is empty for a sound file.
"""

import json
import re
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """Types plain texts as YAML 1.2's core schema does, and as yaml-language-server does with it."""

    yaml_implicit_resolvers = {}


for tag, pattern, first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+0123456789."),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


def construct_integer(loader, node):
    text = node.value
    return int(text, 0) if text.startswith("0x") or text.startswith("0o") else int(text)


Loader.add_constructor("tag:yaml.org,2002:int", construct_integer)


def named(document):
    """JSON has texts for names."""
    if isinstance(document, dict):
        return {str(key): named(value) for key, value in document.items()}
    return [named(item) for item in document] if isinstance(document, list) else document


with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
problems = {}
for path in sys.stdin.read().split("\n"):
    with open(path, encoding="utf-8") as file:
        document = named(yaml.load(file, Loader))
    found = jsonschema.exceptions.best_match(validator.iter_errors(document))
    problems[path] = "" if found is None else f"{found.json_path}: {found.message}"
json.dump(problems, sys.stdout)
