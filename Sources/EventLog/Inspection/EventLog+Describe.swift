public import LogStorage
public import SystemPackage

extension EventLog {
    /// Lists the files of a log, and segments, batches and blocks as far as their headers are good; reads no section and writes
    /// nothing.
    ///
    /// Damage ends the description of a segment, not that of the log: the segment says where it stops, and in which row of the
    /// decision table.
    ///
    /// - Throws: `notALog`, or `io` where the directory cannot be read.
    public static func describe(
        at path: FilePath,
        storage: any LogStorage = POSIXStorage()
    ) throws(LogError) -> LogDescription {
        var describer = Describer(LogDirectory(root: path, storage: storage))
        try describer.run()
        return describer.description
    }
}
