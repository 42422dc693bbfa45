internal import CResources

/// The files of this repository that are compiled into the binary.
public enum Resources {
  /// A file's name, without its ending where all of its kind have the same, and what is in it.
  public struct File: Sendable {
    public let name: String
    // Points into the binary, which nothing changes.
    nonisolated(unsafe) private let content: Resource

    init(_ resource: Resource) {
      name = String(cString: resource.name)
      content = resource
    }

    public var bytes: [UInt8] {
      Array(UnsafeRawBufferPointer(start: content.bytes, count: content.count))
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  public static let openapi = File(resource_openapi).text

  /// The same in JSON, as `make openapi.json` writes it.
  public static let openapiAsJSON = File(resource_openapi_json).text

  /// Migrations/*.sql in their order.
  public static var migrations: [File] {
    (0..<resource_migrations_count).map { File(resource_migrations[$0]) }
  }

  /// Data/*.csv by name.
  public static var data: [File] {
    (0..<resource_data_count).map { File(resource_data[$0]) }
  }

  /// Web's files by their paths in it.
  public static var web: [File] {
    (0..<resource_web_count).map { File(resource_web[$0]) }
  }
}
