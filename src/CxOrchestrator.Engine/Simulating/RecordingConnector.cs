using System.Globalization;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Simulating;

/// <summary>Answers for every service but those that send: segments from what was given, tickets by a number, people as they are known.</summary>
internal sealed class RecordingConnector(SegmentMembers segments) : ICrmReader, ITicketWriter, IEmailSender, ISmsSender
{
    private const int PageSize = 1_000;

    public Task<CrmPerson?> FindAsync(string id, CancellationToken cancellation) => Task.FromResult<CrmPerson?>(null);

    public Task<Page<CrmPerson>> ChangedSinceAsync(string? cursor, CancellationToken cancellation) => Task.FromResult(new Page<CrmPerson>([], null));

    public Task<Page<CrmPerson>> SegmentAsync(string segment, string? cursor, CancellationToken cancellation)
    {
        var members = segments.Segments.GetValueOrDefault(segment) ?? [];
        var from = cursor is null ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture);
        var page = members.Skip(from).Take(PageSize).Select(id => new CrmPerson { Id = id }).ToList();
        var next = from + page.Count < members.Count ? (from + page.Count).ToString(CultureInfo.InvariantCulture) : null;
        return Task.FromResult(new Page<CrmPerson>(page, next));
    }

    public Task<WriteResult> CreateAsync(TicketDraft draft, CancellationToken cancellation) => Task.FromResult(WriteResult.Written($"simulated-{draft.Key}"));

    public Task<WriteResult> CommentAsync(string ticketId, string key, string text, CancellationToken cancellation) => Task.FromResult(WriteResult.Written(key));

    // Messages go to the recorder of their connection; these say only that there is one.
    Task<SendResult> IEmailSender.SendAsync(EmailMessage message, CancellationToken cancellation) => throw new InvalidOperationException("A message went past its connection.");

    Task<SendResult> ISmsSender.SendAsync(SmsMessage message, CancellationToken cancellation) => throw new InvalidOperationException("A message went past its connection.");
}
