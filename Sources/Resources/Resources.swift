internal import CResources

/// The files of this repository that are compiled into the binary.
public enum Resources {
  /// A file's name without its ending, and its text.
  public struct File: Sendable {
    public let name: String
    public let text: String

    init(_ resource: Resource) {
      name = String(cString: resource.name)
      text = String(
        decoding: UnsafeRawBufferPointer(start: resource.bytes, count: resource.count),
        as: UTF8.self)
    }
  }

  public static let openapi = File(resource_openapi).text

  /// Migrations/*.sql in their order.
  public static var migrations: [File] {
    (0..<resource_migrations_count).map { File(resource_migrations[$0]) }
  }

  /// Data/*.csv by name.
  public static var data: [File] {
    (0..<resource_data_count).map { File(resource_data[$0]) }
  }
}
