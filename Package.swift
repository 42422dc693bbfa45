// swift-tools-version:6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]
/// Only the targets that speak to C go without.
let safe = strict + [.strictMemorySafety()]

let package = Package(
  name: "cairn",
  products: [.executable(name: "cairn", targets: ["cairn"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CLinux"),
    .target(name: "CResources"),
    .target(name: "Resources", dependencies: ["CResources"], swiftSettings: strict),
    .target(name: "CWriteAheadLog", dependencies: ["CSQLite"]),
    .target(name: "SQLite", dependencies: ["CSQLite", "CWriteAheadLog"], swiftSettings: strict),
    .target(name: "Crypto", dependencies: ["COpenSSL"], swiftSettings: strict),
    .target(name: "Compression", dependencies: ["CZlib"], swiftSettings: strict),
    .target(name: "JSON", swiftSettings: safe),
    .target(
      name: "HTTP", dependencies: [.product(name: "HTTPTypes", package: "swift-http-types")],
      swiftSettings: safe),
    .target(
      name: "HTTPServer",
      dependencies: [
        "CLinux", "COpenSSL", "HTTP", .product(name: "HTTPTypes", package: "swift-http-types"),
      ],
      swiftSettings: strict),
    .target(name: "HTTPClient", dependencies: ["COpenSSL"], swiftSettings: strict),
    .target(
      name: "Registry", dependencies: ["SQLite", "Crypto", "JSON", "Resources"],
      swiftSettings: safe),
    .target(
      name: "API",
      dependencies: [
        "Compression", "HTTP", "JSON", "Registry", "Resources",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: safe),
    .target(
      name: "Explorer",
      dependencies: [
        "API", "HTTP", "JSON", "Resources",
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ],
      swiftSettings: safe),
    .executableTarget(
      name: "cairn",
      dependencies: [
        "API", "Explorer", "HTTP", "HTTPClient", "HTTPServer", "Registry",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: safe),
    // A client that says exactly the bytes it is given, for tests of what goes over a socket.
    .target(name: "Wire", dependencies: ["COpenSSL"], path: "Tests/Wire", swiftSettings: strict),
    // An API that is asked in process, as a server asks it.
    .target(
      name: "Asking", dependencies: ["API", "HTTP"], path: "Tests/Asking", swiftSettings: strict),
    .testTarget(name: "HouseTests", dependencies: ["Resources"], swiftSettings: strict),
    .testTarget(name: "SQLiteTests", dependencies: ["SQLite", "Wire"], swiftSettings: strict),
    .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: strict),
    .testTarget(name: "CryptoTests", dependencies: ["Crypto"], swiftSettings: strict),
    .testTarget(name: "CompressionTests", dependencies: ["Compression"], swiftSettings: strict),
    .testTarget(
      name: "HTTPTests",
      dependencies: ["HTTP", .product(name: "HTTPTypes", package: "swift-http-types")],
      swiftSettings: strict),
    .testTarget(
      name: "HTTPServerTests",
      dependencies: [
        "HTTP", "HTTPServer", "Wire", .product(name: "HTTPTypes", package: "swift-http-types"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "HTTPClientTests", dependencies: ["HTTPClient", "Wire"], swiftSettings: strict),
    .testTarget(
      name: "RegistryTests", dependencies: ["JSON", "Registry", "Resources", "SQLite", "Wire"],
      swiftSettings: strict),
    .testTarget(
      name: "APITests",
      dependencies: [
        "API", "Asking", "Compression", "HTTP", "HTTPClient", "Registry", "Resources", "Wire",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ExplorerTests",
      dependencies: [
        "API", "Asking", "Explorer", "HTTP", "JSON", "Registry", "Wire",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CairnTests",
      dependencies: [
        "Compression", "Registry", "SQLite", "Wire", "cairn",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)
