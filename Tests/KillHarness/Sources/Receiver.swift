#if Service
  import Foundation
  import PluginAPI
  import Synchronization
  import TestSupport

  /// A notifier that honours keys: what it accepted stands in a file that is written before it answers, and a key that comes
  /// again is answered and not accepted again. The file is not synchronised: what a killed process wrote stays, and a slow disk
  /// would make every call outlast a time-out that passes as fast as the world's time.
  ///
  /// It takes back what has ended. What it was handed, accepted and took back stands in its journal, in order.
  ///
  /// At random it refuses, fails before or after accepting, hangs, ends the whole process, or answers twice.
  final class Receiver: Notifier {
    private struct State {
      var accepted: Set<String>
      var generator: SeededGenerator
    }

    private let descriptor: Int32
    private let repeats: Int32
    private let journal: Int32
    private let state: Mutex<State>

    init(folder: String, name: String, seed: Int) {
      let path = "\(folder)/\(name).accepted"
      let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      let keys = text.split(separator: "\n").map { String($0.split(separator: "\t").first ?? "") }
      descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
      repeats = Glibc.open("\(folder)/\(name).repeats", O_WRONLY | O_CREAT | O_APPEND, 0o600)
      journal = Glibc.open("\(folder)/\(name).journal", O_WRONLY | O_CREAT | O_APPEND, 0o600)
      state = Mutex(State(accepted: Set(keys), generator: SeededGenerator(seed: seed)))
    }

    func open(_ configuration: PluginConfiguration) {}
    func check() -> [PluginProblem] { [] }
    func close() {}
    var capabilities: NotifierCapabilities { .resolve }

    func resolve(_ keys: [String]) async throws(PluginError) -> [Receipt] {
      switch state.withLock({ Int.random(in: 0..<100, using: &$0.generator) }) {
      case 0..<5: throw PluginError(.transient, "the line is busy")
      case 5..<10:
        append(keys.map { "-\($0)" }, to: journal)
        throw PluginError(.transient, "the line broke")
      case 10: await hang()
      case 11: _exit(9)
      case 12:
        append(keys.map { "-\($0)" }, to: journal)
        _exit(9)
      case 13..<20: return keys.map { Receipt(key: $0, status: .retry(afterMilliseconds: 5_000)) }
      default:
        append(keys.map { "-\($0)" }, to: journal)
        return keys.map { Receipt(key: $0, status: .delivered) }
      }
      throw PluginError(.transient, "too late")
    }

    func deliver(_ deliveries: [Delivery]) async throws(PluginError) -> [Receipt] {
      append(deliveries.map { "?\($0.key)" }, to: journal)
      switch state.withLock({ Int.random(in: 0..<100, using: &$0.generator) }) {
      case 0..<10: return refuseSome(of: deliveries)
      case 10..<14: throw PluginError(.transient, "the line is busy")
      case 14..<17:
        accept(deliveries)
        throw PluginError(.transient, "the line broke")
      case 17..<19: await hang()
      case 19..<21:
        accept(deliveries)
        await hang()
      case 21: _exit(9)
      case 22:
        accept(deliveries)
        _exit(9)
      case 23..<30:
        let receipts = accept(deliveries)
        return receipts + receipts
      default: return accept(deliveries)
      }
      throw PluginError(.transient, "too late")
    }

    private func hang() async { try? await Task.sleep(for: .seconds(60)) }

    private func refuseSome(of deliveries: [Delivery]) -> [Receipt] {
      let refused = deliveries.filter { _ in state.withLock { $0.generator.chance(2) } }
      let keys = Set(refused.map(\.key))
      return accept(deliveries.filter { !keys.contains($0.key) })
        + refused.map { Receipt(key: $0.key, status: .retry(afterMilliseconds: 5_000)) }
    }

    @discardableResult
    private func accept(_ deliveries: [Delivery]) -> [Receipt] {
      let (new, old) = state.withLock { state in
        let new = deliveries.filter { state.accepted.insert($0.key).inserted }
        let keys = Set(new.map(\.key))
        return (new, deliveries.filter { !keys.contains($0.key) })
      }
      // A line a notice: the key, then what it says, one tab before each line of it.
      append(
        new.map { "\($0.key)\t\($0.title)\t\($0.body.split(separator: "\n").joined(separator: "\t"))" },
        to: descriptor)
      append(old.map(\.key), to: repeats)
      append(new.map { "+\($0.key)" }, to: journal)
      return deliveries.map { Receipt(key: $0.key, status: .delivered) }
    }

    private func append(_ lines: [String], to descriptor: Int32) {
      if lines.isEmpty { return }
      let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
      guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else { _exit(3) }
    }
  }
#endif
