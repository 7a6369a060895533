using System.Globalization;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Timeline;
using CxOrchestrator.Web.Access;
using CxOrchestrator.Web.Pages;

namespace CxOrchestrator.Web.Customers;

/// <summary>The card at the head of a customer's page.</summary>
internal sealed class CustomerHeader(Customer customer, Visitor visitor, DateTimeOffset now, IPublishedContent content)
{
    /// <summary>The name to show: never empty.</summary>
    public static string NameOf(Customer customer) => customer.Name.Length > 0 ? customer.Name : "Customer without a name";

    /// <summary>The card.</summary>
    public Markup Of(IReadOnlyList<ConsentRecord> consents, TimelineEntry? lastAnswer) => Markup.Of($"""
        <div class="card">
        <div class="person">
        <div class="face" aria-hidden="true">{Initial()}</div>
        <div>
        <h1><bdi lang="{customer.Locale}">{NameOf(customer)}</bdi></h1>
        {LastScore(lastAnswer)}
        {Markup.If(customer.GoneAt is not null, $"<p><span class=\"chip bad\">no record in the CRM any more: nothing is sent</span></p>")}
        </div>
        </div>
        <dl class="facts">
        {Fact("Language", $"{LanguageName()} ({customer.Locale})")}
        {Fact("Local time", LocalTime())}
        {customer.ContactPoints.Select(point => Fact(point.Channel == Channel.Email ? "E-mail" : "Phone", visitor.SeesAddresses ? point.Address : AddressMask.Of(point)))}
        {customer.ExternalIds.Select(id => Fact($"Id in {id.Connection}", id.Value))}
        <div><dt>Consent</dt><dd>{Consents(consents)}</dd></div>
        </dl>
        </div>
        """);

    private static Markup Fact(string name, string value) => Markup.Of($"<div><dt>{name}</dt><dd><bdi>{value}</bdi></dd></div>\n");

    private static Markup Consents(IReadOnlyList<ConsentRecord> consents) => consents.Count == 0
        ? Markup.Of($"Nothing said yet")
        : Markup.Join(consents.Select(Consent));

    private static Markup Consent(ConsentRecord consent)
    {
        var tone = consent.State switch { ConsentState.Withdrawn => "bad", ConsentState.Given => "good", _ => "" };
        var words = $"{consent.Purpose} by {consent.Channel}: {consent.State}".ToLowerInvariant();
        return Markup.Of($"<span class=\"chip {tone}\">{words}</span> ");
    }

    private Markup LastScore(TimelineEntry? answer) => answer is { Score: { } score }
        ? Markup.Of($"<p>Last score {ScoreWords.Chip(score, answer.Title, content)} <span class=\"soft small\">on {DayOf(answer.At)}</span></p>")
        : Markup.Of($"<p class=\"soft\">No score yet</p>");

    private string DayOf(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, Zones.Find(customer.TimeZone).Zone).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private string Initial() => StringInfo.GetNextTextElement(NameOf(customer)).ToUpperInvariant();

    private string LanguageName() => Locales.Find(customer.Locale).Culture.EnglishName;

    private string LocalTime()
    {
        var zone = Zones.Find(customer.TimeZone);
        return $"{TimeZoneInfo.ConvertTime(now, zone.Zone).ToString("ddd d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)} ({zone.Id})";
    }
}
