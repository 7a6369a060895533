using System.Text;

namespace CxOrchestrator.EndToEnd.Tests.Orders;

/// <summary>Comma-separated values (RFC 4180), read beside the product's own code.</summary>
internal static class Csv
{
    public static IEnumerable<IReadOnlyList<string>> Records(string text)
    {
        var record = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (quoted && letter == '"' && i + 1 < text.Length && text[i + 1] == '"')
                field.Append(text[i++]);
            else if (letter == '"')
                quoted = !quoted;
            else if (quoted || letter is not (',' or '\r' or '\n'))
                field.Append(letter);
            else if (letter != '\r')
            {
                record.Add(field.ToString());
                field.Clear();
                if (letter == '\n')
                {
                    yield return record;
                    record = [];
                }
            }
        }

        if (record.Count > 0 || field.Length > 0)
            yield return [.. record, field.ToString()];
    }
}
