/// What stands beside the rules: tests, samples, settings, and where to begin.
extension RulebookScaffold {
  var tests: String {
    let rows = routed.enumerated().map { index, team in
      "      - {with: {area: \(team)}, expect: {route: {team: \(team)}, row: R-\(index + 1)}}\n"
    }
    return """
      format: 1
      # \(say("用 docket test 运行。偏移量从 start 起算，working 只计工作时间。", "Run by `docket test`. Offsets count from `start`; working ones count office hours alone."))
      given:
        id: T-1
        status: new
        title: \(say("无法登录", "Cannot sign in"))
        submitted_at: start
        \(field): low
        area: \(teams[0])
      start: 2026-10-12T10:00
      as_of: +1 minute
      tests:
        - name: \(say("\(field) 决定优先级", "\(field) decides the priority"))
          cases:
            - {with: {\(field): high}, expect: {priority: high, row: {priorities: P-1, first-response: high}}}
            - {with: {\(field): medium}, expect: {priority: medium, row: {priorities: P-2, first-response: medium}}}
            - {with: {\(field): low}, expect: {priority: low, row: {priorities: otherwise, first-response: low}}}
        - name: \(say("所属团队决定由谁处理", "the area decides the team"))
          cases:
            - {with: {area: absent}, expect: {route: {team: \(teams[0])}, row: {routing: otherwise}}}
      \(rows.joined())\
        - name: \(say("紧急的工单两小时内响应", "what is urgent is answered within two hours"))
          with: {\(field): high}
          then:
            - {at: +1 working hour, expect: {windows: {first-response: running}, findings: none}}
            - {at: +2 working hours, expect: {windows: {first-response: warned}}}
            - {at: +3 working hours, expect: {windows: {first-response: breached}, notices: {contains: [{rule: E-1, to: [\(teams[0])-lead]}]}}}
        - name: \(say("已响应的工单不会超时", "what was answered is not late"))
          with: {\(field): high, responded_at: +1 working hour}
          as_of: +3 working days
          expect: {windows: {first-response: met}, findings: none}
        - name: \(say("等待用户时不计时", "while the requester is asked, the window waits"))
          with: {\(field): high}
          events:
            - {at: +1 working hour, by: desk, set: {status: waiting}}
          as_of: +3 working hours
          expect: {windows: {first-response: paused}}
        - name: \(say("缺少的字段", "fields that are missing"))
          cases:
            - {with: {title: absent}, expect: {findings: [{rule: F-1, field: title}]}}
            - {with: {area: absent}, expect: {findings: [{rule: F-1, field: area}]}}
            - {with: {\(field): absent}, expect: {findings: {contains: [{rule: F-1, field: \(field)}]}}}
            - {with: {status: waiting}, expect: {findings: {none: [F-1, F-2]}}}
            - {with: {status: solved, solution: done}, expect: {findings: [{rule: F-2, field: responded_at}]}}
            - {with: {status: solved, responded_at: start}, expect: {findings: [{rule: F-2, field: solution}]}}

      """
  }

  var tickets: String {
    """
    # \(say("示例工单；换成你们的，或在 docket.yaml 中指向其他来源。", "Sample tickets: put yours in their place, or name another store in docket.yaml."))
    - id: T-1
      status: in-progress
      title: \(say("无法登录", "Cannot sign in"))
      submitted_at: 2026-01-05T10:00
      responded_at: 2026-01-05T10:20
      \(field): high
      area: \(teams[0])
    - id: T-2
      status: solved
      title: \(say("申请新显示器", "A new screen is needed"))
      submitted_at: 2026-01-06T09:00
      responded_at: 2026-01-06T09:45
      \(field): low
      area: \(teams[teams.count - 1])
      solution: \(say("已更换", "Replaced"))

    """
  }

  var settings: String {
    """
    # \(say("在本文件夹中运行 docket 时使用。", "What docket uses when it runs in this folder."))
    rules: rules
    store: {plugin: files, path: [tickets]}
    notify:
      - {plugin: console}

    """
  }

  var readme: String {
    let chinese = """
      规则在 `rules/`，示例工单在 `tickets/`，测试在 `rules/tests/`。在本文件夹中：

          docket lint rules
          docket test rules
          docket check
          docket explain T-1
          docket doc rules

      接下来：在 `rules/fields.yaml` 写下你们的字段，在 `rules/routing.yaml` 写下成员，在 `rules/calendar.yaml` 写下节假日；每改一条规则，
      在 `rules/tests/` 加一个测试。

      """
    let english = """
      The rules are in `rules/`, sample tickets in `tickets/`, tests in `rules/tests/`. In this folder:

          docket lint rules
          docket test rules
          docket check
          docket explain T-1
          docket doc rules

      Next: put your fields into `rules/fields.yaml`, your people into `rules/routing.yaml`, your days off into
      `rules/calendar.yaml`; with every rule that you change, add a test to `rules/tests/`.

      """
    let texts = languages.map { $0 == .chinese ? chinese : english }
    return "# \(name)\n\n" + texts.joined(separator: "\n")
  }
}
