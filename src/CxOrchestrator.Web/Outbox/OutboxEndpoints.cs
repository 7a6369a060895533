using System.Globalization;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Sdk;
using CxOrchestrator.Web.Pages;

namespace CxOrchestrator.Web.Outbox;

/// <summary>Reads what connections have kept instead of sent, as its receivers would see it.</summary>
internal sealed class OutboxEndpoints(IConnections connections)
{
    /// <summary>What every outbox holds, newest first; one outbox alone, further on, where a cursor is given.</summary>
    public async Task<IResult> ListAsync(HttpContext http, string? connection, string? cursor, CancellationToken cancellation)
    {
        var boxes = Boxes().Where(name => connection is null || name == connection).ToList();
        var sections = new List<Markup>();
        foreach (var name in boxes)
        {
            var page = await connections.CallAsync<IOutbox, Page<OutboxItem>>(
                name, CallKind.Read, (outbox, token) => outbox.ListAsync(connection is null ? null : cursor, token), cancellation);
            sections.Add(Section(name, page));
        }

        return StaffPage.Of(http, "Outbox", Markup.Of($"""
            <h1>Outbox</h1>
            <p class="soft">Messages that connections kept instead of sending them. Press one to see it as its receiver would.</p>
            {Markup.If(boxes.Count == 0, $"<p>No connection keeps messages. The sandbox does: add it under Connections in the settings to try things out.</p>")}
            {sections}
            """));
    }

    /// <summary>One message.</summary>
    public async Task<IResult> ShowAsync(HttpContext http, string connection, string key, CancellationToken cancellation)
    {
        var (item, refusal) = await FindAsync(http, connection, key, cancellation);
        if (item is null)
            return refusal!;
        var title = item.Email?.Subject ?? "Text message";
        var body = item.Email is { } email ? EmailPage.Of(email, item.At, PathOf(connection, key) + "/html") : SmsPage(item);
        return StaffPage.Of(http, title, body, holdsFrame: item.Email?.Html is not null);
    }

    /// <summary>The HTML part of an e-mail, for the frame.</summary>
    public async Task<IResult> HtmlAsync(HttpContext http, string connection, string key, CancellationToken cancellation)
    {
        var (item, refusal) = await FindAsync(http, connection, key, cancellation);
        if (item is null)
            return refusal!;
        return item.Email?.Html is { } html ? new EmailPreview(html) : NotThere(http);
    }

    private IEnumerable<string> Boxes() =>
        connections.Connections.Where(one => one.Capabilities.Contains(Capability.Outbox)).Select(one => one.Name);

    private async Task<(OutboxItem? Item, IResult? Refusal)> FindAsync(HttpContext http, string connection, string key, CancellationToken cancellation)
    {
        if (!Boxes().Contains(connection, StringComparer.Ordinal))
            return (null, NotThere(http));
        var found = await connections.CallAsync<IOutbox, OutboxItem?>(
            connection, CallKind.Read, (outbox, token) => outbox.FindAsync(key, token), cancellation);
        return found switch
        {
            CallResult<OutboxItem?>.Answered { Value: { } item } => (item, null),
            CallResult<OutboxItem?>.Answered => (null, NotThere(http)),
            _ => (null, StaffPage.Message(http, "The outbox can't be read now", Why(found), StatusCodes.Status503ServiceUnavailable)),
        };
    }

    private static PageResult NotThere(HttpContext http) =>
        StaffPage.Message(http, "No such message", "It may have been cleared away. The outbox lists those that are there.", StatusCodes.Status404NotFound);

    private static Markup Section(string name, CallResult<Page<OutboxItem>> result) => Markup.Of($"""
        <section class="card" aria-labelledby="box-{name}">
        <h2 id="box-{name}">{name}</h2>
        {(result is CallResult<Page<OutboxItem>>.Answered answered ? Items(name, answered.Value) : Markup.Of($"<p class=\"alert\">{Why(result)}</p>"))}
        </section>

        """);

    private static Markup Items(string name, Page<OutboxItem> page) => Markup.Of($"""
        {Markup.If(page.Items.Count == 0, $"<p>Nothing has been sent yet.</p>")}
        <ul class="list">
        {page.Items.Select(item => Row(name, item))}
        </ul>
        {Markup.If(page.NextCursor is not null, $"<a class=\"more\" href=\"{OlderThan(name, page.NextCursor ?? "")}\">Older messages</a>")}
        """);

    private static string OlderThan(string name, string cursor) =>
        $"/outbox?connection={Uri.EscapeDataString(name)}&cursor={Uri.EscapeDataString(cursor)}";

    private static Markup Row(string name, OutboxItem item) => Markup.Of($"""
        <li>
        <a class="main" href="{PathOf(name, item.Key)}"><bdi>{item.Email?.Subject ?? Beginning(item.Sms?.Text ?? "")}</bdi></a>
        <span class="soft"><span class="chip">{(item.Email is null ? "text message" : "e-mail")}</span> to <bdi>{ReceiverOf(item)}</bdi>, {Moment(item.At)}</span>
        </li>

        """);

    private static string PathOf(string connection, string key) => $"/outbox/{Uri.EscapeDataString(connection)}/{Uri.EscapeDataString(key)}";

    private static string? ReceiverOf(OutboxItem item) => item.Email is { } email ? email.To.Name ?? email.To.Address : item.Sms?.To;

    private static Markup SmsPage(OutboxItem item) => Markup.Of($"""
        <h1>Text message</h1>
        <p class="soft">to <bdi>{item.Sms?.To}</bdi>, {Moment(item.At)}</p>
        <div class="phone"><div class="bubble" dir="auto">{LinkedText.Of(item.Sms?.Text ?? "")}</div></div>
        """);

    private static string Beginning(string text) => text.Length <= 80 ? text : text[..80] + "…";

    /// <summary>A time for people.</summary>
    internal static string Moment(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Why<T>(CallResult<T> result) => result switch
    {
        CallResult<T>.NotCalled notCalled => notCalled.Reason,
        CallResult<T>.Failed failed => failed.Reason,
        _ => "",
    };
}
