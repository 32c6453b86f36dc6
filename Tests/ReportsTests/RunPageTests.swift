import Reports
import Testing
import Tuning

@Suite("The page of a run")
struct RunPageTests {
  @Test("Its style and script can be had by themselves")
  func parts() {
    #expect(PageParts.style.contains("color-scheme"))
    #expect(PageParts.script.contains("use strict"))
  }
}
