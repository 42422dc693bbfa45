// swift-tools-version:6.2
import PackageDescription

// A package of its own: libFuzzer brings the `main` of each program, and what it fuzzes is compiled here
// with its counters. Sources/HTTP, JSON, Compression and CZlib are links to the product's.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

func fuzzer(_ name: String, _ room: Target.Dependency...) -> Target {
  .executableTarget(
    name: name, dependencies: room, swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])])
}

let types = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")

let package = Package(
  name: "fuzz",
  dependencies: [.package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0")],
  targets: [
    .target(name: "HTTP", dependencies: [types], swiftSettings: strict),
    .target(name: "JSON", swiftSettings: strict),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
    .target(name: "Compression", dependencies: ["CZlib"], swiftSettings: strict),
    fuzzer("request", "HTTP", types), fuzzer("target", "HTTP"), fuzzer("chunks", "HTTP"),
    fuzzer("fields", "HTTP"), fuzzer("json", "JSON"), fuzzer("inflate", "Compression"),
  ],
  swiftLanguageModes: [.v6]
)
