#!/usr/bin/env python3
"""Checks tickets on Apache Spark: one `docket check` a partition, fed by RDD.pipe. docs/scale.md explains it.

    python3 check_partitions.py --rules FOLDER --as-of INSTANT [--partitions N] TICKETS FOLDER

TICKETS is what SparkContext.textFile reads: an NDJSON file, a folder or a pattern. The decisions become the text files of the
second folder, which must not exist; one behind the other they are the lines that a single run with --part writes. Every node
needs docket and the rules, under the same paths.

Exit codes as those of docket: 0 no errors, 1 errors were found, 2 wrong usage; Spark's own where a partition fails."""
import argparse
import itertools
import json
import os
import re
import shlex
import sys

from pyspark.sql import SparkSession

# What is said of a record that cannot be read names its line, counted from the partition's first. Quotes within texts are
# escaped in JSON, so that this can be nothing else.
PLACE = re.compile(r'"at":"stdin:(\d+)"')


def options():
    parser = argparse.ArgumentParser(description="Checks tickets on Apache Spark, one docket check a partition.")
    parser.add_argument("tickets")
    parser.add_argument("decisions")
    parser.add_argument("--rules", required=True)
    # One instant for all partitions: else each would judge by the moment at which it starts.
    parser.add_argument("--as-of", required=True)
    parser.add_argument("--partitions", type=int, default=None)
    parser.add_argument("--docket", default="docket")
    return parser.parse_args()


def command(chosen):
    """What each partition is piped through. Findings are no failure of the partition, and Spark cares for the cores."""
    return shlex.join([
        chosen.docket, "check", "-", "--store", "files:format=ndjson", "--part", "--format", "ndjson", "--rules", chosen.rules,
        "--as-of", chosen.as_of, "--fail-on", "never", "--jobs", "1"])


def lines_before(tickets):
    """How many lines stand before each partition."""
    counts = tickets.mapPartitions(lambda lines: [sum(1 for _ in lines)]).collect()
    return [0, *itertools.accumulate(counts)]


def with_places(before):
    """Counts the lines that decisions name from the first of all partitions."""
    def renumber(partition, decisions):
        def place(found):
            return f'"at":"stdin:{before[partition] + int(found[1])}"'
        return (PLACE.sub(place, decision) for decision in decisions)
    return renumber


def has_errors(decision):
    """Whether a decision has an error that counts: one that nobody has waived."""
    return any(finding["severity"] == "error" and "waiver" not in finding for finding in json.loads(decision)["findings"])


def main():
    chosen = options()
    spark = SparkSession.builder.appName("docket check").getOrCreate()
    try:
        tickets = spark.sparkContext.textFile(chosen.tickets, chosen.partitions)
        # Without PATH docket would not be found: what is piped through has no environment but this. With checkCode a partition
        # that docket could not check fails, and with it the job.
        decisions = tickets.pipe(command(chosen), {"PATH": os.environ["PATH"]}, checkCode=True)
        decisions.mapPartitionsWithIndex(with_places(lines_before(tickets))).saveAsTextFile(chosen.decisions)
        written = spark.sparkContext.textFile(chosen.decisions)
        errors = written.filter(has_errors).count()
        print(f"{written.count()} decisions, {errors} with errors, {tickets.getNumPartitions()} partitions")
    finally:
        spark.stop()
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
