import ArgumentParser
import LoyaltyLedger

extension LocalDay {
    /// Reads a day of the command line.
    static func argument(_ text: String) throws -> LocalDay {
        guard let day = LocalDay(text) else { throw ValidationError("it must be a day such as 1998-06-30") }
        return day
    }
}

extension ProgramID {
    /// Reads the name of a program on the command line.
    static func argument(_ text: String) throws -> ProgramID {
        guard let id = ProgramID(text) else { throw ValidationError("it must be a name of 1 to 64 bytes") }
        return id
    }
}
