using System.Globalization;
using System.Text.Json;
using CxOrchestrator.Plugins.Sandbox.Journals;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Sandbox.Helpdesk;

/// <summary>The tickets of the sandbox, made of the lines in <c>tickets.ndjson</c>.</summary>
internal sealed class TicketBook : IAsyncDisposable
{
    private const int PageSize = 200;
    private readonly TimeProvider _time;
    private readonly TimeSpan? _solveAfter;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DeskTicket> _tickets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _idByKey = new(StringComparer.Ordinal);
    private readonly HashSet<string> _commentKeys = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, string> _idByChange = [];
    private readonly Queue<string> _unsolved = new();
    private readonly List<ConnectorEvent> _events = [];
    private readonly Journal _journal;
    private long _changes;

    public TicketBook(string path, TimeProvider time, double solveAfterHours)
    {
        _time = time;
        _solveAfter = solveAfterHours > 0 ? TimeSpan.FromHours(solveAfterHours) : null;
        _journal = Journal.Open(path, (_, line) => Apply(JsonLines.Read<TicketLine>(line)));
    }

    /// <summary>Opens a ticket, or gives the one that this key opened.</summary>
    public async Task<WriteResult> OpenAsync(TicketDraft draft)
    {
        string? id;
        lock (_gate)
        {
            if (!_idByKey.TryGetValue(draft.Key, out id))
            {
                id = string.Create(CultureInfo.InvariantCulture, $"T-{_tickets.Count + 1}");
                Write(new TicketLine { Kind = TicketLineKind.Opened, TicketId = id, At = _time.GetUtcNow(), Draft = draft });
            }
        }

        await _journal.FlushAsync();
        return WriteResult.Written(id);
    }

    /// <summary>Adds a comment once.</summary>
    public async Task<WriteResult> CommentAsync(string ticketId, string key, string text)
    {
        lock (_gate)
        {
            if (!_tickets.TryGetValue(ticketId, out var ticket))
            {
                return WriteResult.Refused("not-found", $"The sandbox has no ticket '{ticketId}'.");
            }

            if (!_commentKeys.Contains(key))
            {
                Write(new TicketLine { Kind = TicketLineKind.Commented, TicketId = ticketId, At = _time.GetUtcNow(), Key = key, Text = text });
            }
        }

        await _journal.FlushAsync();
        return WriteResult.Written("comment-" + key);
    }

    /// <summary>One ticket, or null.</summary>
    public async Task<Ticket?> FindAsync(string id)
    {
        await SettleAsync();
        lock (_gate)
        {
            return _tickets.GetValueOrDefault(id)?.Show();
        }
    }

    /// <summary>Tickets in the order of their last change; a null cursor with no tickets says that there is nothing new.</summary>
    public async Task<Page<Ticket>> ChangedSinceAsync(string? cursor)
    {
        var since = Cursors.Parse(cursor, beginning: 0);
        await SettleAsync();
        lock (_gate)
        {
            List<DeskTicket> page = [.. _idByChange.Where(pair => pair.Key > since).Take(PageSize).Select(pair => _tickets[pair.Value])];
            return new Page<Ticket>([.. page.Select(ticket => ticket.Show())], page.Count == 0 ? null : Cursors.Write(page[^1].Change));
        }
    }

    /// <summary>What agents did, in order; a null cursor with no events says that there is nothing new.</summary>
    public async Task<Page<ConnectorEvent>> PollAsync(string? cursor)
    {
        var since = (int)Cursors.Parse(cursor, beginning: 0);
        await SettleAsync();
        lock (_gate)
        {
            List<ConnectorEvent> page = [.. _events.Skip(since).Take(PageSize)];
            return new Page<ConnectorEvent>(page, page.Count == 0 ? null : Cursors.Write(since + page.Count));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    // The simulated agents work when somebody looks: there is nothing to run in between.
    private Task SettleAsync()
    {
        lock (_gate)
        {
            while (_solveAfter is { } wait && _unsolved.TryPeek(out var id) && _tickets[id].OpenedAt + wait is var due && due <= _time.GetUtcNow())
            {
                Write(new TicketLine { Kind = TicketLineKind.Moved, TicketId = id, At = due, State = TicketState.Solved });
            }
        }

        return _journal.FlushAsync();
    }

    private void Write(TicketLine line)
    {
        _journal.Append(JsonLines.Write(line));
        Apply(line);
    }

    private void Apply(TicketLine line)
    {
        if (line is { Kind: TicketLineKind.Opened, Draft: { } draft })
        {
            _tickets.Add(line.TicketId, new DeskTicket(line.TicketId, draft, line.At));
            _idByKey.Add(draft.Key, line.TicketId);
            _unsolved.Enqueue(line.TicketId);
        }
        else if (!_tickets.ContainsKey(line.TicketId))
        {
            throw new FormatException($"It tells of ticket '{line.TicketId}', which no line before it opened.");
        }

        var ticket = _tickets[line.TicketId];
        if (line is { Kind: TicketLineKind.Commented, Key: { } key })
        {
            _commentKeys.Add(key);
        }

        if (line is { Kind: TicketLineKind.Moved, State: { } state })
        {
            Move(ticket, line, state);
        }

        ticket.ChangedAt = line.At;
        _idByChange.Remove(ticket.Change);
        ticket.Change = ++_changes;
        _idByChange.Add(ticket.Change, line.TicketId);
    }

    private void Move(DeskTicket ticket, TicketLine line, TicketState state)
    {
        ticket.State = state;
        if (state == TicketState.Solved && _unsolved.TryPeek(out var first) && first == line.TicketId)
        {
            _unsolved.Dequeue();
        }

        var name = JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
        var data = JsonSerializer.SerializeToElement(
            new { ticketId = line.TicketId, key = ticket.Draft.Key, subject = ticket.Draft.Subject, state = name, owner = ticket.Draft.Owner });
        _events.Add(new ConnectorEvent($"{line.TicketId}/{name}", "ticket." + name, ticket.Draft.PersonId, line.At, data));
    }
}
