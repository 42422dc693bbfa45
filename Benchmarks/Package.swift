// swift-tools-version:6.2
import PackageDescription

// A package of its own, so that peers are never the product's dependencies.
let package = Package(
  name: "benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
  ],
  targets: [
    .executableTarget(
      name: "peer",
      dependencies: [
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .executableTarget(
      name: "fox", dependencies: [.product(name: "FlyingFox", package: "FlyingFox")]),
    .executableTarget(name: "floor", linkerSettings: [.linkedLibrary("sqlite3")]),
  ]
)
