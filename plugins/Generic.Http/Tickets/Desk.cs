using System.Globalization;
using CxOrchestrator.Plugins.GenericHttp.Calls;
using CxOrchestrator.Plugins.GenericHttp.Crm;
using CxOrchestrator.Plugins.GenericHttp.Description;
using CxOrchestrator.Plugins.GenericHttp.Messages;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.GenericHttp.Tickets;

/// <summary>Opens, comments, tags and reads tickets as a description maps them.</summary>
internal sealed class Desk(ServiceCalls calls, ServiceDescription description)
{
    private readonly WrittenOnce _once = new();
    private readonly Feed? _feed = description.Ticket is { } ticket ? new Feed(calls, ticket.Id) : null;

    public Task<WriteResult> CreateAsync(TicketDraft draft, CancellationToken cancellation) => WriteAsync("createTicket", draft.Key, draft.Key, cancellation, ("ticket", new Dictionary<string, object?>
    {
        ["key"] = draft.Key,
        ["subject"] = draft.Subject,
        ["body"] = draft.Body,
        ["person"] = draft.PersonId,
        ["name"] = draft.PersonName,
        ["email"] = draft.PersonEmail,
        ["owner"] = draft.Owner,
        ["due"] = draft.Due,
        ["tags"] = draft.Tags.Cast<object?>().ToList(),
    }));

    public Task<WriteResult> CommentAsync(string ticketId, string key, string text, CancellationToken cancellation) =>
        WriteAsync("commentTicket", ticketId + "/" + key, key, cancellation, ("id", ticketId), ("comment", new Dictionary<string, object?> { ["key"] = key, ["text"] = text }));

    public Task<WriteResult> TagAsync(string ticketId, IReadOnlyList<string> tags, CancellationToken cancellation) => description.Operations.ContainsKey("tagTicket")
        ? WriteAsync("tagTicket", ticketId + "/" + string.Join('\n', tags), ticketId, cancellation, ("id", ticketId), ("tags", tags.Cast<object?>().ToList()))
        : Task.FromResult(WriteResult.Refused("unsupported", "the description has no tagTicket"));

    public async Task<Ticket?> FindAsync(string ticketId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var model = calls.Model(("id", ticketId));
        try
        {
            return await Found.Async(calls, description.Operations["findTicket"], model, Read, cancellation);
        }
        catch (DescriptionFault fault)
        {
            throw new ServiceException(fault.Message);
        }
    }

    public Task<Page<Ticket>> ChangedSinceAsync(string? cursor, CancellationToken cancellation) =>
        _feed!.PageAsync(description.Operations["changedTickets"], cursor, endless: true, Read, [], cancellation);

    private async Task<WriteResult> WriteAsync(string name, string turn, string otherwiseId, CancellationToken cancellation, params (string Name, object? Value)[] about)
    {
        cancellation.ThrowIfCancellationRequested();
        var operation = description.Operations[name];
        var model = calls.Model(about);
        try
        {
            return await _once.WriteAsync(
                name + "/" + turn, async () => Outcomes.OfWrite(await calls.SendAsync(operation, model, cancellation), operation, model, otherwiseId), cancellation);
        }
        catch (DescriptionFault fault)
        {
            return WriteResult.Refused("description", fault.Message);
        }
    }

    private Ticket Read(Dictionary<string, object?> model)
    {
        var mapping = description.Ticket!;
        DateTimeOffset? Moment(Value? value) => value?.Of(model) switch
        {
            DateTimeOffset time => time,
            string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
            _ => null,
        };
        var state = mapping.State.TextOf(model);
        return new Ticket(
            mapping.Id.TextOf(model) ?? throw new ServiceException("a ticket has no id where the description looks for one"),
            mapping.Subject.TextOf(model) ?? "",
            Enum.TryParse<TicketState>(state, ignoreCase: true, out var known) ? known : throw new ServiceException("a ticket's state is not new, open, solved or closed by the description"),
            mapping.Owner?.TextOf(model), Moment(mapping.Due), Moment(mapping.ChangedAt) ?? DateTimeOffset.UnixEpoch);
    }
}
