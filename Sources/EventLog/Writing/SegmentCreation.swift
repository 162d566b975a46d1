internal import LogFormat
internal import LogStorage
internal import SystemPackage

/// A new segment under its temporary name: allocated, with a header, durable, and not yet part of the log.
struct PendingSegment {
    let header: SegmentHeader
    private let directory: LogDirectory
    private let temporary: FilePath
    private let file: any LogFile

    /// Creates the file; whatever fails here leaves the log as it was.
    init(_ header: SegmentHeader, _ directory: LogDirectory) throws(LogError) {
        self.header = header
        self.directory = directory
        temporary = directory.temporary(directory.segment(header.firstPosition))
        do {
            if try directory.storage.exists(temporary) { try directory.storage.remove(temporary) }
            file = try directory.storage.createFile(temporary, size: header.capacity)
        } catch {
            throw LogError(error, "a new segment cannot be created")
        }
        do {
            try file.write(header.encoded(), at: 0)
            if !Mutant.lives(.headerNotSynced) { try file.syncAll() }
        } catch {
            try? directory.storage.remove(temporary)
            throw LogError(error, "a new segment cannot be created")
        }
    }

    /// Makes the file part of the log, durably, and returns it.
    func install() throws(LogError) -> any LogFile {
        let path = directory.segment(header.firstPosition)
        do {
            try directory.storage.rename(temporary, to: path)
            if !Mutant.lives(.directorySyncLeftOut) { try directory.storage.syncDirectory(directory.log) }
            return try directory.storage.open(path, for: .readWrite)
        } catch {
            throw LogError(error, "a new segment cannot be put in its place")
        }
    }
}
