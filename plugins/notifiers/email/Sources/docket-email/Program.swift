#if Curl
  import EmailNotifier
  import CurlTransfer
  import PluginKit

  @main
  struct Program {
    static func main() async {
      await PluginProcess.serve(EmailNotifier(now: systemTime), as: EmailNotifier.description)
    }
  }
#else
  /// Built without the package trait `Curl`, of which this program is a part: it answers nothing.
  @main
  struct Program {
    static func main() {}
  }
#endif
