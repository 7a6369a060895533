using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Settings;

namespace CxOrchestrator.Engine.Import;

/// <summary>Makes drafts of customers out of the rows of a table.</summary>
internal sealed class CustomerRows(ColumnMapping mapping, CoreSettings settings)
{
    private const string Id = "id.";
    private const string Attribute = "attr.";
    private const int LongestText = 200;

    /// <summary>The fields, for hints.</summary>
    public static readonly IReadOnlyList<string> Fields =
        ["id.SOURCE", "name", "givenName", "email", "phone", "locale", "timeZone", "attr.NAME"];

    /// <summary>Whether a field may be mapped.</summary>
    public static bool IsField(string field) =>
        field is "name" or "givenName" or "email" or "phone" or "locale" or "timeZone"
        || (field.StartsWith(Id, StringComparison.Ordinal) && field.Length > Id.Length)
        || (field.StartsWith(Attribute, StringComparison.Ordinal) && field.Length > Attribute.Length);

    /// <summary>Whether a field names an external id.</summary>
    public static bool IsId(string field) => field.StartsWith(Id, StringComparison.Ordinal);

    /// <summary>The draft of a row, or null with what is wrong, all at once.</summary>
    /// <param name="row">The row.</param>
    /// <param name="fault">What is wrong.</param>
    /// <param name="fellBack">Whether its zone or locale is unknown.</param>
    public CustomerDraft? Read(ImportRow row, out string fault, out bool fellBack)
    {
        var faults = new List<string>();
        var ids = mapping.Fields.Where(IsId).Select(field => new ExternalId(field[Id.Length..], Text(field))).Where(id => id.Value.Length > 0).ToList();
        if (ids.Count == 0)
            faults.Add("no id: a customer needs an id of at least one source");
        var points = new List<ContactPoint>();
        if (Text("email") is { Length: > 0 } email)
            Point(email, AddressText.Email(email), "is no e-mail address");
        if (Text("phone") is { Length: > 0 } phone)
            Point(phone, AddressText.Phone(phone), "is no number in international form, such as +66812345678");
        var locale = PlaceText.Locale(Text("locale"), settings, out var unknownLocale);
        var zone = PlaceText.Zone(Text("timeZone"), settings, out var unknownZone);
        fellBack = unknownLocale || unknownZone;

        var attributes = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in mapping.Fields.Where(field => field.StartsWith(Attribute, StringComparison.Ordinal)))
        {
            if (ValueText.Read(mapping.Value(field, row, faults)) is { } value)
                attributes[field[Attribute.Length..]] = value;
        }

        var draft = new CustomerDraft(
            ids, Known(Text("name")), Known(Text("givenName")), locale, zone, points, JsonSerializer.SerializeToElement(attributes))
        {
            DefaultLocale = settings.DefaultLocale,
            DefaultTimeZone = settings.DefaultTimeZone,
        };
        fault = string.Join("; ", faults);
        return faults.Count == 0 ? draft : null;

        string Text(string field)
        {
            var value = mapping.Value(field, row, faults);
            if (value.Length <= LongestText)
                return value;
            faults.Add($"{field} has {value.Length} characters: at most {LongestText} are taken");
            return "";
        }

        void Point(string text, ContactPoint? point, string wrong)
        {
            if (point is not null)
                points.Add(point);
            else
                faults.Add($"'{text}' {wrong}");
        }
    }

    private static string? Known(string text) => text.Length > 0 ? text : null;
}
