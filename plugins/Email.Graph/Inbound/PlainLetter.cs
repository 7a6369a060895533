using System.Text;
using Microsoft.Graph.Models;

namespace CxOrchestrator.Plugins.EmailGraph.Inbound;

/// <summary>A message's headers and words as MIME without its files.</summary>
internal static class PlainLetter
{
    private static readonly string[] OfTheBody = ["Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "MIME-Version"];

    /// <summary>The message as one part of plain text.</summary>
    public static ReadOnlyMemory<byte> Of(Message message)
    {
        var text = new StringBuilder();
        foreach (var header in message.InternetMessageHeaders ?? [])
        {
            if (header.Name is { Length: > 0 } name && !OfTheBody.Contains(name, StringComparer.OrdinalIgnoreCase))
                text.Append(OneLine(name)).Append(": ").Append(OneLine(header.Value ?? "")).Append("\r\n");
        }

        text.Append("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n").Append(message.Body?.Content);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string OneLine(string value) => value.ReplaceLineEndings(" ");
}
