/// What a disk, its cable, a file system or a power cut can do to a log.
///
/// The crash kinds say what becomes of unsynced data; the call kinds make one call fail or fall short; the damage kinds change
/// bytes that were durable.
public enum DiskFault: String, CaseIterable, Hashable, Sendable {
    /// A crash leaves some sectors of a write and loses the others.
    case tornWrite
    /// A crash loses whole writes that were not synced.
    case lostWrite
    /// A crash leaves a later write, or part of it, and loses an earlier one.
    case reorderedWrite
    /// A write puts down its first sectors and fails: no space.
    case shortWrite
    /// A read returns fewer bytes than there are, as read(2) may; the next one goes on.
    case shortRead
    /// A write fails with an I/O error and changes nothing.
    case failedWrite
    /// A sync fails once with an I/O error; its pages are clean from then on, and later syncs succeed without them.
    case failedSync
    /// A call that may need room is refused: no space.
    case noSpace
    /// A bit of a file is another one.
    case flippedBit
    /// A sector of a file is all zero.
    case zeroedSector
    /// A write reports success, and its sectors lie somewhere else once they left the cache.
    case misdirectedWrite
    /// A crash loses names that were not synced: a new file, a rename, a removal.
    case lostEntry
}

extension DiskFault {
    /// How a fault comes about.
    public enum Moment: Sendable {
        /// The power goes.
        case crash
        /// A call is made.
        case call
        /// Nobody looks.
        case rest
    }

    /// When it happens.
    public var moment: Moment {
        switch self {
        case .tornWrite, .lostWrite, .reorderedWrite, .lostEntry: .crash
        case .shortWrite, .shortRead, .failedWrite, .failedSync, .noSpace, .misdirectedWrite: .call
        case .flippedBit, .zeroedSector: .rest
        }
    }

    /// Whether it changes bytes that a sync had made durable, which no log can mend: it must be found and reported.
    public var isDamage: Bool {
        switch self {
        case .flippedBit, .zeroedSector, .misdirectedWrite: true
        default: false
        }
    }

    /// The kinds that happen in a crash.
    public static let ofCrashes: Set<DiskFault> = Set(allCases.filter { $0.moment == .crash })
}
