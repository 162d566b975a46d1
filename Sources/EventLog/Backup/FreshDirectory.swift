internal import LogFormat
internal import LogStorage
internal import SystemPackage

/// A ledger's directory in the making: `DIR.tmp` until everything in it is durable, then `DIR`.
///
/// What a crash leaves is so recognisably unfinished. A directory `DIR.tmp` that is already there is refused and never
/// removed: nobody knows whose it is.
struct FreshDirectory {
    /// Where it will be.
    let place: FilePath
    /// Where it is made.
    let temporary: LogDirectory

    private var storage: any LogStorage { temporary.storage }

    /// Makes the directory and the `log` in it.
    ///
    /// - Throws: `alreadyExists` where there is something that is no empty directory.
    init(_ place: FilePath, _ storage: any LogStorage) throws(LogError) {
        self.place = place
        let path = FilePath(place.string + ".tmp")
        temporary = LogDirectory(root: path, storage: storage)
        do {
            if try storage.exists(place) {
                guard (try? storage.list(place))?.isEmpty == true else {
                    throw LogError(.alreadyExists, "the target exists and is no empty directory", file: place)
                }
            }
            guard try !storage.exists(path) else {
                throw LogError(
                    .alreadyExists,
                    "an unfinished one is there from an earlier run; look at it, then remove it",
                    file: path
                )
            }
            try storage.createDirectory(path)
            try storage.createDirectory(temporary.log)
        } catch let error as StorageError {
            throw LogError(error, "the target cannot be created")
        } catch let error as LogError {
            throw error
        } catch {
            preconditionFailure("only two kinds of error are thrown above, not \(error)")
        }
    }

    /// Removes what was made so far, as well as that goes: it failed, and is nobody's but ours.
    func discard() {
        try? Self.empty(temporary.root, storage, depth: 2)
    }

    private static func empty(_ directory: FilePath, _ storage: any LogStorage, depth: Int) throws(StorageError) {
        for name in try storage.list(directory) {
            let path = directory.appending(name)
            if depth > 0, (try? storage.list(path)) != nil {
                try empty(path, storage, depth: depth - 1)
            } else {
                try storage.remove(path)
            }
        }
        try storage.removeDirectory(directory)
    }

    /// Makes the entries of both directories durable, then gives the whole its name, durably.
    func install() throws(LogError) {
        try LogError.storage("the target cannot be put in its place") { () throws(StorageError) in
            try storage.syncDirectory(temporary.log)
            try storage.syncDirectory(temporary.root)
            try storage.rename(temporary.root, to: place)
            let parent = place.removingLastComponent()
            try storage.syncDirectory(parent.isEmpty ? "." : parent)
        }
    }
}
