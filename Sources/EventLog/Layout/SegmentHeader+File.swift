internal import LogFormat
internal import LogStorage
internal import SystemPackage

extension SegmentHeader {
    /// Reads the header of a segment file that should start at `first`.
    static func read(_ file: any LogFile, first: Position) throws(LogError) -> SegmentHeader {
        let bytes = try LogError.storage("a segment cannot be read") { () throws(StorageError) in
            try file.read(at: 0, count: byteCount)
        }
        let header: SegmentHeader
        do {
            header = try decode(bytes)
        } catch {
            throw LogError(error, in: file.path)
        }
        guard header.firstPosition == first else {
            let failure = DecodingFailure(
                offset: 40,
                expected: "first position \(first), as the file is named",
                found: "\(header.firstPosition)"
            )
            throw LogError(
                failure,
                in: file.path,
                "the segment does not belong under its name",
                position: first,
                row: .swapped
            )
        }
        return header
    }
}

extension LogError {
    /// A segment header that was refused.
    init(_ refusal: SegmentHeader.Refusal, in file: FilePath) {
        switch refusal {
        case .notASegment(let failure):
            self.init(failure, in: file, "a file named as a segment is none", row: .notASegment)
        case .newerFormat(let version, let oldestReader):
            self.init(
                .newerFormat,
                "the ledger has format version \(version)",
                file: file,
                expected: "a format that version \(FormatLimits.version) may read",
                found: "one for readers from version \(oldestReader)",
                row: .newerFormat
            )
        case .damaged(let failure):
            self.init(failure, in: file, "the segment header is damaged", row: .headerDamaged)
        }
    }
}
