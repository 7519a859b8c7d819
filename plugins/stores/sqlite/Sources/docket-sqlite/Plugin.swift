import PluginKit
import SQLiteStore

#if SQLite
  /// The store as a process of its own, which a host starts.
  @main
  struct Plugin {
    static func main() async { await PluginProcess.serve(SQLiteStore(), as: SQLiteStore.description) }
  }
#else
  /// Stands in where the package is built without the trait SQLite, so that everything else builds.
  @main
  struct Plugin {
    static func main() {}
  }
#endif
