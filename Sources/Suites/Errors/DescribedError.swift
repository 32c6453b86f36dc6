public import Foundation

/// An error whose one text is the same, however it comes to be printed.
public protocol DescribedError: LocalizedError, CustomStringConvertible {}

extension DescribedError {
  public var errorDescription: String? { description }
}
