import Foundation
import PluginAPI
import PluginHost

/// Reads all tickets of plugins' processes and writes how fast that went:
///
///     pluginmeasurement FOLDER NAME COUNT SIZE [PAGE]
///
/// FOLDER is a root of plugins, NAME one of its stores with the settings `count` and `size`; PAGE is 500 by default.
@main
struct Measurement {
  static func main() async throws {
    let words = CommandLine.arguments
    guard words.count >= 5, let count = Double(words[3]), let size = Double(words[4]) else {
      print("pluginmeasurement FOLDER NAME COUNT SIZE [PAGE]")
      return
    }
    let catalog = PluginCatalog(linked: [], roots: [words[1]])
    guard let manifest = catalog.find(words[2], .store).entry?.manifest else {
      print("there is no store \(words[2]) in \(words[1])")
      return
    }
    let environment = PluginEnvironment(
      variable: { ProcessInfo.processInfo.environment[$0] }, log: { print($0, $1) })
    let store = ProcessStore(manifest, environment)
    try await store.open(
      PluginConfiguration(instance: words[2], values: ["count": .number(count), "size": .number(size)]))
    let start = ContinuousClock.now
    var tickets = 0
    var bytes = 0
    for try await page in store.pages(since: nil, limit: words.count > 5 ? Int(words[5]) ?? 500 : 500) {
      tickets += page.records.count
      bytes += page.buffer.count
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    await store.close()
    let (host, memory) = usage(RUSAGE_SELF)
    let (plugin, pluginMemory) = usage(RUSAGE_CHILDREN)
    print(
      "\(words[2]): \(tickets) tickets, \(Int(Double(tickets) / seconds)) a second, \(bytes >> 20) MiB;",
      "CPU s: host \(host), plugin \(plugin); peak MiB: host \(memory), plugin \(pluginMemory)")
  }

  private static func usage(_ who: __rusage_who) -> (seconds: Double, mebibytes: Int) {
    var usage = rusage()
    getrusage(__rusage_who_t(who.rawValue), &usage)
    let times = [usage.ru_utime, usage.ru_stime].map { Double($0.tv_sec) + Double($0.tv_usec) / 1e6 }
    return ((times[0] + times[1]).rounded(toPlaces: 2), usage.ru_maxrss >> 10)
  }
}

extension Double {
  fileprivate func rounded(toPlaces places: Int) -> Double {
    let scale = [1.0, 10, 100, 1000][places]
    return (self * scale).rounded() / scale
  }
}
