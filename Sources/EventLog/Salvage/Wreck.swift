internal import LogFormat
internal import LogStorage
internal import SystemPackage

/// A damaged log: its segments in their order, as far as they can be told apart.
struct Wreck {
    let directory: LogDirectory
    let logID: LogID
    /// The segments of this log, by number.
    private(set) var segments: [WreckedSegment] = []
    /// Segments of other logs.
    private(set) var strangers: [WreckedSegment] = []
    /// The manifest, where it is good and this log's.
    let manifest: Manifest?

    private var storage: any LogStorage { directory.storage }

    /// Looks at every file of a log.
    ///
    /// - Throws: `notALog`, `newerFormat`, `io`, or `corrupt` where not even the log's id can be found out.
    init(_ directory: LogDirectory) throws(LogError) {
        self.directory = directory
        try directory.checkIsLog()
        var found = try Self.files(directory)
        let bytes = try? directory.storage.contents(of: directory.manifest, limit: 64 << 20)
        let listed = bytes.flatMap { try? Manifest.decode($0) }
        guard !found.isEmpty else {
            throw LogError(
                .notALog,
                "this directory holds no segment of a ledger",
                file: directory.log,
                row: .noSegment
            )
        }
        guard let logID = Self.logID(of: &found, listed, directory) else {
            throw found[0].fault ?? LogError(.corrupt, "no batch of any segment can be read", file: directory.log)
        }
        self.logID = logID
        manifest = listed?.logID == logID ? listed : nil
        identify(&found)
        for segment in found {
            if let identity = segment.identity, identity.logID != logID {
                strangers.append(segment)
            } else {
                segments.append(segment)
            }
        }
        sort()
    }

    /// The size that segments of this log have until they are sealed.
    var capacity: Int {
        let known = segments.compactMap { $0.header?.capacity }.max() ?? EventLogOptions().segmentCapacity
        return min(max(known, FormatLimits.smallestSegment), 1 << 30)
    }

    /// The last position that the manifest or the end of a segment vouches for.
    var lastKnownPosition: Position {
        let sealed = manifest?.segments.compactMap { $0.seal?.lastPosition } ?? []
        let starts = manifest?.segments.map { $0.firstPosition.advanced(by: -1) } ?? []
        return (sealed + starts).max() ?? .zero
    }

    /// The stream index of the segment that starts at a position, where it is good.
    func index(at first: Position) -> StreamIndex? {
        guard let bytes = try? storage.contents(of: directory.cards(first), limit: 512 << 20),
            let index = try? StreamIndex.decode(bytes), index.logID == logID, index.firstPosition == first
        else { return nil }
        return index
    }

    private static func files(_ directory: LogDirectory) throws(LogError) -> [WreckedSegment] {
        var found: [WreckedSegment] = []
        let names = try LogError.storage("the directory cannot be read") { () throws(StorageError) in
            try directory.storage.list(directory.log)
        }
        for name in names.sorted() where name.hasSuffix(".segment") {
            let file = try LogError.storage("a segment cannot be opened") { () throws(StorageError) in
                try directory.storage.open(directory.log.appending(name), for: .read)
            }
            let named = (try? directory.segment(named: name)) ?? nil
            found.append(try WreckedSegment(file, named: named))
        }
        return found
    }

    /// The log most of all this belongs to: what the manifest says, else most of the good headers, else what a damaged header
    /// or a stream index names and a batch confirms.
    private static func logID(
        of segments: inout [WreckedSegment],
        _ manifest: Manifest?,
        _ directory: LogDirectory
    ) -> LogID? {
        let known = segments.compactMap { $0.header?.identity.logID }
        if let listed = manifest?.logID, known.isEmpty || known.contains(listed) { return listed }
        let counts = Dictionary(known.map { ($0, 1) }, uniquingKeysWith: +)
        if let most = counts.values.max() { return known.first { counts[$0] == most } }
        for index in segments.indices {
            if let claimed = segments[index].claimed { segments[index].identify(among: [claimed]) }
            if let confirmed = segments[index].identity { return confirmed.logID }
        }
        for segment in segments {
            guard let named = segment.named,
                let bytes = try? directory.storage.contents(of: directory.cards(named), limit: 512 << 20),
                let index = try? StreamIndex.decode(bytes)
            else { continue }
            return index.logID
        }
        return nil
    }

    /// Finds out the number of each segment whose header is damaged, and tries the likely ones first.
    private func identify(_ found: inout [WreckedSegment]) {
        let good = found.indices.compactMap { index in found[index].header.map { (index, $0.identity.ordinal) } }
        for index in found.indices where found[index].identity == nil {
            var ordinals: [UInt64] = []
            if let named = found[index].named,
                let listed = manifest?.segments.firstIndex(where: { $0.firstPosition == named })
            {
                ordinals.append(UInt64(listed))
            }
            for (other, ordinal) in good where Int64(ordinal) + Int64(index - other) >= 0 {
                ordinals.append(UInt64(Int64(ordinal) + Int64(index - other)))
            }
            if let claimed = found[index].claimed { ordinals.append(claimed.ordinal) }
            ordinals += (0..<found.count + 16).map(UInt64.init)
            found[index].identify(among: ordinals.map { SegmentIdentity(logID: logID, ordinal: $0) })
        }
    }

    private mutating func sort() {
        func key(_ segment: WreckedSegment) -> (Position, UInt64, String) {
            (segment.firstPosition ?? .zero, segment.identity?.ordinal ?? 0, segment.file.path.string)
        }
        segments.sort { key($0) < key($1) }
    }
}
