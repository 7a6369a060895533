using System.Text.Json;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Import;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Crm;

/// <summary>Makes drafts of customers out of people as a CRM tells them. What can't be kept (an address that is none, a text without end) is left out.</summary>
internal sealed class CrmDrafts(CoreSettings settings)
{
    private const int LongestText = 200;
    private const int LongestField = 4_000;

    /// <summary>The draft of somebody who is there.</summary>
    /// <param name="crm">The connection.</param>
    /// <param name="person">The person.</param>
    /// <param name="also">An id by which the customer is known already, or null.</param>
    public CustomerDraft Of(string crm, CrmPerson person, ExternalId? also) => new(
        also is null ? [new ExternalId(crm, person.Id)] : [new ExternalId(crm, person.Id), also],
        Kept(person.Name), Kept(person.GivenName), PlaceText.Locale(person.Locale, settings, out _), PlaceText.Zone(person.TimeZone, settings, out _),
        PointsOf(person), Attributes(person.Fields))
    {
        Gone = false,
        DefaultLocale = settings.DefaultLocale,
        DefaultTimeZone = settings.DefaultTimeZone,
    };

    /// <summary>The draft of somebody whose record is gone: nothing but that.</summary>
    public static CustomerDraft Gone(string crm, string id) =>
        new([new ExternalId(crm, id)], null, null, null, null, [], Core.Json.EmptyObject) { Gone = true };

    /// <summary>The addresses of somebody.</summary>
    public static IReadOnlyList<ContactPoint> PointsOf(CrmPerson person) =>
        [.. new[] { AddressText.Email(person.Email), AddressText.Phone(person.Phone) }.OfType<ContactPoint>()];

    private static string? Kept(string? text) => text?.Trim() is { Length: > 0 and <= LongestText } kept ? kept : null;

    private static JsonElement Attributes(IReadOnlyDictionary<string, object?>? fields)
    {
        var kept = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in fields ?? new Dictionary<string, object?>())
        {
            if (name.Length is > 0 and <= LongestText && IsKept(value))
                kept[name] = value;
        }

        return JsonSerializer.SerializeToElement(kept);
    }

    // A field that is empty over there is taken off here.
    private static bool IsKept(object? value) => value switch
    {
        null or bool or int or long or decimal => true,
        double number => double.IsFinite(number),
        string text => text.Length <= LongestField,
        _ => false,
    };
}
