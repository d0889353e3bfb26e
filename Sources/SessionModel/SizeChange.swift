/// A terminal's size from a byte of its output on.
public struct SizeChange: Equatable, Sendable {
    /// The byte, counted from the session's first.
    public let offset: Int64
    /// Cells in a row.
    public let columns: Int
    /// Rows.
    public let rows: Int

    /// A size of `columns` by `rows` from `offset` on.
    public init(offset: Int64, columns: Int, rows: Int) {
        (self.offset, self.columns, self.rows) = (offset, columns, rows)
    }
}
