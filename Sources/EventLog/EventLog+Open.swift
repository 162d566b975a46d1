internal import LogFormat
public import LogStorage
public import SystemPackage

extension EventLog {
    /// Opens a log for writing: takes the lock, recovers what a crash left, and reports.
    ///
    /// A torn write that was never acknowledged is cut and kept in a side file; damage is thrown as `corrupt`, and nothing is
    /// changed. The cost is that of the last segment, not of the history.
    public static func open(
        at path: FilePath,
        storage: any LogStorage = POSIXStorage(),
        options: EventLogOptions = EventLogOptions()
    ) throws(LogError) -> EventLog {
        let clock = ContinuousClock()
        let start = clock.now
        let directory = LogDirectory(root: path, storage: storage)
        try directory.checkIsLog()
        let lock = try LogError.storage("the lock cannot be taken") { () throws(StorageError) in
            try storage.lock(directory.lock, holder: LockHolder.line(now: options.now()) + "\n")
        }
        var recovery = try Recovery(directory, options)
        let recovered = try recovery.run()
        recovery.report.duration = start.duration(to: clock.now)
        return EventLog(recovered.state, recovered.writer, lock, options, recovery.report)
    }
}
