import LogFormat

extension FuzzTarget {
    /// A log that has rolled or was about to: the input is what the first segment holds, up to its end.
    ///
    /// The first byte chooses: bit 0 puts the checksums of all batches right, bit 1 those of what stands in the place of the seal; bit 2
    /// leaves out the second segment and fills the first one up with zeros instead; bit 3 adds a manifest that names the seal.
    func openSealed(_ bytes: [UInt8]) {
        guard let choice = bytes.first else { return }
        let header = FuzzLog.header(0, first: .first, previousHash: .zero)
        let repair = SegmentRepair(identity: header.identity)
        var file = header.encoded() + bytes.dropFirst().prefix(FuzzLog.capacity - SegmentHeader.byteCount)
        if choice & 2 != 0 { file.removeLast(file.count % 8) }
        if choice & 1 != 0 { repair.repair(&file) }
        if choice & 2 != 0 { repair.repairSeal(&file) }
        let seal = seal(of: file, header.identity)
        let log = FuzzLog()
        if choice & 4 != 0 {
            file += [UInt8](repeating: 0, count: FuzzLog.capacity - file.count)
        } else {
            let next = FuzzLog.header(1, first: seal.next, previousHash: seal.chainHash)
            let rest = [UInt8](repeating: 0, count: FuzzLog.capacity - SegmentHeader.byteCount)
            log.put(next.encoded() + rest, first: seal.next)
        }
        log.put(file, first: .first)
        if choice & 8 != 0 { log.put(manifest(seal.next, seal.chainHash)) }
        log.explore()
    }

    /// What the next segment's header must say after this file; something else where the file has no seal.
    private func seal(of file: [UInt8], _ identity: SegmentIdentity) -> (next: Position, chainHash: ChainHash) {
        let offset = file.count - BatchHeader.emptyBatchByteCount
        let seal = try? BatchHeader.decode(file, at: offset, fileOffset: offset, in: identity)
        guard let seal, seal.firstPosition > .first else { return (Position(rawValue: 2), .zero) }
        return (seal.firstPosition, seal.chainHash)
    }

    private func manifest(_ next: Position, _ chainHash: ChainHash) -> Manifest {
        let seal = Manifest.Seal(lastPosition: next.advanced(by: -1), chainHash: chainHash)
        let segments = [
            Manifest.Segment(firstPosition: .first, seal: seal), Manifest.Segment(firstPosition: next, seal: nil),
        ]
        return Manifest(logID: FuzzLog.logID, segments: segments)
    }
}
