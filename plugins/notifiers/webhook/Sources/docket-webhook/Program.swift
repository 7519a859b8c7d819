#if Curl
  import WebhookNotifier
  import CurlTransfer
  import PluginKit

  @main
  struct Program {
    static func main() async {
      await PluginProcess.serve(WebhookNotifier(now: systemTime), as: WebhookNotifier.description)
    }
  }
#else
  /// Built without the package trait `Curl`, of which this program is a part: it answers nothing.
  @main
  struct Program {
    static func main() {}
  }
#endif
