internal import LogFormat
internal import LogStorage
internal import SystemPackage

// What the caches show may not be on the disk: after a failed sync the system calls its pages clean. So whatever an earlier
// process may have written, zeroed, cut or renamed without a sync that succeeded is done again here, before anything is
// appended behind it. DESIGN.md section 5, "What a failed sync leaves".

extension Recovery {
    /// Copies the bytes of a torn write to a side file, durably, before zeros are written over them.
    func keep(_ tail: TornTail, _ file: any LogFile, _ first: Position) throws(LogError) -> TornTail {
        var tail = tail
        tail.sideFile = try LogError.storage("a torn write cannot be kept") { () throws(StorageError) in
            let bytes = try file.read(at: tail.offset, count: tail.byteCount)
            let path = try sidePath(bytes, tail.offset, first)
            try storage.replace(path, with: bytes)
            return path
        }
        return tail
    }

    /// The first name that is free, or that has these bytes already: whether those are durable is not known.
    private func sidePath(_ bytes: [UInt8], _ offset: Int, _ first: Position) throws(StorageError) -> FilePath {
        var attempt = 1
        while true {
            let path = directory.torn(first, offset: offset, attempt: attempt)
            guard try storage.exists(path) else { return path }
            if let kept = try? storage.contents(of: path, limit: bytes.count), kept == bytes { return path }
            attempt += 1
        }
    }

    /// Writes the batches that no promise covers again, byte for byte, and zeros over all that was ever cut behind them.
    mutating func settle(_ walk: TailWalk, _ file: any LogFile, isSealed: Bool) throws(LogError) {
        let cuts = isSealed ? [] : try cuts(behind: walk.offset, walk.header)
        guard !walk.unpromised.isEmpty || !cuts.isEmpty else { return }
        try LogError.storage("the end of the log cannot be made durable") { () throws(StorageError) in
            for batch in walk.unpromised where !Mutant.lives(.rewriteLeftOut) {
                let bytes = try file.read(at: batch.offset, count: batch.header.length)
                try file.write(bytes, at: batch.offset)
            }
            for cut in cuts where !Mutant.lives(.cutNotZeroed) { try zero(cut, file) }
            if !Mutant.lives(.cutNotSynced) { try file.sync() }
        }
        report.rewrittenBatches = walk.unpromised.count
        if !walk.unpromised.isEmpty { report.rows.append(.unpromisedBatches) }
        if cuts.count > (report.tornTail == nil ? 0 : 1) { report.rows.append(.unprovenCut) }
    }

    /// The ranges that side files name, as far as they lie behind `tail`.
    ///
    /// Everything there reads as zeros or is kept in a side file, so a side file that lies about its range does no harm.
    private func cuts(behind tail: Int, _ header: SegmentHeader) throws(LogError) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for (path, offset) in try directory.sideFiles(of: header.firstPosition) where offset < header.capacity {
            let size = try LogError.storage("a side file cannot be looked at") { () throws(StorageError) in
                try storage.open(path, for: .read).size()
            }
            let end = offset + min(size, header.capacity - offset)
            if end > tail { ranges.append(max(offset, tail)..<end) }
        }
        return ranges
    }

    private func zero(_ range: Range<Int>, _ file: any LogFile) throws(StorageError) {
        let piece = [UInt8](repeating: 0, count: min(range.count, 1 << 20))
        var offset = range.lowerBound
        while offset < range.upperBound {
            let count = min(piece.count, range.upperBound - offset)
            try file.write(count == piece.count ? piece : Array(piece[..<count]), at: offset)
            offset += count
        }
    }

    /// Renames an empty last segment away and back, so that its name becomes durable.
    ///
    /// A manifest names a segment only after its name was synced. Where none does, nothing was ever acknowledged in it if it is
    /// empty, and a crash between the two renames leaves an unfinished roll, as a crash before the first one would. The first
    /// segment stays where it is: a log without it would be none, though its creation may have been acknowledged.
    mutating func putInPlaceAgain(_ walk: TailWalk, _ manifestFault: RecoveryRow?) throws(LogError) {
        guard case .clean = walk.end, walk.offset == SegmentHeader.byteCount, manifestFault != nil,
            walk.header.identity.ordinal > 0
        else { return }
        try LogError.storage("an empty segment cannot be put in its place") { () throws(StorageError) in
            let temporary = directory.temporary(walk.path)
            try storage.rename(walk.path, to: temporary)
            try storage.rename(temporary, to: walk.path)
            try storage.syncDirectory(directory.log)
        }
        report.rows.append(.unprovenName)
    }
}
