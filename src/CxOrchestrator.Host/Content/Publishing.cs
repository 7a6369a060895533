using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Host.CommandLine;
using CxOrchestrator.Host.Composition;
using Spectre.Console;

namespace CxOrchestrator.Host.Content;

/// <summary>Publishes the content folder, and tells people what came of it.</summary>
internal static class Publishing
{
    private const int Tries = 5;

    /// <summary>Publishes what changed; says what is new.</summary>
    /// <exception cref="UserException">The content has errors; all are told, and nothing was published.</exception>
    public static async Task PublishAsync(IServiceProvider services, IAnsiConsole console, CancellationToken cancellation)
    {
        var folder = services.GetRequiredService<CoreSettings>().ContentFolder;
        var publisher = services.GetRequiredService<JourneyPublisher>();
        var outcome = await PublishAsync(publisher, folder, console, cancellation);
        // Another node that starts at the same moment publishes the same folder: what it has done is found the next time.
        for (var again = 0; outcome.Refused is not null && again < Tries; again++)
            outcome = await PublishAsync(publisher, folder, console, cancellation);
        var report = outcome.Report;
        Tell(console, report.Faults);
        if (!report.Ok)
            throw new UserException($"Nothing was published: {Count(report.Faults)} in {folder}.");
        if (outcome.Refused is { } refused)
            throw new UserException($"Nothing was published: {refused}");
        foreach (var item in report.Items.Where(item => item.New))
            console.WriteLine($"published {item.Kind.ToString().ToLowerInvariant()} {item.Key} version {item.Version}");
        foreach (var publication in outcome.Publications)
            PlanOutput.Outcome(console, publication, await publisher.FinishAsync(publication, null, cancellation));
        foreach (var key in outcome.TakenBack)
            console.WriteLine($"journey {key} is left as it is: its file is the version that was rolled back. Change it, or name it: cxo journeys publish FILE");
    }

    private static async Task<FolderReport> PublishAsync(JourneyPublisher publisher, string folder, IAnsiConsole console, CancellationToken cancellation)
    {
        foreach (var left in await publisher.FinishOpenAsync(cancellation))
            console.WriteLine($"finished the publication of {left.Journey} version {left.Version}, which had been cut off");
        return await publisher.PublishFolderAsync(ContentFiles.Read(folder), cancellation);
    }

    /// <summary>Prints faults, errors first.</summary>
    public static void Tell(IAnsiConsole console, IReadOnlyList<Fault> faults)
    {
        foreach (var fault in faults.OrderBy(fault => fault.IsWarning))
            console.WriteLine(fault.ToString(), new Style(fault.IsWarning ? Color.Yellow : Color.Red));
    }

    /// <summary>«2 errors, 1 warning».</summary>
    public static string Count(IReadOnlyList<Fault> faults)
    {
        var warnings = faults.Count(fault => fault.IsWarning);
        var errors = faults.Count - warnings;
        return $"{Tables.Number(errors, "error")}, {Tables.Number(warnings, "warning")}";
    }
}
