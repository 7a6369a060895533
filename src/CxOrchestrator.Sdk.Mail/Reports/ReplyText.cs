using System.Text.RegularExpressions;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>What a person wrote in answer, without what they answered to.</summary>
public static partial class ReplyText
{
    private const int Longest = 10_000;
    private const int MostLines = 5_000;

    /// <summary>The words, at most 10,000 characters; empty where there are none.</summary>
    public static string Of(MailPart mail)
    {
        var text = mail.First("text/plain") is { } plain
            ? plain.Text()
            : mail.First("text/html") is { } html ? HtmlText.Of(html.Text()) : "";
        var answer = string.Join('\n', Own(text.ReplaceLineEndings("\n").Split('\n').Take(MostLines).ToList())).Trim();
        return answer.Length > Longest ? answer[..Longest] + "…" : answer;
    }

    private static IEnumerable<string> Own(List<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (EndsAnswer(lines, i))
            {
                yield break;
            }

            var introduction = Introduction(lines, i);
            if (introduction > 0)
            {
                i += introduction - 1;
            }
            else if (!lines[i].TrimStart().StartsWith('>'))
            {
                yield return lines[i].TrimEnd();
            }
        }
    }

    private static bool EndsAnswer(List<string> lines, int at)
    {
        var line = lines[at].TrimEnd();
        return line == "--"
            || Divider().IsMatch(line)
            || (HeaderLine().IsMatch(line) && lines.Skip(at + 1).Take(4).Count(next => HeaderLine().IsMatch(next)) >= 2);
    }

    // "On Monday Shop <care@shop.example> wrote:", in any language: it ends in a colon, and quoted lines follow. On up to three lines where it begins
    // as we know it; else the person's own words before it would be taken for a part of it.
    // Gives the number of its lines; 0 where none begins here.
    private static int Introduction(List<string> lines, int at)
    {
        if (lines[at].Trim().Length == 0)
        {
            return 0;
        }

        for (var length = 1; length <= 3 && at + length <= lines.Count; length++)
        {
            var last = lines[at + length - 1].TrimEnd();
            if (last.Length == 0 || last.TrimStart().StartsWith('>'))
            {
                return 0;
            }

            if (last.EndsWith(':') || last.EndsWith('：'))
            {
                var next = lines.Skip(at + length).SkipWhile(line => line.Trim().Length == 0).FirstOrDefault();
                var whole = string.Join(' ', lines.Skip(at).Take(length));
                return next?.TrimStart().StartsWith('>') == true && (length == 1 || Wrapped().IsMatch(whole)) ? length : 0;
            }
        }

        return 0;
    }

    private const string Originals =
        "Original Message|Ursprüngliche Nachricht|Message d'origine|Mensaje original|Mensagem original|Messaggio originale|Forwarded message|原始邮件|ข้อความต้นฉบับ";

    private const string Wrote = "wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev";

    private const string HeaderNames =
        "From|Sent|To|Cc|Subject|Date|Von|Gesendet|An|Betreff|De|Envoyé|À|Objet|Enviado|Para|Asunto|Assunto|Da|Inviato|Oggetto|发件人|发送时间|收件人|主题|จาก|ส่ง|ถึง|เรื่อง";

    [GeneratedRegex($@"^\s*(-{{2,}}\s*({Originals})\s*-{{2,}}|_{{20,}}|(On|Am|Le|El|Em|Il|Op|Den)\s.{{3,200}}\s({Wrote})\s?.{{0,100}}:)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Divider();

    [GeneratedRegex(@"^\s*(On|Am|Le|El|Em|Il|Op|Den|\d{1,4}[-./年])\s?.{3,300}@.{3,300}$", RegexOptions.IgnoreCase)]
    private static partial Regex Wrapped();

    [GeneratedRegex($@"^\s*\*?({HeaderNames})\s?:\*?\s?\S", RegexOptions.IgnoreCase)]
    private static partial Regex HeaderLine();
}
