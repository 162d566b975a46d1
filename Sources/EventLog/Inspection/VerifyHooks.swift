package import LogFormat

/// What goes along with reading every byte of a log.
package struct VerifyHooks {
    /// The end of a sealed segment through which everything was checked before: of the segments up to it only header and seal are
    /// read, as opening does.
    package var resumingAfter: LogHead?
    /// Called with the head after each good batch.
    package var onBatch: ((LogHead) -> Void)?
    /// Called with each block whose checksums are right, in order; it may swap the block for another one.
    ///
    /// The chain hash over its batch is recomputed afterwards.
    package var onBlock: ((inout DecodedBlock) -> Void)?
    /// Called with the end of each sealed segment that is good throughout.
    package var onSegment: ((LogHead) -> Void)?
    /// Asked before each batch; once it is true, the report is worth nothing.
    package var isCancelled: (() -> Bool)?

    /// Hooks; what is left out does nothing.
    package init(
        resumingAfter: LogHead? = nil,
        onBatch: ((LogHead) -> Void)? = nil,
        onBlock: ((inout DecodedBlock) -> Void)? = nil,
        onSegment: ((LogHead) -> Void)? = nil,
        isCancelled: (() -> Bool)? = nil
    ) {
        self.resumingAfter = resumingAfter
        self.onBatch = onBatch
        self.onBlock = onBlock
        self.onSegment = onSegment
        self.isCancelled = isCancelled
    }
}
