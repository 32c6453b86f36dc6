import COpenBLAS
import Kernels

/// The matrix products, behind one file so that another library can take OpenBLAS's place.
enum BLAS {
  /// One thread per product, set once: how work is cut decides bits, and is ours to decide.
  private static let ready: Void = {
    _ = hone_modern_products()
    openblas_set_num_threads(1)
  }()

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

  /// A row-major matrix in memory, perhaps a part of a wider one.
  struct Matrix {
    var start: UnsafeMutablePointer<Float>
    /// Floats from one row to the next.
    var stride: Int

    init(_ start: UnsafeMutablePointer<Float>, stride: Int) {
      self.start = start
      self.stride = stride
    }
  }

  /// out (+)= a · b, each of them transposed first where asked.
  ///
  /// - Parameters:
  ///   - rows: Of `out` and of `a` as it enters the product.
  ///   - columns: Of `out` and of `b` as it enters the product.
  ///   - depth: The length of what is summed over.
  ///   - adding: Whether to add to `out` instead of replacing it.
  static func multiply(
    _ a: Matrix, transposed aTransposed: Bool = false, by b: Matrix,
    transposingSecond bTransposed: Bool = false, scale: Float = 1, into out: Matrix,
    adding: Bool = false,
    rows: Int, columns: Int, depth: Int
  ) {
    _ = ready
    cblas_sgemm(
      CblasRowMajor, aTransposed ? CblasTrans : CblasNoTrans,
      bTransposed ? CblasTrans : CblasNoTrans, blasint(rows), blasint(columns), blasint(depth),
      scale, a.start, blasint(a.stride), b.start, blasint(b.stride), adding ? 1 : 0, out.start,
      blasint(out.stride))
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
