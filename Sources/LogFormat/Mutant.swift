#if MUTANTS
private import Synchronization
#endif

/// Deliberate breakages of the log, by which the torture program proves that it would notice them.
///
/// They exist only in a build with the flag `MUTANTS`; in every other one ``lives`` is a constant, and so is no code at all.
package enum Mutant: String, CaseIterable, Sendable {
    /// An append returns before its data are durable.
    case syncLeftOut
    /// The name of a new segment is not made durable.
    case directorySyncLeftOut
    /// The directories of a new log are not made durable.
    case creationNotSynced
    /// A segment is put in its place before its header is durable.
    case headerNotSynced
    /// The next segment is put in its place before the seal of this one is durable.
    case sealNotSynced
    /// A log goes on after a failed write or sync.
    case poisoningLeftOut
    /// A batch promises itself.
    case promiseTooFar
    /// What a batch promised is cut like anything else.
    case promiseIgnored
    /// The checksum of a batch header is not compared.
    case headerChecksumIgnored
    /// The checksums of sections are not compared.
    case sectionChecksumIgnored
    /// Every bad tail counts as a torn write, whether a sector is missing or not.
    case zeroSliceIgnored
    /// Bytes behind the end of a broken batch do not count.
    case bytesBehindIgnored
    /// A read that returns fewer bytes than asked for is taken for the end of the file.
    case shortReadTakenForEnd
    /// Opening decides on the names that the cache shows, durable or not.
    case openDirectoryNotSynced
    /// Good batches that no promise covers are not written again.
    case rewriteLeftOut
    /// Torn bytes are kept in a side file and stay where they are.
    case cutNotZeroed
    /// What opening wrote again and what it cut are not made durable.
    case cutNotSynced

    #if MUTANTS
    private static let current = Atomic<Int>(-1)

    /// Breaks the log in this way and in no other, or in none.
    package static func release(_ mutant: Mutant?) {
        let index = mutant.flatMap { allCases.firstIndex(of: $0) } ?? -1
        current.store(index, ordering: .sequentiallyConsistent)
    }

    /// Whether the log is broken in this way.
    package static func lives(_ mutant: Mutant) -> Bool {
        let index = current.load(ordering: .relaxed)
        return index >= 0 && allCases[index] == mutant
    }

    /// Whether this build has them.
    package static let areBuilt = true
    #else
    /// Does nothing in this build.
    package static func release(_ mutant: Mutant?) {}

    /// Never in this build.
    @inline(__always)
    package static func lives(_ mutant: Mutant) -> Bool { false }

    /// Whether this build has them.
    package static let areBuilt = false
    #endif
}
