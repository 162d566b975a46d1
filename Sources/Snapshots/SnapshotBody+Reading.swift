internal import Dispatch
internal import LogFormat
internal import LogStorage
internal import Synchronization

extension SnapshotBody {
    /// A chunk as its frame tells it.
    private struct Chunk: Sendable {
        let number: Int
        /// Where its stored bytes lie in the file.
        let stored: Range<Int>
        let rawByteCount: Int
        let checksum: UInt32
    }

    /// A state that is denser than this is unpacked a few chunks at a time: no more room is taken on a file's word.
    private static let usualExpansion = 4
    private static let chunksAtATime = 64

    /// Reads all chunks, on as many threads as there are processors.
    ///
    /// No length is used before its checksum is right. Which thread reads what makes no difference: of several failures the first in the file is
    /// thrown.
    func decode(_ file: any LogFile, _ header: SnapshotHeader) throws(SnapshotProblem) -> [UInt8] {
        let (chunks, failure) = chunks(file, header)
        let (stored, raw) = chunks.reduce((0, 0)) { ($0.0 + $1.stored.count, $0.1 + $1.rawByteCount) }
        let isUsual = raw <= Self.usualExpansion * stored
        let step = isUsual ? max(chunks.count, 1) : Self.chunksAtATime
        var state: [UInt8] = []
        for start in stride(from: 0, to: chunks.count, by: step) {
            let part = try unpack(chunks[start..<min(start + step, chunks.count)], file)
            if start == 0 { state = part } else { state += part }
        }
        if let failure { throw failure }
        return state
    }

    /// The chunks up to the first whose frame is not right, and what is wrong with that one.
    private func chunks(_ file: any LogFile, _ header: SnapshotHeader) -> ([Chunk], SnapshotProblem?) {
        var chunks: [Chunk] = []
        var (offset, left) = (SnapshotHeader.byteCount, header.stateByteCount)
        do throws(SnapshotProblem) {
            for number in 0..<header.chunkCount {
                let chunk = try chunk(file, at: offset, number, of: min(SnapshotFormat.chunkBytes, left))
                chunks.append(chunk)
                (offset, left) = (chunk.stored.upperBound, left - chunk.rawByteCount)
            }
            guard offset == header.fileByteCount else {
                throw damage(file, offset, "the end after \(header.fileByteCount) bytes", "the end of the last chunk")
            }
        } catch {
            return (chunks, error)
        }
        return (chunks, nil)
    }

    /// Unpacks chunks that follow one another.
    private func unpack(_ chunks: ArraySlice<Chunk>, _ file: any LogFile) throws(SnapshotProblem) -> [UInt8] {
        let count = chunks.reduce(0) { $0 + $1.rawByteCount }
        let first = Mutex<(number: Int, problem: SnapshotProblem)?>(nil)
        let state = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            // Safe: each chunk fills its own part of the buffer, all but the last of them equally long; the buffer outlives the threads, which
            // have ended when the call returns, and counts as written only if every part is.
            nonisolated(unsafe) let target = UnsafeMutableRawBufferPointer(buffer)
            DispatchQueue.concurrentPerform(iterations: chunks.count) { place in
                let (chunk, start) = (chunks[chunks.startIndex + place], place * SnapshotFormat.chunkBytes)
                do throws(SnapshotProblem) {
                    let part = start..<start + chunk.rawByteCount
                    unsafe try unpack(chunk, file, into: .init(rebasing: target[part]))
                } catch {
                    first.withLock { if chunk.number < $0?.number ?? .max { $0 = (chunk.number, error) } }
                }
            }
            written = first.withLock { $0 == nil } ? count : 0
        }
        if let problem = first.withLock({ $0?.problem }) { throw problem }
        return state
    }

    /// Checks the stored bytes of a chunk and fills its part of the state.
    private func unpack(
        _ chunk: Chunk,
        _ file: any LogFile,
        into target: UnsafeMutableRawBufferPointer
    ) throws(SnapshotProblem) {
        let stored = try bytes(file, at: chunk.stored.lowerBound, count: chunk.stored.count)
        let actual = CRC32C.checksum(stored, continuing: seed(chunk.number))
        guard actual == chunk.checksum else {
            let failure = DecodingFailure.checksum(
                at: chunk.stored.lowerBound,
                stored: chunk.checksum,
                actual: actual,
                of: chunk.stored,
                checksumOffset: nil,
                "chunk \(chunk.number)"
            )
            throw damage(failure, file)
        }
        guard stored.count < chunk.rawByteCount else { return unsafe target.copyBytes(from: stored) }
        guard unsafe LZ4.decompress(stored, in: 0..<stored.count, filling: target) else {
            let expected = "an LZ4 block of \(chunk.rawByteCount) bytes"
            throw damage(file, chunk.stored.lowerBound, expected, "another")
        }
    }

    /// The chunk at an offset, which must hold so many bytes of the state.
    private func chunk(
        _ file: any LogFile,
        at offset: Int,
        _ number: Int,
        of wanted: Int
    ) throws(SnapshotProblem) -> Chunk {
        let bytes = try bytes(file, at: offset, count: SnapshotFormat.frameByteCount)
        let start = offset + SnapshotFormat.frameByteCount
        let (raw, count, checksum) = try frame(bytes, file, at: offset, number)
        guard raw == wanted, (1...wanted).contains(count) else {
            throw damage(file, start, "at most \(wanted) bytes for \(wanted)", "\(count) for \(raw)")
        }
        return Chunk(number: number, stored: start..<start + count, rawByteCount: raw, checksum: checksum)
    }

    private func frame(
        _ bytes: [UInt8],
        _ file: any LogFile,
        at offset: Int,
        _ number: Int
    ) throws(SnapshotProblem) -> (raw: Int, stored: Int, checksum: UInt32) {
        do throws(DecodingFailure) {
            var reader = ByteReader(bytes)
            let raw = try reader.u32()
            let stored = try reader.u32()
            let checksum = try reader.u32()
            let own = try reader.u32()
            let actual = CRC32C.checksum(bytes, in: 0..<SnapshotFormat.frameByteCount - 4, continuing: seed(number))
            guard own == actual else {
                throw .checksum(
                    at: SnapshotFormat.frameByteCount - 4,
                    stored: own,
                    actual: actual,
                    of: 0..<SnapshotFormat.frameByteCount - 4,
                    checksumOffset: SnapshotFormat.frameByteCount - 4,
                    "the frame of chunk \(number)"
                )
            }
            return (Int(raw), Int(stored), checksum)
        } catch {
            throw damage(error.shifted(by: offset), file)
        }
    }

    private func bytes(_ file: any LogFile, at offset: Int, count: Int) throws(SnapshotProblem) -> [UInt8] {
        let bytes: [UInt8]
        do throws(StorageError) {
            bytes = try file.read(at: offset, count: count)
        } catch {
            throw SnapshotProblem(error)
        }
        guard bytes.count == count else { throw damage(file, offset, "\(count) bytes", "\(bytes.count)") }
        return bytes
    }

    private func damage(_ failure: DecodingFailure, _ file: any LogFile) -> SnapshotProblem {
        SnapshotProblem(failure, .damaged, in: file.path)
    }

    private func damage(_ file: any LogFile, _ offset: Int, _ expected: String, _ found: String) -> SnapshotProblem {
        damage(DecodingFailure(offset: offset, expected: expected, found: found), file)
    }
}
