import ArgumentParser

/// Puts the log through what a disk, a kernel and a power cut can do to it, and compares what comes back with a model.
///
///     LogTorture lives --count 20000 --seed 1
@main
struct LogTorture: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "LogTorture",
        abstract: "Torture the log: whole lives with crashes and faults, exhaustive damage, real kills.",
        subcommands: [
            LivesCommand.self, SequencesCommand.self, MutantsCommand.self, DamageCommand.self, KillsCommand.self,
            VictimCommand.self,
        ]
    )
}
