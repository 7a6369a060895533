using System.Text;
using FsCheck;
using FsCheck.Fluent;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Sdk.Mail.Tests.Reading;

/// <summary>Whatever comes in: there is a result, within the limits, and what we wrote ourselves is read as it was.</summary>
public sealed class ReaderProperties
{
    private static readonly string[] Pieces =
    [
        "Content-Type: ", "multipart/mixed; ", "multipart/report; report-type=delivery-status; ", "boundary=b", "boundary=\"b\"", "boundary=", "\r\n", "\n", "\r",
        "\r\n\r\n", "--b\r\n", "--b--\r\n", "--", "message/rfc822", "message/delivery-status", "message/feedback-report", "text/plain; charset=", "utf-8", "utf-16",
        "iso-2022-jp", "gb18030", "utf-7", "x-none", "text/html", "text/rfc822-headers", "Content-Transfer-Encoding: ", "base64", "quoted-printable", "=", "==", "=4", "=?", "?=", "?B?", "?Q?",
        "=?utf-8?B?", "=?iso-2022-jp?B?GyRC", "name*0*=", "name*1=", "*", "''", "%E0", "%", ";", ":", ",", "<", ">", "@", "\"", "\\", "(", ")", "Subject: ", "To: ", "From: a@b.example",
        "Message-ID: <k@shop.example>", "In-Reply-To: <k@shop.example>", "Action: failed", "Status: 5.1.1", "Diagnostic-Code: smtp; 550 5.1.1", "Original-Envelope-Id: cxo-k", "Feedback-Type: abuse",
        "Date: 2 Mar 2026 12:00:00 +9999", "> ", "On x wrote:", "-- \r\n", "<html>", "<script>", "</script", "&amp;", "&#x110000;", " ", "\t", "\0", "\u00e9", "กข", "\ud83d",
    ];

    private static readonly Gen<byte[]> Assembled =
        Gen.Elements(Pieces).ArrayOf().Select(pieces => Encoding.UTF8.GetBytes("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + string.Concat(pieces)));

    private static readonly Gen<byte[]> Loose = Gen.Elements(Pieces).ArrayOf().Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces)));

    private static readonly Gen<byte[]> Hostile = Gen.OneOf(Assembled, Loose, ArbMap.Default.GeneratorFor<byte[]>());

    private static readonly Config Settings = Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(80);

    private static readonly InboundReader Inbound = new(new InboundRules
    {
        MessageIdDomain = "shop.example",
        Bounces = new BounceAddresses("bounce+{token}@shop.example", new Secret("seal")),
        UnsubscribeAddress = "off@shop.example",
    });

    [Fact]
    public void Reading_any_bytes_never_throws_and_keeps_the_limits() => Check.One(Settings, Prop.ForAll(Hostile.ToArbitrary(), bytes =>
    {
        var limits = new MailReadLimits { Depth = 4, Parts = 20 };
        var mail = MailReader.Read(bytes, limits);
        var all = Everything(mail).ToList();
        foreach (var (part, _) in all)
        {
            _ = part.Text().Length + part.Headers.Addresses("To").Count + (part.Headers.Shown("Subject")?.Length ?? 0) + (part.Type["name"]?.Length ?? 0);
            _ = part.Headers.Date;
        }

        return all.Count <= 20 && all.All(found => found.Depth <= 4);
    }));

    [Fact]
    public void Making_facts_of_any_bytes_never_throws_and_gives_the_same_twice() => Check.One(Settings, Prop.ForAll(Hostile.ToArbitrary(), bytes =>
    {
        var first = Inbound.Read(bytes, DateTimeOffset.UnixEpoch);
        var second = Inbound.Read(bytes, DateTimeOffset.UnixEpoch);
        _ = ReplyText.Of(MailReader.Read(bytes)).Length;
        return first.Select(fact => fact.Id).SequenceEqual(second.Select(fact => fact.Id)) && first.Select(fact => fact.Id).Distinct().Count() == first.Count;
    }));

    [Fact]
    public void What_is_written_is_read_as_it_was() => Check.One(Settings.WithMaxTest(500), Prop.ForAll(ArbMap.Default.ArbFor<string>(), ArbMap.Default.ArbFor<bool>(), (text, eightBit) =>
    {
        var plain = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? "")).ReplaceLineEndings("\r\n");
        var subject = new string([.. plain.Where(letter => !char.IsControl(letter))]);
        var desk = new LetterDesk(new LetterDefaults(new EmailAddress("care@shop.example")), TimeProvider.System);
        var (letter, _) = desk.Check(AnEmail().Subject(subject).Text(plain).Html(plain).Build());
        var mail = MailReader.Read(LetterWriter.Write(letter!, eightBit));
        return mail.Headers.Shown("Subject") == subject.Trim(' ') || mail.Headers.Shown("Subject") == subject
            ? mail.First("text/plain")!.Text() == plain && mail.First("text/html")!.Text() == plain
            : false;
    }));

    private static IEnumerable<(MailPart Part, int Depth)> Everything(MailPart part, int depth = 0) =>
        part.Parts.SelectMany(below => Everything(below, depth + 1)).Prepend((part, depth));
}
