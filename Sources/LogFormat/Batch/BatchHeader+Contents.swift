// What lies behind a batch header. All of these take the whole batch at `index` of `bytes`, which is `fileOffset` of the segment,
// and throw failures with offsets of the file.

extension BatchHeader {
    /// The length of header and directory, in bytes; never more than the batch.
    public var headBytes: Int { min(Self.byteCount + directoryByteCount, length) }

    /// Reads the block directory into `entries`, over what they held, and checks it against the header.
    ///
    /// - Precondition: `bytes` hold the header and the directory, of ``headBytes`` bytes.
    public func readDirectory(
        _ bytes: [UInt8],
        at index: Int,
        fileOffset: Int,
        in segment: SegmentIdentity,
        into entries: inout [BlockEntry]
    ) throws(DecodingFailure) {
        precondition(
            index >= 0 && index + headBytes <= bytes.count,
            "a directory of \(headBytes) bytes is not all there"
        )
        entries.removeAll(keepingCapacity: true)
        do throws(DecodingFailure) {
            try checkRoom(index)
            let range = index + Self.byteCount..<index + Self.byteCount + directoryByteCount
            let number = firstPosition.rawValue
            let actual = segment.checksum(bytes, in: range, number: number, part: .directory)
            guard actual == directoryChecksum else {
                throw DecodingFailure.checksum(
                    at: range.lowerBound,
                    stored: directoryChecksum,
                    actual: actual,
                    of: range,
                    checksumOffset: nil,
                    "the block directory"
                )
            }
            var reader = ByteReader(bytes, in: range)
            for _ in 0..<blockCount { entries.append(try BlockEntry.decode(&reader)) }
            try checkSums(entries, at: range.lowerBound, index)
        } catch {
            entries.removeAll(keepingCapacity: true)
            throw error.shifted(by: fileOffset - index)
        }
    }

    /// Checks padding and trailer, which a torn write would lack.
    public func checkEnd(
        _ bytes: [UInt8],
        at index: Int,
        fileOffset: Int,
        entries: [BlockEntry]
    ) throws(DecodingFailure) {
        let contents = index + Self.byteCount + directoryByteCount + entries.reduce(0) { $0 + $1.storedByteCount }
        let trailer = index + length - Self.trailerByteCount
        let shift = fileOffset - index
        guard ByteAccess.isZero(bytes, in: contents..<trailer) else {
            let bit = FlippedBit.alone(in: bytes, contents..<trailer)
            let failure = DecodingFailure(
                offset: contents,
                expected: "zeros as padding",
                found: "others",
                flippedBit: bit
            )
            throw failure.shifted(by: shift)
        }
        let magic = ByteAccess.load(bytes, at: trailer, as: UInt32.self)
        guard magic == Self.trailerMagic else {
            let found = Hexadecimal.text(magic)
            let bit = FlippedBit.between(magic, Self.trailerMagic, at: trailer + shift)
            throw DecodingFailure(
                offset: trailer + shift,
                expected: "END1 (31444e45)",
                found: found,
                flippedBit: bit
            )
        }
        let copy = ByteAccess.load(bytes, at: trailer + 4, as: UInt32.self)
        guard copy == checksum else {
            throw DecodingFailure(
                offset: trailer + 4 + shift,
                expected: "the header's CRC-32C \(Hexadecimal.text(checksum))",
                found: Hexadecimal.text(copy),
                flippedBit: .between(copy, checksum, at: trailer + 4 + shift)
            )
        }
    }

    /// Checks the checksums of all sections, without decompressing any.
    public func checkSections(
        _ bytes: [UInt8],
        at index: Int,
        fileOffset: Int,
        in segment: SegmentIdentity,
        entries: [BlockEntry]
    ) throws(DecodingFailure) {
        var start = index + Self.byteCount + directoryByteCount
        do {
            for entry in entries {
                for section in Section.allCases {
                    let range = start..<start + entry[section].storedCount
                    try entry.checkChecksum(of: section, bytes, in: range, segment)
                    start = range.upperBound
                }
            }
        } catch {
            throw error.shifted(by: fileOffset - index)
        }
    }

    private func checkRoom(_ index: Int) throws(DecodingFailure) {
        let room = length - Self.emptyBatchByteCount
        guard directoryByteCount <= room else {
            let found = "\(room) bytes"
            throw DecodingFailure(offset: index + Offset.blockCount, expected: "room for the directory", found: found)
        }
    }

    private func checkSums(_ entries: [BlockEntry], at start: Int, _ index: Int) throws(DecodingFailure) {
        var position = firstPosition
        var records = 0
        var stored = 0
        for entry in entries {
            guard entry.firstPosition == position else {
                let found = "\(entry.firstPosition)"
                throw DecodingFailure(offset: start, expected: "a block at position \(position)", found: found)
            }
            position = entry.nextPosition
            records += entry.recordCount
            stored += entry.storedByteCount
        }
        guard position == nextPosition, records == recordCount else {
            let found = "\(firstPosition.distance(to: position)) events in \(records) records"
            let expected = "blocks of \(eventCount) events in \(recordCount) records"
            throw DecodingFailure(offset: start, expected: expected, found: found)
        }
        let padding = length - Self.emptyBatchByteCount - directoryByteCount - stored
        guard padding >= 0, padding < FormatLimits.batchAlignment else {
            let found = "\(padding) bytes beside the sections"
            throw DecodingFailure(offset: index + Offset.length, expected: "a padding of 0...7", found: found)
        }
    }
}
