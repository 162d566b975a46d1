public import SystemPackage

/// A call to the file system that failed: which, on what, where, and why.
public struct StorageError: Error, Hashable, Sendable {
    /// The calls of the storage seam.
    public enum Operation: String, Sendable, CaseIterable {
        /// Listing a directory.
        case list
        /// Creating a directory.
        case createDirectory
        /// Creating a file exclusively and allocating it.
        case createFile
        /// Opening a file.
        case open
        /// Reading from a file.
        case read
        /// Writing to a file.
        case write
        /// Making a file's data durable (fdatasync), or all of it (fsync).
        case sync
        /// Making a directory's entries durable.
        case syncDirectory
        /// Asking for a file's size, or whether it exists.
        case size
        /// Cutting a file.
        case truncate
        /// Closing a file.
        case close
        /// Renaming a file.
        case rename
        /// Removing a file.
        case remove
        /// Taking a lock.
        case lock
    }

    /// The call.
    public var operation: Operation
    /// The file or directory.
    public var path: FilePath
    /// The offset in the file, where one was named.
    public var offset: Int?
    /// What the system said.
    public var errno: Errno
    /// Who holds the lock, as it wrote into the lock file; only for a lock that is taken.
    public var holder: String?

    /// Describes a call that failed.
    public init(_ operation: Operation, _ path: FilePath, offset: Int? = nil, errno: Errno, holder: String? = nil) {
        self.operation = operation
        self.path = path
        self.offset = offset
        self.errno = errno
        self.holder = holder
    }
}

extension StorageError: CustomStringConvertible {
    /// The value as text, for people.
    public var description: String {
        let place = offset.map { " at byte \($0)" } ?? ""
        let who = holder.map { ", held by \($0)" } ?? ""
        return "\(operation.rawValue) \(path)\(place): \(errno)\(who)"
    }
}
