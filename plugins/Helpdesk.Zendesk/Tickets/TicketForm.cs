using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.HelpdeskZendesk.Tickets;

/// <summary>
/// Writes a draft as Zendesk wants it. The same draft always gives the same bytes: Zendesk refuses an idempotency key that comes with another body.
/// </summary>
internal sealed class TicketForm(ZendeskSettings settings)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The body of the request.</summary>
    /// <param name="draft">The ticket.</param>
    /// <param name="requesterId">The user that it is about, where no e-mail address names them.</param>
    public HttpContent Of(TicketDraft draft, long? requesterId)
    {
        var isTask = settings.TicketType == "task";
        var ticket = new
        {
            draft.Subject,
            Comment = new { Body = Body(draft), Public = false },
            Requester = requesterId is null ? Requester(draft) : null,
            RequesterId = requesterId,
            ExternalId = draft.Key,
            Type = settings.TicketType,
            DueAt = isTask ? draft.Due.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) : null,
            settings.Priority,
            GroupId = settings.GroupId > 0 ? settings.GroupId : (long?)null,
            AssigneeEmail = draft.Owner.Contains('@') ? draft.Owner : null,
            Tags = new[] { settings.Tag }.Concat(draft.Tags.Select(TagOf)).Append(draft.Owner.Contains('@') ? "" : TagOf("owner " + draft.Owner))
                .Where(tag => tag.Length > 0).Distinct(StringComparer.Ordinal).ToArray(),
        };
        return new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { ticket }, Json))
        {
            Headers = { ContentType = new("application/json") },
        };
    }

    /// <summary>A label as Zendesk keeps it: lower case, no spaces or commas, which would make it two.</summary>
    public static string TagOf(string label) =>
        string.Concat(label.Trim().ToLowerInvariant().Select(letter => char.IsWhiteSpace(letter) || letter is ',' or '"' ? '_' : letter));

    private static string Body(TicketDraft draft) => string.Create(
        CultureInfo.InvariantCulture,
        $"{draft.Body}\n\nOwner: {draft.Owner}\nTo be put right by: {draft.Due.ToUniversalTime():yyyy-MM-dd HH:mm} UTC\nCustomer: {draft.PersonId}");

    private static object? Requester(TicketDraft draft) =>
        string.IsNullOrWhiteSpace(draft.PersonEmail) ? null : new { Name = Name(draft), Email = draft.PersonEmail };

    /// <summary>What a new user is called: Zendesk wants a name.</summary>
    public static string Name(TicketDraft draft) =>
        !string.IsNullOrWhiteSpace(draft.PersonName) ? draft.PersonName : draft.PersonEmail ?? draft.PersonId;
}
