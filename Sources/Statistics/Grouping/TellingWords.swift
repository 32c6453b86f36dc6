#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How much more a word belongs to one set of texts than to another, as a z-score.
///
/// The difference of the log-odds of the word in both, over its standard error, with a prior of
/// `prior` words that are spread as in both sets together: rare words have to show more.
///
/// - Parameters:
///   - inside: Texts of the first set that have the word. Not below 0.
///   - outside: The same of the second set.
///   - insideWords: The sum of `inside` over all words; likewise `outsideWords`. Both together > 0.
///   - prior: α₀, above 0.
/// - Returns: Above 0 for words of the first set, 0 for a word in neither.
///
/// Source: Monroe, Colaresi and Quinn (2008), "Fightin' words", equations 16, 20 and 22.
public func logOddsScore(
  inside: Int, outside: Int, insideWords: Int, outsideWords: Int, prior: Double = 50
) -> Double {
  precondition(insideWords + outsideWords > 0, "there are words to compare")
  precondition(prior > 0, "a prior is above 0")
  guard inside + outside > 0 else { return 0 }
  let alpha = prior * Double(inside + outside) / Double(insideWords + outsideWords)
  func logOdds(_ count: Int, _ words: Int) -> Double {
    let own = Double(count) + alpha
    let rest = Double(words) + prior - own
    // A set of one word alone has no other.
    return log(own) - log(max(rest, .leastNormalMagnitude))
  }
  let difference = logOdds(inside, insideWords) - logOdds(outside, outsideWords)
  let variance = 1 / (Double(inside) + alpha) + 1 / (Double(outside) + alpha)
  return difference / variance.squareRoot()
}
