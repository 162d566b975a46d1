private import Glibc
internal import SystemPackage

// Every call to C in this module is in this file. Each returns the error number instead of leaving it in `errno`.

/// The system calls that `SystemPackage` does not wrap.
enum SystemCalls {
    static func fdatasync(_ descriptor: FileDescriptor) throws(Errno) {
        try check { Glibc.fdatasync(descriptor.rawValue) }
    }

    static func fsync(_ descriptor: FileDescriptor) throws(Errno) {
        try check { Glibc.fsync(descriptor.rawValue) }
    }

    static func size(_ descriptor: FileDescriptor) throws(Errno) -> Int {
        var status = stat()
        try check { unsafe fstat(descriptor.rawValue, &status) }
        return Int(status.st_size)
    }

    /// Reserves room for the whole file, so that later writes cannot run out of it.
    static func allocate(_ descriptor: FileDescriptor, size: Int) throws(Errno) {
        guard size > 0 else { return }
        while true {
            let code = posix_fallocate(descriptor.rawValue, 0, size)
            if code == 0 { return }
            guard code == EINTR else { throw Errno(rawValue: code) }
        }
    }

    /// Tries to take a lock; false if somebody else has it.
    static func tryLock(_ descriptor: FileDescriptor, exclusively: Bool) throws(Errno) -> Bool {
        do {
            try check { flock(descriptor.rawValue, (exclusively ? LOCK_EX : LOCK_SH) | LOCK_NB) }
            return true
        } catch .wouldBlock {
            return false
        }
    }

    static func createDirectory(_ path: FilePath) throws(Errno) {
        do {
            try check { unsafe mkdir(path.string, 0o777) }
        } catch .fileExists {
            return
        }
    }

    static func rename(_ path: FilePath, to newPath: FilePath) throws(Errno) {
        try check { unsafe Glibc.rename(path.string, newPath.string) }
    }

    static func remove(_ path: FilePath) throws(Errno) {
        try check { unsafe unlink(path.string) }
    }

    static func removeDirectory(_ path: FilePath) throws(Errno) {
        try check { unsafe rmdir(path.string) }
    }

    static func exists(_ path: FilePath) throws(Errno) -> Bool {
        do {
            var status = stat()
            try check { unsafe stat(path.string, &status) }
            return true
        } catch .noSuchFileOrDirectory {
            return false
        }
    }

    static func list(_ path: FilePath) throws(Errno) -> [String] {
        guard let directory = unsafe opendir(path.string) else { throw Errno(rawValue: errno) }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(directory) else {
                guard errno == 0 else { throw Errno(rawValue: errno) }
                return names
            }
            // Safe: the name is a C string inside the entry, and is copied before the next call.
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
            }
            if name != ".", name != ".." { names.append(name) }
        }
    }

    /// Has the kernel bring bytes in; what it says of that is advice about advice.
    static func adviseReading(_ descriptor: FileDescriptor, _ range: Range<Int>) {
        _ = posix_fadvise(descriptor.rawValue, off_t(range.lowerBound), off_t(range.count), POSIX_FADV_WILLNEED)
    }

    static func sleep(milliseconds: Int) {
        usleep(UInt32(milliseconds) * 1000)
    }

    private static func check(_ call: () -> Int32) throws(Errno) {
        while call() != 0 {
            guard errno == EINTR else { throw Errno(rawValue: errno) }
        }
    }
}
