using System.Text;
using CxOrchestrator.Plugins.EmailImap.Reading;
using CxOrchestrator.Plugins.EmailImap.Wire;

namespace CxOrchestrator.Connectors.Tests.Email.Imap;

/// <summary>Answers put together from pieces of real ones: whatever they are, they are read or refused.</summary>
public sealed class HostileAnswerTests
{
    private static readonly string[] Pieces =
    [
        "*", "+", "C1", " ", "OK", "NO", "FETCH", "SEARCH", "CAPABILITY", "1", "4294967296", "(", ")", "\"", "\\", "[", "]", "<0>", "BODY[]<0>", "UID", "INTERNALDATE", "NIL", "\uffff", "\0", "{", "}",
        "\"02-Mar-2026 12:00:00 +0000\"", "\"x\"", "[UIDVALIDITY 3]",
    ];

    [Fact]
    public void Any_answer_is_read_or_refused_and_never_breaks_the_reader()
    {
        var random = new Random(7);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 50_000; i++)
        {
            var literals = Enumerable.Range(0, random.Next(3)).Select(_ => Encoding.UTF8.GetBytes("literal")).ToList();
            var pieces = literals.Select(_ => Text(random)).Append(Text(random)).ToList();
            try
            {
                var response = ImapResponse.Of(["* " + pieces[0], .. pieces.Skip(1)], literals);
                _ = FetchedMail.Of(response with { Kind = "FETCH" });
                read++;
            }
            catch (ImapFault)
            {
                refused++;
            }
        }

        Assert.True(read > 5000 && refused > 5000, $"{read} read, {refused} refused: the pieces no longer reach both");
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Pieces[random.Next(Pieces.Length)]));
}
