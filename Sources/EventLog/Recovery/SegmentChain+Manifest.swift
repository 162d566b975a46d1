internal import LogFormat
internal import LogStorage

extension SegmentChain {
    /// The manifest there should be.
    func manifest(lastSeal: BatchHeader?) -> Manifest {
        var manifest = Manifest(logID: logID, segments: sealed.map(Manifest.Segment.init(describing:)))
        manifest.segments.append(
            Manifest.Segment(firstPosition: last.header.firstPosition, seal: lastSeal.map(Manifest.Seal.init(_:)))
        )
        return manifest
    }

    /// What the manifest on disk says against what there is: nil if they agree, or why it is to be made again.
    ///
    /// - Throws: if it names a segment that is not there, or another log.
    static func manifestFault(
        _ directory: LogDirectory,
        _ actual: Manifest?,
        names: [Position]
    ) throws(LogError) -> RecoveryRow? {
        guard let manifest = try read(directory) else { return .manifestUnusable }
        let present = Set(names)
        for segment in manifest.segments where !present.contains(segment.firstPosition) {
            throw LogError(
                .corrupt,
                "a segment that the manifest names is missing",
                file: directory.segment(segment.firstPosition),
                position: segment.firstPosition,
                expected: "the file",
                found: "none",
                row: .segmentMissing
            )
        }
        guard let actual else { return nil }
        guard manifest.logID == actual.logID else {
            throw LogError(
                .corrupt,
                "the manifest belongs to another log",
                file: directory.manifest,
                expected: "log \(actual.logID)",
                found: "\(manifest.logID)",
                row: .manifestForeign
            )
        }
        let seals = Dictionary(uniqueKeysWithValues: actual.segments.map { ($0.firstPosition, $0.seal) })
        for segment in manifest.segments {
            guard let said = segment.seal, seals[segment.firstPosition] != .some(said) else { continue }
            throw LogError(
                .corrupt,
                "a segment does not end as the manifest says",
                file: directory.segment(segment.firstPosition),
                position: said.lastPosition,
                expected: "a seal behind position \(said.lastPosition) with chain hash \(said.chainHash)",
                found: "another end",
                row: .manifestContradicted
            )
        }
        return manifest == actual ? nil : .manifestStale
    }

    /// The manifest; nil if it is missing or bad.
    private static func read(_ directory: LogDirectory) throws(LogError) -> Manifest? {
        let limit = 64 << 20
        guard let bytes = try? directory.storage.contents(of: directory.manifest, limit: limit) else { return nil }
        do {
            return try Manifest.decode(bytes)
        } catch .newerFormat(let version) {
            let message = "the manifest has version \(version)"
            throw LogError(.newerFormat, message, file: directory.manifest, row: .manifestNewer)
        } catch {
            return nil
        }
    }
}

extension Manifest.Seal {
    init(_ seal: BatchHeader) {
        self.init(lastPosition: seal.firstPosition.advanced(by: -1), chainHash: seal.chainHash)
    }
}

extension Manifest.Segment {
    init(describing segment: Segment) {
        self.init(firstPosition: segment.firstPosition, seal: segment.seal.map(Manifest.Seal.init(_:)))
    }
}
