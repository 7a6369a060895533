using CxOrchestrator.Plugins.Sandbox.Journals;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Sandbox.Outbox;

/// <summary>
/// The messages that the sandbox was given, in <c>outbox.ndjson</c>. Only keys and places are held in memory: mails are large.
/// </summary>
internal sealed class OutboxBook : IAsyncDisposable
{
    private const int PageSize = 50;
    private readonly Lock _gate = new();
    private readonly HashSet<(string Key, bool IsEmail)> _known = [];
    private readonly Dictionary<string, LineSpan> _byKey = new(StringComparer.Ordinal);
    private readonly List<LineSpan> _inOrder = [];
    private readonly Journal _journal;

    public OutboxBook(string path) =>
        _journal = Journal.Open(path, (place, line) => Index(JsonLines.Read<OutboxItem>(line), place));

    /// <summary>Keeps a message; one of the same channel with the same key is kept once.</summary>
    /// <exception cref="IOException">It is not certain that it stands.</exception>
    public Task KeepAsync(OutboxItem item)
    {
        var line = JsonLines.Write(item);
        lock (_gate)
        {
            if (!_known.Contains((item.Key, item.Email is not null)))
            {
                Index(item, _journal.Append(line));
            }
        }

        return _journal.FlushAsync();
    }

    /// <summary>Newest first.</summary>
    public async Task<Page<OutboxItem>> ListAsync(string? cursor, CancellationToken cancellation)
    {
        await _journal.FlushAsync();
        List<LineSpan> places;
        int before;
        lock (_gate)
        {
            before = (int)Math.Min(_inOrder.Count, Cursors.Parse(cursor, beginning: _inOrder.Count));
            var first = Math.Max(0, before - PageSize);
            places = _inOrder[first..before];
            before = first;
        }

        places.Reverse();
        var items = new List<OutboxItem>(places.Count);
        foreach (var place in places)
        {
            items.Add(await ReadAsync(place, cancellation));
        }

        return new Page<OutboxItem>(items, before > 0 ? Cursors.Write(before) : null);
    }

    /// <summary>The message with this key, or null.</summary>
    public async Task<OutboxItem?> FindAsync(string key, CancellationToken cancellation)
    {
        await _journal.FlushAsync();
        LineSpan place;
        lock (_gate)
        {
            if (!_byKey.TryGetValue(key, out place))
            {
                return null;
            }
        }

        return await ReadAsync(place, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    private void Index(OutboxItem item, LineSpan place)
    {
        _known.Add((item.Key, item.Email is not null));
        _byKey[item.Key] = place;
        _inOrder.Add(place);
    }

    private async Task<OutboxItem> ReadAsync(LineSpan place, CancellationToken cancellation) =>
        JsonLines.Read<OutboxItem>(await _journal.ReadAsync(place, cancellation));
}
