using System.Globalization;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Web.Access;
using CxOrchestrator.Web.Outbox;

namespace CxOrchestrator.Web.Pages;

/// <summary>The first page: the books and where the connections stand.</summary>
internal sealed class StartEndpoint(LatestBooks books, IConnections connections)
{
    /// <summary>The page.</summary>
    public async Task<IResult> ShowAsync(HttpContext http, CancellationToken cancellation)
    {
        var (last, newerUnderWay) = await books.ReadAsync(cancellation);
        return StaffPage.Of(http, "Start", Markup.Of($"""
            <h1>How things stand</h1>
            <section class="card" aria-labelledby="books">
            <h2 id="books">The books</h2>
            {(last is null ? NotCounted : Counted(last, newerUnderWay))}
            </section>
            {Markup.If(http.Visitor().Role == Role.Admin, $"{Connections()}")}
            """));
    }

    private static Markup NotCounted => Markup.Of(
        $"<p>Everything is being counted for the first time since this node started, which takes longer the more there is. Load this page again in a while.</p>");

    private static Markup Counted(BooksReading reading, bool newerUnderWay)
    {
        var now = reading.Books;
        return Markup.Of($"""
            {Balance(now)}
            <div class="numbers">
            {Number(reading.Customers, "customers")}
            {Number(now.Events, "events")}
            {Number(now.Decisions.GetValueOrDefault(EventOutcome.Enrolled), "journeys begun by events")}
            {Number(now.DeliveryRows, "messages planned")}
            {Number(now.Deliveries.GetValueOrDefault(DeliveryState.Accepted), "messages accepted")}
            {Number(now.Deliveries.GetValueOrDefault(DeliveryState.Unknown), "messages with an unknown outcome")}
            {Number(now.Responses, "answers")}
            {Number(now.Cases.Values.Sum(), "cases")}
            {Number(now.WriteBacks.GetValueOrDefault(WriteBackState.Written), "changes written to the CRM")}
            {Number(now.WriteBacks.GetValueOrDefault(WriteBackState.Waiting), "changes waiting")}
            </div>
            <p class="soft small">Counted {Moment(reading.At)}. {(newerUnderWay ? "A new count is under way: load this page again in a while." : "")}</p>
            """);
    }

    private static Markup Moment(DateTimeOffset at) => Markup.Of(
        $"<time datetime=\"{at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}\">{OutboxEndpoints.Moment(at)}</time>");

    private static Markup Balance(Core.Books.Books now)
    {
        var faults = now.Faults();
        return faults.Count == 0
            ? Markup.Of($"<p><span class=\"chip good\">The books balance</span></p>")
            : Markup.Of($"<div class=\"alert\"><p>The books do not balance:</p><ul>{faults.Select(fault => Markup.Of($"<li>{fault}</li>"))}</ul></div>");
    }

    private static Markup Number(long value, string of) => Markup.Of(
        $"<div><b>{value.ToString("N0", CultureInfo.InvariantCulture)}</b>{of}</div>\n");

    private Markup Connections() => Markup.Of($"""
        <section class="card" aria-labelledby="connections">
        <h2 id="connections">Connections</h2>
        <ul class="list">
        {connections.Connections.Select(Row)}
        </ul>
        {Markup.If(connections.Connections.Count == 0, $"<p>There are none yet: add them under Connections in the settings.</p>")}
        </section>
        """);

    private static Markup Row(ConnectionStatus one) => Markup.Of($"""
        <li>
        <span><b>{one.Name}</b> <span class="soft">({one.PluginId})</span></span>
        <span><span class="chip {Tone(one.Report.State)}">{one.Report.State.ToString().ToLowerInvariant()}</span> {one.Report.Reason} {one.Report.WhatToDo}</span>
        </li>

        """);

    private static string Tone(ConnectionState state) => state switch
    {
        ConnectionState.Ready => "good",
        ConnectionState.Disabled or ConnectionState.Discovered => "",
        ConnectionState.Degraded => "fair",
        _ => "bad",
    };
}
