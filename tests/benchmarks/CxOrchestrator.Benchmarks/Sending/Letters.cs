using CxOrchestrator.Sdk;

namespace CxOrchestrator.Benchmarks.Sending;

/// <summary>Messages of 5 KB, an HTML and a text part, each with a key and a recipient of its own.</summary>
internal static class Letters
{
    private static readonly string Html =
        string.Concat(Enumerable.Range(1, 52).Select(line => $"<p style=\"margin:0\">Line {line:00}: your parcel is on its way to you, with all you asked for.</p>\n"))[..4000];

    private static readonly string Text = string.Concat(Enumerable.Range(1, 9).Select(line => $"Line {line}: your parcel is on its way to you.\n"));

    /// <summary>The message with a number.</summary>
    public static EmailMessage Of(int number) => new()
    {
        Key = $"{number:x32}",
        To = new EmailAddress($"anna{number}@customers.example", "Anna Example"),
        Subject = $"Your order {number}",
        Text = Text,
        Html = Html,
        Language = "en",
    };
}
