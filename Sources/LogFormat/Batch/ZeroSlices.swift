/// The all-zero pieces of sectors by which a torn write is told from damage.
public enum ZeroSlices {
    /// The first piece of `range` that is all zero when it is cut at the sectors of the file; nil if there is none.
    ///
    /// `range` counts in `bytes`, which start at `fileOffset`; so does the result.
    public static func first(in bytes: [UInt8], range: Range<Int>, fileOffset: Int) -> Range<Int>? {
        var start = range.lowerBound
        while start < range.upperBound {
            let sectorEnd = start + FormatLimits.sectorBytes - (fileOffset + start) % FormatLimits.sectorBytes
            let slice = start..<min(sectorEnd, range.upperBound)
            if ByteAccess.isZero(bytes, in: slice) { return slice }
            start = slice.upperBound
        }
        return nil
    }

    /// Whether every byte of `range` is zero.
    public static func isZero(_ bytes: [UInt8], in range: Range<Int>) -> Bool { ByteAccess.isZero(bytes, in: range) }
}
