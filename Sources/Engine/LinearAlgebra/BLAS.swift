import COpenBLAS

/// The matrix products, behind one file so that another library can take OpenBLAS's place.
enum BLAS {
  /// One thread per product, set once: how work is cut decides bits, and is ours to decide.
  private static let ready: Void = openblas_set_num_threads(1)

  /// The processor kernel that products run on, e.g. `SkylakeX`.
  static var kernelName: String {
    _ = ready
    return String(cString: openblas_get_corename())
  }

  /// out = a · bᵀ. a: [rows, depth], b: [columns, depth], out: [rows, columns], row-major Float32.
  static func multiplyTransposed(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>,
    rows: Int, columns: Int, depth: Int
  ) {
    _ = ready
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, blasint(rows), blasint(columns), blasint(depth), 1,
      a, blasint(depth), b, blasint(depth), 0, out, blasint(columns))
  }

  /// out = a · bᵀ in Double; shapes as above.
  static func multiplyTransposed(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
    into out: UnsafeMutablePointer<Double>, rows: Int, columns: Int, depth: Int
  ) {
    _ = ready
    cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, blasint(rows), blasint(columns), blasint(depth), 1,
      a, blasint(depth), b, blasint(depth), 0, out, blasint(columns))
  }

  /// out = aᵀ · b in Double. a: [depth, rows], b: [depth, columns], out: [rows, columns].
  static func multiplyFirstTransposed(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
    into out: UnsafeMutablePointer<Double>, rows: Int, columns: Int, depth: Int
  ) {
    _ = ready
    cblas_dgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, blasint(rows), blasint(columns), blasint(depth), 1,
      a, blasint(rows), b, blasint(columns), 0, out, blasint(columns))
  }
}
