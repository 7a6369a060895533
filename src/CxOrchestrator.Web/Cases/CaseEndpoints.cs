using System.Globalization;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Web.Customers;
using CxOrchestrator.Web.Pages;

namespace CxOrchestrator.Web.Cases;

/// <summary>The list of cases, earliest due first.</summary>
internal sealed class CaseEndpoints(ICaseStore cases, ICustomerStore customers, CoreSettings settings, Clocks clocks)
{
    private const int Most = 200;

    /// <summary>Cases of a state; without one, those that are still to be put right.</summary>
    public async Task<IResult> ListAsync(HttpContext http, string? state, CancellationToken cancellation)
    {
        CaseState? asked = Enum.TryParse<CaseState>(state, ignoreCase: true, out var named) && Enum.IsDefined(named) ? named : null;
        var found = asked is { } one ? await cases.ListAsync(one, Most, cancellation) : await UnsolvedAsync(cancellation);
        var known = await customers.GetAsync([.. found.Select(entry => entry.CustomerId).Distinct()], cancellation);
        var counts = await cases.CountAsync(cancellation);
        return StaffPage.Of(http, "Cases", Markup.Of($"""
            <div class="card">
            <h1>Cases</h1>
            <nav aria-label="States">
            {Tab("Unsolved", "", asked is null, counts.Where(pair => pair.Key != CaseState.Solved).Sum(pair => pair.Value))}
            {Enum.GetValues<CaseState>().Select(each => Tab($"{each}", $"?state={each}", asked == each, counts.GetValueOrDefault(each)))}
            </nav>
            </div>
            <div class="card">
            {Table(found, known)}
            </div>
            """));
    }

    private async Task<IReadOnlyList<Case>> UnsolvedAsync(CancellationToken cancellation)
    {
        var found = new List<Case>();
        foreach (var state in new[] { CaseState.Opening, CaseState.Open, CaseState.Refused })
            found.AddRange(await cases.ListAsync(state, Most, cancellation));
        return [.. found.OrderBy(one => one.DueAt).Take(Most)];
    }

    private static Markup Tab(string name, string query, bool isHere, long count) =>
        Markup.Of($"<a class=\"more\" href=\"/cases{query}\"{Markup.If(isHere, $" aria-current=\"page\"")}>{name} ({count})</a> ");

    private Markup Table(IReadOnlyList<Case> found, IReadOnlyDictionary<Guid, Customer> known) => found.Count == 0
        ? Markup.Of($"<p>There are none.</p>")
        : Markup.Of($"""
            <table class="stack">
            <caption>{found.Count} cases, earliest due first. Due times are {settings.Business.Zone.Id}.</caption>
            <thead><tr><th scope="col">Due</th><th scope="col">Case</th><th scope="col">Owner</th><th scope="col">State</th></tr></thead>
            <tbody>
            {found.Select(one => Row(one, known.GetValueOrDefault(one.CustomerId)))}
            </tbody>
            </table>
            """);

    private Markup Row(Case one, Customer? customer)
    {
        var machine = one.DueAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var due = TimeZoneInfo.ConvertTime(one.DueAt, settings.Business.Zone).ToString("ddd d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        var ticket = Markup.If(one.TicketId is not null, $"<span class=\"small\">ticket <bdi>{one.TicketId}</bdi> in {one.Connection}</span>");
        return Markup.Of($"""
            <tr>
            <td><time datetime="{machine}">{due}</time> {Overdue(one)}</td>
            <th scope="row">
            <a href="/customers/{one.CustomerId.ToString("N")}"><bdi>{(customer is null ? "Customer" : CustomerHeader.NameOf(customer))}</bdi></a>
            <span class="chip">{one.Kind}</span>
            <details><summary>{one.Subject}</summary><pre dir="auto">{one.Body}</pre></details>
            </th>
            <td><bdi>{one.Owner}</bdi></td>
            <td><span class="chip {Tone(one.State)}">{one.State.ToString().ToLowerInvariant()}</span> {ticket} <span class="small">{one.Reason}</span></td>
            </tr>

            """);
    }

    private Markup Overdue(Case one)
    {
        var late = clocks.Now - one.DueAt;
        if (one.State == CaseState.Solved || late <= TimeSpan.Zero)
            return Markup.Empty;
        var words = late.TotalDays >= 1 ? $"{(int)late.TotalDays} d" : late.TotalHours >= 1 ? $"{(int)late.TotalHours} h" : $"{Math.Max(1, (int)late.TotalMinutes)} min";
        return Markup.Of($"<span class=\"chip bad\">overdue by {words}</span>");
    }

    private static string Tone(CaseState state) => state switch { CaseState.Solved => "good", CaseState.Refused => "bad", _ => "fair" };
}
