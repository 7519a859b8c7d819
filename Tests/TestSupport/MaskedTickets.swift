/// Tickets whose masked fields hold a marker that must appear nowhere.
public enum MaskedTickets {
  public static let marker = "GEHEIM"

  public static let rules = """
    fields:
      id: {type: string}
      phone: {type: string, required: true, masked: true, max_length: 100}
      tier: {type: choice, masked: true, values: {GEHEIM-gold: {label: {en: GEHEIM gold}}, GEHEIM-tin: {aliases: [GEHEIM]}}}
      pin: {type: integer, required: true, masked: true, max: 5}
      fee: {type: number, masked: true}
      vip: {type: boolean, masked: true}
      born: {type: date, masked: true}
      effort: {type: duration, masked: true}
      notes: {type: list, masked: true}
      met_at: {type: instant, masked: true}
      status: {type: choice, values: [open, done]}
      cause: {type: string}
    tables:
      t:
        hit: first
        inputs: [{sum: pin + 1}, {digits: int(phone)}, {twice: phone + phone}, phone, pin, fee, vip, born, effort, notes]
        outputs: [o]
        rows:
          - {id: T-1, phone: a, o: x}
          - {id: T-8, sum: 1, o: x}
          - {id: T-9, digits: 1, o: x}
          - {id: T-10, twice: aa, o: x}
          - {id: T-2, pin: 1, o: x}
          - {id: T-3, fee: 1, o: x}
          - {id: T-4, vip: 'true', o: x}
          - {id: T-5, born: 2026-03-02, o: x}
          - {id: T-6, effort: 4 hours, o: x}
          - {id: T-7, notes: absent, o: x}
        otherwise: {o: y}
    checks:
      - {id: C-1, expr: int(phone) > 3}
      - {id: C-2, expr: "{'a': 1}[phone] > 3", message: "{phone}"}
      - {id: C-3, expr: "cel.bind(x, phone + 'a', x.split(' ').exists(y, y == tier.orValue(x))) && phone.size() < pin", message: no}
      - {id: C-4, expr: 'notes.orValue([]).map(n, n + phone).size() > 3 && [phone, phone][0] == phone'}
      - {id: C-5, when: {expr: 'tier.optMap(p, p + phone).orValue("") < "A"'}, expr: 'vip.orValue(true) && born.orValue("") == ""'}
    windows:
      w: {when: {phone: a}, start: met_at, stop: {status: done}, target: 1 hour}
    required_fields:
      - {id: F-1, fields: [cause], message: "{phone} {tier} {pin} {fee} {vip} {born} {effort} {notes} lacks {field}"}
      - {id: F-2, when: {phone: b, tier: not GEHEIM-tin}, fields: [cause]}
    """

  /// A record; values of any type stand in every masked field, at the top level and in the history.
  public static func record(using generator: inout SeededGenerator) -> String {
    let values = [
      #""GEHEIM""#, #""GEHEIM 12""#, #""GEHEIM-gold""#, #"["GEHEIM"]"#, #"{"a": "GEHEIM"}"#,
      #""\u0047EHEIM""#,
      #""GEHEIM-tin\n""#,
    ]
    let names = ["phone", "tier", "pin", "fee", "vip", "born", "effort", "notes", "met_at"]
    func members() -> String {
      names.compactMap { generator.chance(4) ? nil : "\"\($0)\": \(generator.pick(values))" }.joined(
        separator: ", ")
    }
    let top = members()
    let event =
      generator.chance(2) ? #"{"at": "2026-03-02T09:00Z", "set": {\#(members())}}"# : #"{"at": "GEHEIM"}"#
    return
      #"{"id": "T-1"\#(top.isEmpty ? "" : ", ")\#(top), "history": [\#(event), {"by": "GEHEIM"}, "GEHEIM"]}"#
  }
}
