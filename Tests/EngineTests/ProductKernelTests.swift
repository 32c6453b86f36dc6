import Engine
import Foundation
import Testing

@Suite("The kernel of matrix products")
struct ProductKernelTests {
  private static let flags: Set<Substring> = {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("flags") } ?? ""
    return Set(line.split(separator: " "))
  }()

  /// OpenBLAS gives processors that it does not know by number a kernel of 2004.
  @Test(
    "A processor with AVX2 gets a kernel that uses it",
    .enabled(if: flags.isSuperset(of: ["avx2", "fma"])),
    .disabled(if: ProcessInfo.processInfo.environment["OPENBLAS_CORETYPE"] != nil))
  func modern() {
    let outdated = [
      "prescott", "core2", "penryn", "dunnington", "nehalem", "sandybridge", "atom", "barcelona",
      "bobcat", "bulldozer", "opteron",
    ]
    #expect(!outdated.contains(SentenceEncoder.kernelName.lowercased()))
  }
}
