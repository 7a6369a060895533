using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace CxOrchestrator.Web.Surveys;

/// <summary>What the form of a survey page sends.</summary>
/// <param name="Score">The score; null where none was chosen or it isn't a number.</param>
/// <param name="Comment">The comment.</param>
/// <param name="Language">The language of the page.</param>
/// <param name="Stamp">The form's stamp.</param>
/// <param name="TooLarge">Whether more came than a form can hold; the comment is left out then.</param>
internal sealed record SurveyForm(int? Score, string Comment, string? Language, string Stamp, bool TooLarge)
{
    // Room for a comment of 4,000 letters of 3 bytes, each percent-encoded to 9 characters, and the rest of the form.
    private const int MostBytes = 64 * 1024;

    // A browser sends all of its request before it reads the answer; up to this much is swallowed so that it gets to see the page.
    private const int MostSwallowed = 16 * 1024 * 1024;

    /// <summary>Reads the form of a request; never more than a form can hold is kept.</summary>
    public static async Task<SurveyForm> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        // The server's own limit may be lower, and its refusal has no words of the customer's.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        var (text, tooLarge) = await ReadTextAsync(request.Body, cancellation);
        var fields = Fields(text);
        return new SurveyForm(
            ScoreOf(fields.GetValueOrDefault("score")), tooLarge ? "" : fields.GetValueOrDefault("comment") ?? "",
            fields.GetValueOrDefault("lang"), fields.GetValueOrDefault("form") ?? "", tooLarge);
    }

    /// <summary>A score as it stands in a form or a query; null where it is none.</summary>
    public static int? ScoreOf(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var score) ? score : null;

    private static Dictionary<string, string> Fields(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        using var reader = new FormReader(text) { KeyLengthLimit = MostBytes, ValueLengthLimit = MostBytes };
        // The first of several values with one name counts: the scored question stands before anything that a customer types.
        while (fields.Count < 16 && reader.ReadNextPair() is { } pair)
            fields.TryAdd(pair.Key, pair.Value);
        return fields;
    }

    private static async Task<(string Text, bool TooLarge)> ReadTextAsync(Stream body, CancellationToken cancellation)
    {
        var kept = new byte[MostBytes + 1];
        var length = await body.ReadAtLeastAsync(kept, kept.Length, throwOnEndOfStream: false, cancellation);
        if (length <= MostBytes)
            return (Encoding.UTF8.GetString(kept, 0, length), false);

        var rest = new byte[64 * 1024];
        int read;
        for (var swallowed = 0; swallowed < MostSwallowed && (read = await body.ReadAsync(rest, cancellation)) > 0; swallowed += read)
        {
        }

        return (Encoding.UTF8.GetString(kept, 0, MostBytes), true);
    }
}
