import Glibc
public import PluginAPI
import PluginProtocol

/// The whole of an executable plugin: hand over a store or a notifier, and it is served over stdin and stdout.
///
///     @main struct Plugin {
///       static func main() async { await PluginProcess.serve(MyStore(), as: MyStore.description) }
///     }
///
/// From the first line on, stdout belongs to the protocol: what the program prints goes to stderr. Requests are answered one
/// at a time, only that the next page of a reading is read while the host takes the last one; and the process ends when its stdin
/// does. A file that is run by hand says what it is.
public enum PluginProcess {
  /// Answers a host's requests until the end of stdin.
  public static func serve(_ store: any TicketStore, as description: PluginDescription) async {
    await serve(StoreRequests(store), as: description)
  }

  /// Answers a host's requests until the end of stdin.
  public static func serve(_ notifier: any Notifier, as description: PluginDescription) async {
    await serve(NotifierRequests(notifier), as: description)
  }

  /// Tells the host that a long request is still being worked on, so that it goes on waiting (for the request's deadline, not
  /// longer). To be called from within a port's method, at most once a second or so; does nothing elsewhere.
  public static func reportProgress() { RequestLoop.reportProgress() }

  private static func serve(_ requests: any PortRequests, as description: PluginDescription) async {
    if isatty(STDIN_FILENO) == 1 {
      StandardStreams.introduce(description)
      return
    }
    guard let output = StandardStreams.takeOutput() else { return }
    await RequestLoop(requests, description, output: output).run()
  }
}
