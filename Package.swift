// swift-tools-version: 6.2
import PackageDescription

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "hone",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "hone", targets: ["hone"]),
    .library(name: "HoneStatistics", targets: ["Statistics"]),
    .library(name: "HoneTuning", targets: ["Tuning", "EmbeddedModels", "RunStorage"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // Without configuration files and their formats, which nothing here reads.
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // The mathematics of confidence. Pure.
    .target(name: "Statistics"),
    .testTarget(
      name: "StatisticsTests", dependencies: ["Statistics"]),

    // What tests share.
    .target(name: "TestSupport", path: "Tests/TestSupport"),

    // What must hold: suites on disk, roles, hone.lock.
    .target(name: "Suites", dependencies: [yams, crypto]),
    .testTarget(name: "SuitesTests", dependencies: ["Suites", "TestSupport"]),

    // The product: the loop, the run, the certificate.
    .target(name: "Tuning", dependencies: ["Statistics", "Suites", crypto]),
    .testTarget(
      name: "TuningTests",
      dependencies: ["Tuning", "RunStorage", "Statistics", "Suites", "TestSupport"]),

    // What happened: runs and their events in SQLite.
    .target(name: "RunStorage", dependencies: ["Tuning", "Suites", grdb]),
    .testTarget(
      name: "RunStorageTests",
      dependencies: ["RunStorage", "Tuning", "Suites", grdb, "TestSupport"]),

    // A small CPU engine for transformer encoders.
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .target(name: "Kernels", cSettings: [.define("_GNU_SOURCE")]),
    .target(name: "Engine", dependencies: ["Kernels", "COpenBLAS", crypto]),
    .testTarget(name: "EngineTests", dependencies: ["Engine", "Kernels", "TestSupport"]),

    // Engine seen as a Model and a Trainer.
    .target(name: "EmbeddedModels", dependencies: ["Tuning", "Suites", "Engine", crypto]),
    .testTarget(
      name: "EmbeddedModelsTests",
      dependencies: [
        "EmbeddedModels", "RunStorage", "Statistics", "Suites", "Tuning", "TestSupport",
      ]),

    // Pictures as SVG.
    .target(name: "Charts"),
    .executableTarget(name: "pictures", dependencies: ["Charts", "Statistics"]),
    .testTarget(name: "ChartsTests", dependencies: ["Charts", "pictures", "TestSupport"]),

    // What a run did, for people and programs: HTML, Markdown, JSON, JUnit. Pure.
    .target(
      name: "Reports",
      dependencies: ["Charts", "Statistics", "Suites", "Tuning", crypto, mustache],
      resources: [
        .embedInCode("Page/run.mustache"), .embedInCode("Page/figure.mustache"),
        .embedInCode("Page/confused.mustache"), .embedInCode("Page/page.css"),
        .embedInCode("Page/page.js"),
      ]),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "Charts", "Statistics", "Suites", "Tuning"]),

    // The runs of a suite as live pages.
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(
      name: "Dashboard",
      dependencies: [
        "CZlib", "Charts", "Reports", "RunStorage", "Statistics", "Suites", "Tuning", crypto,
        httpTypes, hummingbird, hummingbirdCore, logging, mustache, nio, nioHTTP1,
        nioPosix,
      ],
      resources: [
        .embedInCode("Pages/compare.mustache"), .embedInCode("Pages/dashboard.css"),
        .embedInCode("Pages/dashboard.js"),
        .embedInCode("Pages/examples.mustache"), .embedInCode("Pages/layout.mustache"),
        .embedInCode("Pages/list.mustache"),
        .embedInCode("Pages/message.mustache"),
      ]),
    .testTarget(
      name: "DashboardTests",
      dependencies: [
        "CZlib", "Dashboard", "RunStorage", "Suites", "Tuning", httpTypes, hummingbird,
        hummingbirdCore, nio, "TestSupport",
      ]),

    // The command-line tool.
    .target(
      name: "HoneCommands",
      dependencies: [
        "Charts", "Statistics", "Suites", "Tuning", "RunStorage", "Engine", "EmbeddedModels",
        "Reports", "Dashboard", argumentParser,
      ]),
    .testTarget(
      name: "HoneCommandsTests",
      dependencies: [
        "hone", "HoneCommands", "Reports", "RunStorage", "Suites", "Tuning", grdb, "TestSupport",
      ]),
    .executableTarget(name: "hone", dependencies: ["HoneCommands"]),

    .executableTarget(
      name: "engine-benchmark", dependencies: ["Engine", "COpenBLAS", argumentParser],
      path: "Benchmarks/EngineBenchmark"),
    .executableTarget(
      name: "interop-logits", dependencies: ["EmbeddedModels"], path: "Benchmarks/Interop"),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .enableUpcomingFeature("InternalImportsByDefault"),
    ]
}
