using System.Collections.Concurrent;

namespace CxOrchestrator.Core.Content;

/// <summary>
/// Parts that messages include: those of a content folder, or those that a published message carries with it. Immutable, safe to share between threads.
/// </summary>
/// <param name="files">The files.</param>
/// <param name="faults">Faults of files, and of parts as a whole.</param>
/// <param name="defaultLanguage">The installation's language.</param>
public sealed class SharedParts(IReadOnlyList<PartFile> files, IReadOnlyList<Fault> faults, string defaultLanguage)
{
    /// <summary>The folder of a content folder in which they lie.</summary>
    public const string Folder = "parts";

    private readonly Dictionary<(string Part, PartVariety Variety), List<PartFile>> _files = files
        .GroupBy(file => (file.Part, file.Variety)).ToDictionary(group => group.Key, group => group.ToList());

    private readonly ConcurrentDictionary<(string Language, PartVariety Variety), IncludableParts> _seen = new();

    /// <summary>No parts.</summary>
    public static SharedParts None { get; } = new([], [], "en");

    /// <summary>All files.</summary>
    public IReadOnlyList<PartFile> Files { get; } = files;

    /// <summary>The names of all parts.</summary>
    public IReadOnlyCollection<string> Names { get; } = [.. files.Select(file => file.Part).Distinct(StringComparer.Ordinal)];

    /// <summary>Errors and warnings of all parts.</summary>
    public IReadOnlyList<Fault> Faults { get; } = faults;

    /// <summary>The parts as a message sees them in one language, as HTML or as text.</summary>
    public IncludableParts In(string language, PartVariety variety) =>
        _seen.GetOrAdd((language, variety), one => See(one.Language, one.Variety));

    private IncludableParts See(string language, PartVariety variety) => new(_files
        .Where(pair => pair.Key.Variety == variety).ToDictionary(pair => pair.Key.Part, pair => Pick(pair.Value, language), StringComparer.Ordinal));

    // As the language of a message is found for a customer. Where not even the default is there, which is told before publication, any is better than
    // a message that fails: the default may have been another one when it was published.
    private PartFile Pick(List<PartFile> there, string language) =>
        Best(there, language) ?? there.Find(file => file.Language == PartFile.AnyLanguage) ?? Best(there, defaultLanguage) ?? there[0];

    private static PartFile? Best(List<PartFile> there, string language) =>
        Locales.Best(there.Select(file => file.Language).Where(tag => tag != PartFile.AnyLanguage), language) is { } best
            ? there.Find(file => file.Language == best)
            : null;
}
