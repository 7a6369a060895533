using CxOrchestrator.Templating;

namespace CxOrchestrator.Core.Content;

/// <summary>The shared parts in one language and variety: what <c>include</c> finds while a message is rendered.</summary>
/// <param name="files">The file that is meant, by part.</param>
public sealed class IncludableParts(IReadOnlyDictionary<string, PartFile> files) : ITemplateLoader
{
    private IReadOnlyList<(PartFile File, Fault Fault)>? _cycles;

    /// <summary>No parts.</summary>
    public static IncludableParts None { get; } = new(new Dictionary<string, PartFile>());

    /// <summary>The file that is meant, by part.</summary>
    public IReadOnlyDictionary<string, PartFile> Files => files;

    /// <summary>Includes that never end, with the file in which the last of them stands.</summary>
    public IReadOnlyList<(PartFile File, Fault Fault)> Cycles => _cycles ??= PartCycles.Of(this);

    /// <inheritdoc/>
    public CompiledTemplate? Load(string name) => files.GetValueOrDefault(name)?.Template;

    /// <summary>
    /// The files that a rendering of a template may come to, directly or through others; all of them where one computes a name. The template itself is
    /// among them only where it is included again.
    /// </summary>
    public IReadOnlyList<PartFile> Behind(CompiledTemplate template)
    {
        var found = new List<PartFile>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<CompiledTemplate>([template]);
        while (open.TryDequeue(out var next))
        {
            foreach (var name in next.IncludesAny ? files.Keys : next.Includes.Select(use => use.Path))
            {
                if (!files.TryGetValue(name, out var file) || !seen.Add(name))
                    continue;
                found.Add(file);
                if (file.Template is not null)
                    open.Enqueue(file.Template);
            }
        }

        return found;
    }
}
