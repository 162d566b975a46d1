import ArgumentParser
import Foundation

/// Parses the command line, runs the command and turns every way out into an exit status.
@main enum Main {
    static func main() async {
        do {
            var command = try Loyalty.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            report(failure.description)
            exit(failure.status.rawValue)
        } catch {
            leave(error)
        }
    }

    /// Shows help where it was asked for; anything else that the parser says is a mistake in the command line.
    private static func leave(_ error: any Error) -> Never {
        let message = Loyalty.fullMessage(for: error)
        if Loyalty.exitCode(for: error).isSuccess {
            print(message)
            exit(ExitStatus.success.rawValue)
        }
        let isMistake = Loyalty.exitCode(for: error) == .validationFailure
        let label = "Error: "
        report(message.hasPrefix(label) ? "loyalty: " + message.dropFirst(label.count) : message)
        exit(isMistake ? ExitStatus.usage.rawValue : ExitStatus.failure.rawValue)
    }

    /// Writes an error; its first word stands out on a terminal.
    private static func report(_ text: String) {
        let label = "loyalty:"
        let style = StandardStream.error.style
        let body = text.hasPrefix(label) ? style.alarm(label) + text.dropFirst(label.count) : text
        // Where even standard error is gone, the exit status alone has to tell.
        try? StandardStream.error.write(body + "\n")
    }
}
