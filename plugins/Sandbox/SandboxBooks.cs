using CxOrchestrator.Plugins.Sandbox.Crm;
using CxOrchestrator.Plugins.Sandbox.Helpdesk;
using CxOrchestrator.Plugins.Sandbox.Outbox;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Sandbox;

/// <summary>The books of one sandbox, opened when they are first needed; a folder that could not be opened is tried again.</summary>
internal sealed class SandboxBooks(ConnectionContext context, SandboxSettings settings) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private PersonBook? _people;
    private TicketBook? _tickets;
    private OutboxBook? _outbox;
    private bool _closed;

    public PersonBook People => Open(ref _people, () => new PersonBook(PathOf("people.ndjson")));

    public TicketBook Tickets =>
        Open(ref _tickets, () => new TicketBook(PathOf("tickets.ndjson"), context.Time, settings.SolveTicketsAfterHours));

    public OutboxBook Outbox => Open(ref _outbox, () => new OutboxBook(PathOf("outbox.ndjson")));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        List<IAsyncDisposable?> books;
        lock (_gate)
        {
            _closed = true;
            books = [_people, _tickets, _outbox];
        }

        foreach (var book in books.OfType<IAsyncDisposable>())
        {
            await book.DisposeAsync();
        }
    }

    private string PathOf(string file) => Path.Combine(context.DataFolder, file);

    private T Open<T>(ref T? book, Func<T> open)
        where T : class
    {
        lock (_gate)
        {
            return _closed ? throw new IOException("The connection is closed.") : book ??= open();
        }
    }
}
