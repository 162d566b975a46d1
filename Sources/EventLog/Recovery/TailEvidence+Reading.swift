internal import LogFormat
internal import LogStorage
internal import SystemPackage

extension TailEvidence {
    /// Reads what lies behind `place`.
    static func gather(
        _ file: any LogFile,
        from place: Int,
        size: Int,
        extent: Int?,
        identity: SegmentIdentity,
        progress: (Int) -> Void
    ) throws(LogError) -> TailEvidence {
        let bytes = try LogError.storage("the end of a segment cannot be read") { () throws(StorageError) in
            let end = try endOfBytes(file, from: place, size: size, progress)
            return try file.read(at: place, count: end - place)
        }
        return TailEvidence(place: place, bytes: bytes, extent: extent, identity: identity)
    }

    /// The offset behind the last byte that is not zero; `place` if there is none.
    private static func endOfBytes(
        _ file: any LogFile,
        from place: Int,
        size: Int,
        _ progress: (Int) -> Void
    ) throws(StorageError) -> Int {
        var piece = [UInt8](repeating: 0, count: max(0, min(size - place, 1 << 20)))
        var end = place
        var offset = place
        while offset < size {
            let count = try file.read(into: &piece, 0..<min(piece.count, size - offset), at: offset)
            guard count > 0 else { break }
            if !ZeroSlices.isZero(piece, in: 0..<count) {
                let last = piece[..<count].lastIndex { $0 != 0 } ?? 0
                end = offset + last + 1
            }
            offset += count
            progress(offset)
        }
        return end
    }
}

extension LogError {
    /// Bytes behind the seal of a segment.
    static func behindSeal(_ evidence: TailEvidence, _ file: FilePath, position: Position) -> LogError {
        let failure = DecodingFailure(
            offset: evidence.place,
            expected: "the end of the file",
            found: "\(evidence.bytes.count) bytes",
            flippedBit: evidence.loneBit
        )
        return LogError(failure, in: file, "there are bytes behind the seal", position: position, row: .bytesBehindSeal)
    }
}
