// What Hone says of some texts with a checkpoint that Hone or PEFT has written, for comparison
// with the Python libraries that read the same folder (scripts/interop).
//   usage: interop-logits --checkpoint FOLDER --base FOLDER --texts FILE
//   FILE: one text per line, or JSON lines with "input".
import EmbeddedModels
import Foundation

func fail(_ message: String) -> Never {
  FileHandle.standardError.write(Data("interop-logits: \(message)\n".utf8))
  exit(1)
}

func option(_ name: String) -> URL {
  guard let place = CommandLine.arguments.firstIndex(of: "--\(name)"),
    place + 1 < CommandLine.arguments.count
  else { fail("--\(name) is missing") }
  return URL(fileURLWithPath: CommandLine.arguments[place + 1])
}

do {
  let texts = try String(contentsOf: option("texts"), encoding: .utf8)
    .split(whereSeparator: \.isNewline)
    .map { line in
      let row = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return row?["input"] as? String ?? String(line)
    }
  let answer = try CheckpointAnswer(
    checkpoint: option("checkpoint"), base: option("base"), texts: texts)
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys]
  FileHandle.standardOutput.write(try encoder.encode(answer) + [UInt8(ascii: "\n")])
} catch {
  fail("\(error)")
}
