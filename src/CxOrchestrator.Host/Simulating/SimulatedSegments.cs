using System.Globalization;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Segments;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Host.Content;

namespace CxOrchestrator.Host.Simulating;

/// <summary>
/// Who is in segments of the CRM while a simulation runs, which asks nobody: those of files that were given, and of what the store keeps of segments that journeys
/// watch.
/// </summary>
internal sealed class SimulatedSegments(IServiceProvider services)
{
    private const int Page = 5_000;

    /// <summary>All segments of which something is known, by name. A file goes before what is kept.</summary>
    /// <param name="files">Files that were given: <c>NAME=FILE</c>.</param>
    /// <param name="crm">The connection whose ids name the customers; null where there is none.</param>
    /// <param name="scope">Whom the simulation is about; null for everybody.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="UserException">A file can't be read.</exception>
    public async Task<IReadOnlyDictionary<string, KnownSegment>> ReadAsync(
        IReadOnlyList<string> files, string? crm, IReadOnlyCollection<Guid>? scope, CancellationToken cancellation)
    {
        var known = files.Select(Given).GroupBy(one => one.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Segment, StringComparer.Ordinal);
        if (crm is null)
            return known;
        foreach (var watch in await services.GetRequiredService<ISegmentStore>().WatchesAsync(cancellation))
        {
            // Before it was read to the end once nobody knows who else is in it.
            if (watch is { Known: true, ReadAt: { } read } && !known.ContainsKey(watch.Segment))
                known[watch.Segment] = await KeptAsync(watch.Segment, read, crm, scope, cancellation);
        }

        return known;
    }

    private static (string Name, KnownSegment Segment) Given(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0 || at == text.Length - 1)
            throw new UserException($"--segment {text}: write NAME=FILE, where the file has an id of the CRM on each line");
        var file = Path.GetFullPath(text[(at + 1)..]);
        if (!File.Exists(file))
            throw new UserException($"--segment {text}: there is no file {file}");
        string[] ids = [.. ContentFiles.ReadText(file).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
        return (text[..at], new KnownSegment(ids, string.Create(CultureInfo.InvariantCulture, $"{ids.Length:N0} ids of {text[(at + 1)..]}")));
    }

    private async Task<KnownSegment> KeptAsync(string segment, DateTimeOffset read, string crm, IReadOnlyCollection<Guid>? scope, CancellationToken cancellation)
    {
        var store = services.GetRequiredService<ISegmentStore>();
        var customers = services.GetRequiredService<ICustomerStore>();
        var asked = scope as IReadOnlySet<Guid> ?? scope?.ToHashSet();
        var (ids, strangers) = (new List<string>(), 0);
        Guid? after = null;
        while (await store.MembersAsync(segment, after, Page, cancellation) is { Count: > 0 } members)
        {
            var named = await customers.GetAsync([.. members.Where(id => asked?.Contains(id) != false)], CustomerParts.Ids, cancellation);
            var here = named.Values.Select(customer => customer.IdIn(crm)).OfType<string>().ToList();
            ids.AddRange(here);
            strangers += named.Count - here.Count;
            after = members[^1];
        }

        var without = strangers == 0 ? "" : $"; {strangers} more have no id in {crm} any more and are left out";
        return new KnownSegment(ids, string.Create(
            CultureInfo.InvariantCulture, $"{ids.Count:N0} customers, as the CRM was last read ({read.UtcDateTime:yyyy-MM-dd HH:mm} UTC); nobody comes or leaves{without}"));
    }
}
