import Reports

/// Prints a value as one JSON object with sorted keys.
func printJSON(_ value: some Encodable) throws {
  Terminal.output.line(try JSONText.text(value))
}
