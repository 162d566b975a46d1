import ArgumentParser

/// The command `loyalty`.
struct Loyalty: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loyalty",
        abstract: "Keep loyalty cards in a durable, replayable ledger.",
        discussion: """
            Every purchase, refund, stamp and reward is an event in an append-only log; every figure is folded from it.

              loyalty init shop.ledger --program coffee.json
              loyalty import shop.ledger purchases.csv --map card=card_id --issue-cards
              loyalty do shop.ledger redeem-rewards --card 00004 --quantity 1 --amount 0
              loyalty card shop.ledger 00004
              loyalty rfm shop.ledger --as-of 1998-06-30
              loyalty replay shop.ledger
            """,
        subcommands: [
            InitCommand.self, ProgramCommand.self, DoCommand.self, ImportCommand.self, UploadCommand.self,
            SweepCommand.self, CardsCommand.self, ProfileCommand.self, HistoryCommand.self, ExplainCommand.self,
            DisputeCommand.self,
            QuoteCommand.self,
            InstalledCommand.self, TotalsCommand.self, StaffCommand.self, LiabilitiesCommand.self, RFMCommand.self,
            LifetimesCommand.self, ExportCommand.self, VerifyCommand.self, ReplayCommand.self, AuditCommand.self,
            DescribeCommand.self, BackupCommand.self, SalvageCommand.self, WhatIfCommand.self, GenerateCommand.self,
            FollowCommand.self, ProjectionsCommand.self,
        ]
    )
}
