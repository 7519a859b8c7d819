#if Curl
  import AlertmanagerNotifier
  import CurlTransfer
  import PluginKit

  @main
  struct Program {
    static func main() async {
      await PluginProcess.serve(AlertmanagerNotifier(now: systemTime), as: AlertmanagerNotifier.description)
    }
  }
#else
  /// Built without the package trait `Curl`, of which this program is a part: it answers nothing.
  @main
  struct Program {
    static func main() {}
  }
#endif
