using System.CommandLine;
using System.Globalization;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Publishing;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Host.Content;

namespace CxOrchestrator.Host.CommandLine;

/// <summary>The file and the options that a plan is made of: the same for the verb that shows it and the one that carries it out.</summary>
internal sealed class PlannedFile
{
    private readonly Argument<string> _file;

    private readonly Option<string[]> _moves = new("--move")
    {
        Description = "What becomes of people on a step of an older version: STEP=TO or STEP@VERSION=TO, where TO is a step of the file, same, stay, exit or "
            + "exit:REASON; STEP may be any. Goes before the file's own moves. May be repeated.",
    };

    private PlannedFile(Command command, ArgumentArity arity)
    {
        _file = new Argument<string>("file") { Description = "The journey's file.", Arity = arity };
        command.Arguments.Add(_file);
        command.Options.Add(_moves);
    }

    /// <summary>Gives a command the file and the options.</summary>
    public static PlannedFile In(Command command, bool required = true) =>
        new(command, required ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne);

    /// <summary>The file, or null where none was named.</summary>
    public string? Named(ParseResult parsed) => parsed.GetValue(_file);

    /// <summary>The options as they were written, to be written again.</summary>
    public string Written(ParseResult parsed) => string.Concat((parsed.GetValue(_moves) ?? []).Select(move => $" --move '{move}'"));

    /// <summary>The plan.</summary>
    /// <exception cref="UserException">The file or an option can't be read.</exception>
    public async Task<PublishPlan> PlanAsync(IServiceProvider services, ParseResult parsed, CancellationToken cancellation)
    {
        var (files, path) = Read(services.GetRequiredService<CoreSettings>().ContentFolder, parsed.GetValue(_file)!);
        var said = (parsed.GetValue(_moves) ?? []).Select(Rule).ToList();
        return await services.GetRequiredService<JourneyPlans>().PlanAsync(files, path, said, cancellation);
    }

    // A file of the content folder stands for itself; any other takes the place of the folder's file of that name.
    internal static (IReadOnlyDictionary<string, string> Files, string Path) Read(string folder, string file)
    {
        var full = Path.GetFullPath(file);
        if (!File.Exists(full))
            throw new UserException($"There is no file {full}. Name a journey's file, such as {Path.Combine(folder, "journeys", "NAME.yaml")}");
        var files = new SortedDictionary<string, string>(ContentFiles.Read(folder).ToDictionary(), StringComparer.Ordinal);
        var relative = Path.GetRelativePath(folder, full).Replace('\\', '/');
        if (files.ContainsKey(relative))
            return (files, relative);
        var path = $"journeys/{Path.GetFileName(full)}";
        files[path] = ContentFiles.ReadText(full);
        return (files, path);
    }

    private static MoveRule Rule(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0 || at == text.Length - 1)
            throw new UserException($"--move {text}: write STEP=TO, such as --move wait-a-week=ask");
        var (from, to) = (text[..at], text[(at + 1)..]);
        int? version = null;
        if (from.LastIndexOf('@') is > 0 and var mark)
        {
            version = int.TryParse(from[(mark + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? number
                : throw new UserException($"--move {text}: {from[(mark + 1)..]} is no version");
            from = from[..mark];
        }

        var reason = to.StartsWith(MoveRule.Exit + ":", StringComparison.Ordinal) ? to[(MoveRule.Exit.Length + 1)..].Trim() : "";
        return new MoveRule { From = from, Version = version, To = reason.Length > 0 ? MoveRule.Exit : to, Reason = reason, File = $"--move {text}" };
    }
}
