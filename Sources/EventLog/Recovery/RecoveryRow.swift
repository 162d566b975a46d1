/// The decision table of DESIGN.md section 5: every state in which a file of a log may be found, and what opening does with it.
///
/// The raw value is the name of the row, stable for ever. Where several rows apply, the first in this order is the one reported.
public enum RecoveryRow: String, CaseIterable, Hashable, Sendable {
    // Names.
    /// No segment and no manifest.
    case noSegment = "A1"
    /// A segment whose name is no position.
    case strangeName = "A2"
    /// A segment that the manifest names or the next one follows is not there.
    case segmentMissing = "A3"
    /// A segment that is there twice, or overlaps the one before.
    case segmentExtra = "A4"
    /// A file that was never finished.
    case unfinishedFile = "A5"
    /// An empty last segment that no manifest names, so that nothing shows its name to be durable.
    case unprovenName = "A6"

    // Segment headers.
    /// The magic is wrong.
    case notASegment = "B1"
    /// The checksum or a field of a header is wrong, or it is not all there.
    case headerDamaged = "B2"
    /// A good header of a later format.
    case newerFormat = "B3"
    /// A good header under the name of another position.
    case swapped = "B4"
    /// A good header of another log.
    case foreignSegment = "B5"
    /// A good header that links to another end of the segment before.
    case unlinkedSegment = "B6"

    // Segments with others behind them.
    /// The file does not end in a seal before the next position.
    case sealMissing = "C1"
    /// Bytes below the seal are not what was written.
    case sealedDamage = "C2"

    // The last segment, at the first place that is no good next batch.
    /// A good batch further on promises the place.
    ///
    /// One before cannot: a promise ends where its own batch begins, so D1 and D3, which said that, are no rows.
    case promisedBehind = "D2"
    /// A good batch header that does not follow the batch before.
    case unlinkedBatch = "D4"
    /// Bytes behind the end that a good header names.
    case bytesBehindBatch = "D5"
    /// No slice of a sector is missing.
    case noZeroSlice = "D6"
    /// Bytes behind a seal.
    case bytesBehindSeal = "D7"
    /// The file has not the size it was made with.
    case wrongSize = "D8"
    /// A slice of a sector is missing, above all promises.
    case tornWrite = "D9"
    /// A seal, and no next segment.
    case unfinishedRoll = "D10"
    /// Good batches that no promise covers.
    case unpromisedBatches = "D11"
    /// Zeros, above all promises.
    case cleanEnd = "D12"

    // Derived files.
    /// The manifest is missing, or its checksum is wrong.
    case manifestUnusable = "E1"
    /// The manifest names fewer segments or seals than there are.
    case manifestStale = "E2"
    /// The manifest is of a later version.
    case manifestNewer = "E3"
    /// The manifest names another log.
    case manifestForeign = "E4"
    /// A segment ends otherwise than the manifest says.
    case manifestContradicted = "E5"
    /// The stream index of a sealed segment is missing.
    case indexMissing = "E6"
    /// The stream index of a sealed segment is bad, or another segment's.
    case indexUnusable = "E7"
    /// Bytes that an earlier recovery cut.
    case sideFile = "E8"
    /// Bytes that an earlier recovery cut behind the end of the log, where zeros may be in memory alone.
    case unprovenCut = "E9"
}

extension RecoveryRow {
    /// What opening does.
    public enum Action: String, Hashable, Sendable {
        /// It throws, names the place and changes nothing.
        case halt
        /// Reading and verifying throw, and change nothing; opening does not look.
        case haltWhenRead = "halt when read"
        /// It keeps the bytes in a side file, zeroes them and goes on.
        case cut
        /// It makes a derived file again.
        case rebuild
        /// It goes on, having finished what a crash interrupted.
        case finish
        /// It goes on.
        case accept
    }

    /// What opening does.
    public var action: Action {
        switch self {
        case .noSegment, .strangeName, .segmentMissing, .segmentExtra, .notASegment, .headerDamaged, .newerFormat,
            .swapped, .foreignSegment, .unlinkedSegment, .sealMissing, .promisedBehind, .unlinkedBatch,
            .bytesBehindBatch, .noZeroSlice, .bytesBehindSeal, .wrongSize,
            .manifestNewer, .manifestForeign, .manifestContradicted:
            .halt
        case .sealedDamage: .haltWhenRead
        case .tornWrite: .cut
        case .manifestUnusable, .manifestStale, .indexMissing, .indexUnusable: .rebuild
        case .unfinishedFile, .unprovenName, .unfinishedRoll, .unpromisedBatches, .unprovenCut: .finish
        case .cleanEnd, .sideFile: .accept
        }
    }
}
