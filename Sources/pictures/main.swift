// Draws the pictures of docs/promises.md and fills in its tables: everything is computed here.
//   usage: pictures DOCS      (writes DOCS/pictures/*.svg and the tables of DOCS/promises.md)
import Charts
import Foundation

let arguments = CommandLine.arguments.dropFirst()
guard let docs = arguments.first.map({ URL(fileURLWithPath: $0) }), arguments.count == 1 else {
  FileHandle.standardError.write(Data("usage: pictures DOCS\n".utf8))
  exit(64)
}

do {
  let folder = docs.appendingPathComponent("pictures")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  for figure in Figures.all {
    try Data(figure.chart.svg().utf8)
      .write(to: folder.appendingPathComponent("\(figure.name).svg"), options: .atomic)
  }
  let page = docs.appendingPathComponent("promises.md")
  if let text = try? String(contentsOf: page, encoding: .utf8) {
    let filled = ExamplesTable.fill(text)
    if filled != text { try Data(filled.utf8).write(to: page, options: .atomic) }
  }
} catch {
  FileHandle.standardError.write(Data("pictures: \(error.localizedDescription)\n".utf8))
  exit(1)
}
