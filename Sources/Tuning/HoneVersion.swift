/// The version of this build, as certificates and `hone --version` name it.
public enum HoneVersion {
  public static let current = "0.1.0"
}
