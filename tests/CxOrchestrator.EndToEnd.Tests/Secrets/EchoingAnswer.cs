using System.Globalization;
using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.EndToEnd.Tests.Secrets;

/// <summary>A body with the fields that the services of our plugins have, each full of words that should not be there.</summary>
internal static class EchoingAnswer
{
    public static object Of(RecordedRequest request, string words, bool good)
    {
        var now = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var number = request.Number.ToString(CultureInfo.InvariantCulture);
        var ticket = new
        {
            id = request.Number, subject = words, title = words, state = good ? "closed" : words, status = good ? "solved" : words, number = words, note = words,
            external_id = words, updated_at = now, created_at = now, due_at = now, tags = new[] { words }, owner = words, assignee_id = 1, comment = words,
        };
        if (request.Path.EndsWith("/search", StringComparison.Ordinal) && request.Path.Contains("tickets", StringComparison.Ordinal) && good)
            return new[] { ticket };
        return new Dictionary<string, object?>
        {
            ["ok"] = good, ["ts"] = words, ["error"] = good ? null : words, ["error_description"] = words, ["description"] = words, ["error_human"] = words,
            ["message"] = words, ["more_info"] = words, ["code"] = good ? 0 : 21610 + (request.Number % 3), ["status"] = good ? "queued" : "failed",
            ["sid"] = good ? "SM" + number.PadLeft(32, '0') : words, ["error_message"] = words, ["error_code"] = 30005, ["num_segments"] = "1", ["title"] = words,
            ["messages"] = new[]
            {
                new Dictionary<string, object?>
                {
                    ["status"] = request.Path.Contains("sms/json", StringComparison.Ordinal) ? (good ? "0" : "4") : "undelivered", ["error-text"] = words, ["message-id"] = words,
                    ["sid"] = "SM" + number.PadLeft(32, '0'), ["to"] = "+4915112345678", ["from"] = "+14155550100", ["body"] = words, ["error_message"] = words,
                    ["error_code"] = 30005, ["direction"] = "inbound", ["date_created"] = "Mon, 02 Mar 2026 12:00:00 +0000", ["date_sent"] = "Mon, 02 Mar 2026 12:00:00 +0000",
                    ["num_segments"] = "1", ["price"] = words,
                },
            },
            ["ticket"] = ticket, ["tickets"] = new[] { ticket }, ["user"] = new { id = 1, name = words, email = words, role = words }, ["users"] = Array.Empty<object>(),
            ["results"] = new[]
            {
                new
                {
                    id = $"c{number}-{words}",
                    properties = new { firstname = words, lastname = words, email = "c@example.test", phone = words, hs_language = "en", lifecyclestage = words, lastmodifieddate = now },
                },
            },
            ["paging"] = new { next = new { after = words } }, ["properties"] = new { firstname = words, email = "c@example.test" }, ["id"] = good ? $"c{number}" : words,
            ["records"] = new[] { new { Id = words, Name = words, FirstName = words, Email = "c@example.test", MobilePhone = words, IsDeleted = false, SystemModstamp = now } },
            ["after_cursor"] = words, ["after_url"] = $"/next?{Uri.EscapeDataString(words)}", ["end_of_stream"] = true, ["count"] = 1, ["next_page"] = null,
        };
    }
}
