#!/usr/bin/env python3
"""The translations and the arithmetic of the benchmark:  python3 Benchmarks/test_benchmarks.py"""
import unittest
from collections import Counter
import adapter, contestants, lines, measurement, profiling, report

RULES = {
    "calendars": {"24x7": None, "cn": {"tz": "Asia/Shanghai", "weekdays": [1, 2, 3], "hours": [["09:00", "12:00"]], "holidays": ["2024-01-01"], "workdays": ["2024-01-06"]}},
    "priority": {"inputs": ["type"], "rows": [{"when": [["repair", "new kind"]], "out": "P1"}, {"when": [None], "out": "P3"}]},
    "minutes": {"inputs": ["priority"], "rows": [{"when": ["P1"], "out": 60}, {"when": [None], "out": 120}]},
    "calendar": {"inputs": ["region"], "rows": [{"when": [None], "out": "cn"}]},
    "routing": {"inputs": ["product", "region"], "rows": [{"when": [["A", "B"], None], "out": {"team": "t2", "assignee": "Anna Weber"}},
                                                          {"when": [None, None], "out": {"team": "t1", "assignee": "王伟"}}]},
    "checks": [{"id": "C2", "when": {}, "field": "title", "pattern": r"^\d+$"}, {"id": "C1", "when": {"state": ["new", "closed"]}, "field": "assignee", "pattern": None}],
}


class Adapter(unittest.TestCase):
    def test_a_scalar_is_quoted_where_plain_yaml_would_be_cut_or_reread(self):
        plain, quoted = ["Asia/Shanghai", "a | b", "60 working minutes", "华东"], ["a: b", "a #b", "", "{id}", " a", "- a", "09:00", "a,b", "| a"]
        self.assertEqual([adapter.scalar(s) for s in plain], plain)
        self.assertEqual([adapter.scalar(s) for s in quoted], [f'"{s}"' for s in quoted])

    def test_cells_leave_out_any_and_join_lists(self):
        self.assertEqual(adapter.cells(["a", "b", "c"], [None, "x", ["y", "z"]]), {"b": "x", "c": "y | z"})

    def test_a_value_that_holds_the_operator_is_refused(self):
        with self.assertRaises(ValueError):
            adapter.cell(["a|b", "c"])

    def test_the_default_row_becomes_otherwise(self):
        self.assertEqual(adapter.priorities(RULES)["priorities"], {
            "levels": ["P1", "P2", "P3", "P4"], "hit": "first", "inputs": ["type"],
            "rows": [{"id": "P-1", "type": "repair | new kind", "priority": "P1"}], "otherwise": {"priority": "P3"}})

    def test_a_table_without_a_default_row_is_refused(self):
        with self.assertRaises(ValueError):
            adapter.table({"inputs": ["a"], "rows": [{"when": ["x"], "out": 1}]}, "T", lambda out: {"out": out})

    def test_values_that_only_a_table_names_are_declared(self):
        self.assertEqual(adapter.choices(RULES)["type"], adapter.CHOICES["type"] + ["new kind"])

    def test_calendars_keep_their_hours_on_make_up_days(self):
        self.assertEqual(adapter.calendar(RULES["calendars"]["cn"]), {
            "time_zone": "Asia/Shanghai", "weekly_hours": {"mon-wed": ["09:00-12:00"]}, "holidays": ["2024-01-01"], "special_days": {"2024-01-06": ["09:00-12:00"]}})
        self.assertEqual(adapter.weekly_hours([1, 5], ["09:00-12:00"]), {"mon": ["09:00-12:00"], "fri": ["09:00-12:00"]})

    def test_windows_count_elapsed_time_around_the_clock_and_working_time_elsewhere(self):
        windows = adapter.windows(RULES)["windows"]
        self.assertEqual([w["target"]["rows"] for w in windows.values()], [
            [{"id": "T-24x7-1", "priority": "P1", "target": "60 minutes"}], [{"id": "T-cn-1", "priority": "P1", "target": "60 working minutes"}]])

    def test_checks_without_a_pattern_become_required_fields(self):
        self.assertEqual(adapter.required_fields(RULES), {"required_fields": [{"id": "C1", "when": {"state": "new | closed"}, "fields": ["assignee"]}]})
        self.assertEqual(adapter.checks(RULES)[:4], ["checks:", "  - id: C2", "    expr: |-", r"      has(title) && title.matches(r'^\d+$')"])


class Lines(unittest.TestCase):
    DECISION = {
        "ticket": "1", "priority": {"level": "P1", "row": "P-1"}, "route": {"team": "t", "assignee": "a", "row": "R-1"},
        "tables": {"minutes": {"minutes": 60, "row": "M-1"}, "calendar": {"calendar": "cn", "row": "K-1"}},
        "windows": [{"id": "due-24x7", "state": "cancelled"}, {"id": "due-cn", "state": "breached", "due_at": "2024-01-02T09:00:00+08:00"}],
        "findings": [{"rule": "C1"}, {"rule": "due-cn"}, {"rule": "X1"}, {"rule": "C2"}],
    }

    def test_a_decision_becomes_one_result_line(self):
        others = Counter()
        self.assertEqual(lines.line(self.DECISION, {"C2": 0, "C1": 1}, others), {
            "id": "1", "priority": "P1", "minutes": 60, "calendar": "cn", "team": "t", "assignee": "a", "violations": ["C2", "C1"],
            "due": "2024-01-02T01:00:00Z", "breached": True})
        self.assertEqual(others, {"X1": 1})


class Measurement(unittest.TestCase):
    def setUp(self):
        self.measured = measurement.Measurements()
        for (n, cpu) in [(1, .5), (1, .1), (1, .2), (101, 1.2)]:
            self.measured.laps.setdefault(("a", 50, n), []).append(measurement.Lap(cpu, cpu, 4))

    def test_the_cost_of_a_ticket_is_net_of_the_median_start(self):
        self.assertAlmostEqual(self.measured.net("a", 50, 101), .01)
        self.assertIsNone(self.measured.net("a", 300, 101))

    def test_larger_jobs_than_one_that_failed_are_not_tried(self):
        self.measured.failures["b", 300, 10] = "over the limit"
        self.assertTrue(self.measured.has_failed("b", 3000, 100))
        self.assertFalse(self.measured.has_failed("b", 50, 100))
        self.assertFalse(self.measured.has_failed("a", 3000, 100))

    def test_the_ratio_is_of_throughputs_at_the_largest_size(self):
        docket, peer = contestants.Contestant("a", "", "F", (101,)), contestants.Contestant("b", "", "F", (101,))
        for (n, cpu) in [(1, 1), (101, 3)]:
            self.measured.laps["b", 50, n] = [measurement.Lap(cpu, cpu, 4)]
        self.assertEqual(report.times_as_fast(self.measured, docket, {101: self.measured.net(peer.name, 50, 101)}), "2.00 x")

    def test_jobs_stop_at_the_largest_size(self):
        self.assertEqual(contestants.Contestant("a", "", "F", (100, 1000), 500, (50, 300)).jobs(200), {(50, 1), (50, 100), (50, 200), (300, 1), (300, 200)})


class Report(unittest.TestCase):
    def test_numbers_keep_three_significant_digits(self):
        self.assertEqual([report.rounded(x) for x in (0.012345, 1.0, 22.44, 999.6, 123456.7, 0)], ["0.0123", "1.00", "22.4", "1,000", "123,000", "0"])

    def test_wide_characters_count_twice_in_a_table(self):
        self.assertEqual(report.table(["a", "b"], [["华东", None]]), "| a    | b |\n|------|--:|\n| 华东 |   |")


class Profile(unittest.TestCase):
    def test_functions_stand_without_paths(self):
        names = ["???:re2::DFA::Search(int) [/usr/lib/libre2.so.9]", "./string/../sysdeps/memmove.S:__memcpy [/usr/lib/libc.so.6]", "???:0x0000000000014e70 [/usr/lib/libre2.so.9]"]
        self.assertEqual([profiling.shortened(n) for n in names], ["re2::DFA::Search(int)", "memmove.S:__memcpy", "0x0000000000014e70 in libre2.so.9"])


if __name__ == "__main__":
    unittest.main()
