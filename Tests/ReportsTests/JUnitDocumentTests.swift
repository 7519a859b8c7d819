import Reports
import Testing

@Suite("A JUnit report")
struct JUnitDocumentTests {
  @Test("counts, escapes, and puts several failures of a case into one element")
  func whole() {
    let failures = [
      JUnitDocument.Failure(message: "a < b & \"c\"", type: "expectation", text: "line 1\n  \u{7}bell"),
      JUnitDocument.Failure(message: "more", type: "expectation", text: "]]>"),
    ]
    let report = JUnitDocument(
      name: "desk",
      suites: [
        JUnitDocument.Suite(
          name: "a.test.yaml", file: "a.test.yaml",
          cases: [
            JUnitDocument.Case(name: "一", className: "a.test.yaml"),
            JUnitDocument.Case(name: "two", className: "a.test.yaml", failures: failures),
          ]), JUnitDocument.Suite(name: "empty", cases: []),
      ])
    #expect(
      report.xml == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="desk" tests="2" failures="1">
          <testsuite name="a.test.yaml" file="a.test.yaml" tests="2" failures="1" errors="0" skipped="0" time="0">
            <testcase name="一" classname="a.test.yaml" time="0"/>
            <testcase name="two" classname="a.test.yaml" time="0">
              <failure message="a &lt; b &amp; &quot;c&quot; (and 1 more)" type="expectation">line 1
          \u{FFFD}bell
        ]]&gt;</failure>
            </testcase>
          </testsuite>
          <testsuite name="empty" tests="0" failures="0" errors="0" skipped="0" time="0">
          </testsuite>
        </testsuites>

        """)
  }
}
