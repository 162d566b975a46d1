public import LogStorage
public import SystemPackage

extension EventLog {
    /// Reads everything and writes nothing: recomputes every checksum and every chain hash, and checks headers, links, seals,
    /// the manifest and the stream indexes.
    ///
    /// Damage is reported, not thrown; each file gets its verdict, and one damaged segment does not keep the next from being
    /// read. A torn write at the end that the next open would cut is no damage.
    ///
    /// - Throws: `notALog`, `newerFormat`, or `io` where the directory cannot be read; a file that cannot be read is damage.
    public static func verify(
        at path: FilePath,
        storage: any LogStorage = POSIXStorage(),
        progress: (@Sendable (LogProgress) -> Void)? = nil
    ) throws(LogError) -> VerifyReport {
        try verify(at: path, storage: storage, progress: progress, hooks: VerifyHooks())
    }

    /// The same, with hooks along the way: what a snapshot may be tied to, what an audit folds.
    package static func verify(
        at path: FilePath,
        storage: any LogStorage,
        progress: (@Sendable (LogProgress) -> Void)?,
        hooks: VerifyHooks
    ) throws(LogError) -> VerifyReport {
        let directory = LogDirectory(root: path, storage: storage)
        try directory.checkIsLog()
        var verifier = Verifier(directory, progress, hooks)
        try verifier.run()
        return verifier.report
    }
}
