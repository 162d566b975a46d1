internal import LogFormat
internal import LogStorage
internal import SystemPackage

/// The work of `EventLog.describe`.
struct Describer {
    private(set) var description = LogDescription(logID: nil, segments: [])
    private let directory: LogDirectory

    private var storage: any LogStorage { directory.storage }

    init(_ directory: LogDirectory) { self.directory = directory }

    mutating func run() throws(LogError) {
        try directory.checkIsLog()
        let names = try list(directory.log)
        let last = names.last { $0.hasSuffix(".segment") }
        for name in names {
            let path = directory.log.appending(name)
            if name.hasSuffix(".tmp") {
                add(path, .unfinished, "never finished; the next open removes it")
            } else if name.hasSuffix(".segment") {
                describe(path, name, isLast: name == last)
            } else if name.hasSuffix(".cards") {
                describeIndex(path)
            } else if name.contains(".torn-") {
                add(path, .sideFile, "cut by a recovery, never read")
            }
        }
        for name in try list(directory.root) where name.hasSuffix(".tmp") {
            add(directory.root.appending(name), .unfinished, "never finished; the next open removes it")
        }
        if (try? storage.exists(directory.manifest)) == true { describeManifest() }
        guard !description.segments.isEmpty || !description.files.isEmpty else {
            let message = "this directory holds no segment of a ledger"
            throw LogError(.notALog, message, file: directory.log, row: .noSegment)
        }
    }

    private mutating func describe(_ path: FilePath, _ name: String, isLast: Bool) {
        do throws(LogError) {
            guard let first = try directory.segment(named: name) else { return }
            let file = try LogError.storage("a segment cannot be opened") { () throws(StorageError) in
                try storage.open(path, for: .read)
            }
            let header = try SegmentHeader.read(file, first: first)
            description.logID = description.logID ?? header.identity.logID
            description.segments.append(try describe(file, header, isLast: isLast))
        } catch {
            add(path, .segment, "", error)
        }
    }

    private func describe(
        _ file: any LogFile,
        _ header: SegmentHeader,
        isLast: Bool
    ) throws(LogError) -> LogDescription.Segment {
        let size = try LogError.storage("a segment cannot be read") { () throws(StorageError) in try file.size() }
        var segment = LogDescription.Segment(
            file: file.path,
            header: header,
            byteCount: size,
            usedByteCount: SegmentHeader.byteCount,
            batches: []
        )
        var scanner = SegmentScanner(file, header.identity, limit: size)
        do throws(ScanFailure) {
            while segment.batches.last?.header.kind != .seal {
                let offset = segment.usedByteCount
                let batch = try scanner.header(at: offset)
                _ = try scanner.batch(batch, at: offset)
                segment.batches.append(LogDescription.Batch(offset: offset, header: batch, blocks: scanner.entries))
                segment.usedByteCount += batch.length
            }
        } catch {
            switch error {
            case .storage(let error): throw LogError(error, "a segment cannot be read")
            case .damage(let failure, let extent):
                segment.end = failure
                segment.row = isLast ? try row(of: segment, file, extent: extent) : .sealedDamage
            }
        }
        return segment
    }

    /// The row of the decision table for the end of the last segment.
    private func row(
        of segment: LogDescription.Segment,
        _ file: any LogFile,
        extent: Int?
    ) throws(LogError) -> RecoveryRow {
        let evidence = try TailEvidence.gather(
            file,
            from: segment.usedByteCount,
            size: segment.byteCount,
            extent: extent,
            identity: segment.header.identity,
            progress: { _ in }
        )
        switch evidence.verdict() {
        case .clean: return segment.byteCount == segment.header.capacity ? .cleanEnd : .wrongSize
        case .torn: return .tornWrite
        case .corrupt(let row, _): return row
        }
    }

    private mutating func describeIndex(_ path: FilePath) {
        do {
            let index = try StreamIndex.decode(try storage.contents(of: path, limit: 512 << 20))
            add(path, .streamIndex, "\(index.streamCount) streams")
        } catch let failure as DecodingFailure {
            let error = LogError(failure, in: path, "a stream index cannot be used", row: .indexUnusable)
            add(path, .streamIndex, "", error)
        } catch let error as StorageError {
            add(path, .streamIndex, "", LogError(error, "a stream index cannot be read"))
        } catch {
            preconditionFailure("only two kinds of error are thrown above, not \(error)")
        }
    }

    private mutating func describeManifest() {
        let path = directory.manifest
        do {
            let manifest = try Manifest.decode(try storage.contents(of: path, limit: 64 << 20))
            let sealed = manifest.segments.count { $0.seal != nil }
            add(path, .manifest, "\(manifest.segments.count) segments, \(sealed) sealed")
        } catch Manifest.Refusal.damaged(let failure) {
            add(path, .manifest, "", LogError(failure, in: path, "the manifest is damaged", row: .manifestUnusable))
        } catch Manifest.Refusal.newerFormat(let version) {
            let error = LogError(.newerFormat, "the manifest has version \(version)", file: path, row: .manifestNewer)
            add(path, .manifest, "", error)
        } catch let error as StorageError {
            add(path, .manifest, "", LogError(error, "the manifest cannot be read"))
        } catch {
            preconditionFailure("only three kinds of error are thrown above, not \(error)")
        }
    }

    private mutating func add(
        _ path: FilePath,
        _ kind: VerifyReport.FileVerdict.Kind,
        _ text: String,
        _ damage: LogError? = nil
    ) {
        let count = (try? storage.open(path, for: .read).size()) ?? 0
        description.files.append(LogDescription.File(path, kind: kind, byteCount: count, text: text, damage: damage))
    }

    private func list(_ folder: FilePath) throws(LogError) -> [String] {
        try LogError.storage("the directory cannot be read") { () throws(StorageError) in
            try storage.list(folder).sorted()
        }
    }
}
