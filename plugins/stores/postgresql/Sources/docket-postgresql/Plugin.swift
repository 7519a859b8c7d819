import PluginKit
import PostgreSQLStore

#if PostgreSQL
  /// The store as a process of its own, which a host starts.
  @main
  struct Plugin {
    static func main() async {
      await PluginProcess.serve(PostgreSQLStore(), as: PostgreSQLStore.description)
    }
  }
#else
  /// Stands in where the package is built without the trait PostgreSQL, so that everything else builds.
  @main
  struct Plugin {
    static func main() {}
  }
#endif
