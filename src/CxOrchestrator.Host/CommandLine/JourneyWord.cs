using System.CommandLine;
using CxOrchestrator.Core.Publishing;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Host.Composition;

namespace CxOrchestrator.Host.CommandLine;

/// <summary>A word on a journey: which one, who says it, and why.</summary>
internal sealed class JourneyWord
{
    private readonly Argument<string> _journey = new("journey") { Description = "The journey's key." };

    private readonly Option<string?> _by = new("--by") { Description = "Who says so. Default: the user who runs this." };

    private readonly Option<string?> _why = new("--why") { Description = "Why, for those who ask afterwards." };

    /// <summary>Gives a command the journey and the options.</summary>
    public Command In(Command command)
    {
        command.Arguments.Add(_journey);
        command.Options.Add(_by);
        command.Options.Add(_why);
        return command;
    }

    /// <summary>How the journey stands.</summary>
    /// <exception cref="UserException">There is no such journey.</exception>
    public async Task<JourneyState> NowAsync(JourneyControl control, ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            return await control.OfAsync(parsed.GetValue(_journey)!, cancellation);
        }
        catch (ArgumentException error)
        {
            throw new UserException(error.Message.Split(" (Parameter", 2)[0] + " See cxo journeys list", error);
        }
    }

    /// <summary>Who, and why.</summary>
    public (string By, string Why) Said(ParseResult parsed) =>
        (parsed.GetValue(_by)?.Trim() is { Length: > 0 } by ? by : Environment.UserName, parsed.GetValue(_why)?.Trim() ?? "");
}
