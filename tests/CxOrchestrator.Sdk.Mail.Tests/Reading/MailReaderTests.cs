using System.Text;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Sdk.Mail.Tests.Reading;

public sealed class MailReaderTests
{
    [Theory]
    [InlineData("สวัสดีคุณสมชาย การจัดส่งเป็นอย่างไรบ้าง", true)]
    [InlineData("سلام آقای رضایی، تحویل سفارش شما چگونه بود؟", false)]
    [InlineData("王小明，您好！请您为这次送货服务打分", false)]
    [InlineData("👩‍👩‍👧‍👦 как дела?", true)]
    public void What_the_writer_writes_is_read_as_it_was(string text, bool eightBit)
    {
        var desk = new Desk();
        desk.Write(AnEmail().To("anna@example.com", text).Subject(text).Text(text + "\n").Html($"<p>{text}</p>\n").Build(), eightBit);

        var mail = MailReader.Read(desk.Last);

        Assert.Equal(text, mail.Headers.Shown("Subject"));
        Assert.Equal(new EmailAddress("anna@example.com", text), Assert.Single(mail.Headers.Addresses("To")));
        Assert.Equal(text + "\r\n", mail.First("text/plain")!.Text());
        Assert.Equal($"<p>{text}</p>\r\n", mail.First("text/html")!.Text());
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero), mail.Headers.Date);
    }

    [Theory]
    [InlineData("=?utf-8?B?4Liq4Lin4Lix?= =?utf-8?B?4Liq4LiU4Li1?=", "สวัสดี")]
    [InlineData("=?utf-8?B?4Lg=?= =?utf-8?B?qg==?=", "ส")]
    [InlineData("=?iso-8859-1?Q?Jo=E3o_?= =?ISO-8859-1*pt?q?Concei=E7=E3o?=", "João Conceição")]
    [InlineData("=?windows-874?B?yMfR?= x", "ศวั x")]
    [InlineData("=?gb2312?B?zfXQocP3?=", "王小明")]
    [InlineData("=?koi8-r?Q?=CB=C1=CB?= dela", "как dela")]
    [InlineData("plain =?utf-8?Q?and_not?=", "plain and not")]
    [InlineData("=?utf-8?X?what?=", "=?utf-8?X?what?=")]
    [InlineData("=?utf-8?B?no end", "=?utf-8?B?no end")]
    [InlineData("=?no-such-charset?Q?caf=E9?=", "café")]
    [InlineData("=?utf-8?Q?two=0D=0ABcc:_lines?=", "two  Bcc: lines")]
    public void Encoded_words_are_read(string value, string shown) =>
        Assert.Equal(shown, Bytes.Read($"Subject: {value}\n\nx").Headers.Shown("Subject"));

    [Theory]
    [InlineData("text/plain; charset=\"utf-8\"; name=\"a;b\\\"c\"", "name", "a;b\"c")]
    [InlineData("application/x; name*=utf-8'th'%E0%B8%81%E0%B8%82.pdf", "name", "กข.pdf")]
    [InlineData("application/x; name*0*=iso-8859-1''caf%E9; name*1=\" au lait\"; name*2*=%21", "name", "café au lait!")]
    [InlineData("application/x; name*1=second; name*0=first-", "name", "first-second")]
    [InlineData("text/plain; charset=us-ascii (Plain text)", "charset", "us-ascii")]
    public void Parameters_with_continuations_and_charsets_are_read(string value, string parameter, string expected) =>
        Assert.Equal(expected, Bytes.Read($"Content-Type: {value}\n\nx").Type[parameter]);

    [Theory]
    [InlineData("\"Ruiz, Anna\" <anna@example.com>, bob@example.com (Bob, the second)", "anna@example.com|Ruiz, Anna;bob@example.com|")]
    [InlineData("Friends: a@example.com, B <b@example.com>;", "a@example.com|;b@example.com|B")]
    [InlineData("=?utf-8?B?4Liq?= <s@example.com>", "s@example.com|ส")]
    [InlineData("undisclosed-recipients:;", "")]
    [InlineData("no address, <>, @, a@b@", "")]
    [InlineData("\"quo\\\"ted\" <q@example.com>", "q@example.com|quo\"ted")]
    public void Addresses_are_read(string value, string expected) => Assert.Equal(
        expected, string.Join(';', Bytes.Read($"To: {value}\n\nx").Headers.Addresses("To").Select(to => $"{to.Address}|{to.Name}")));

    [Theory]
    [InlineData("Mon, 02 Mar 2026 19:00:00 +0700", 12)]
    [InlineData("2 Mar 2026 12:00 GMT (comment)", 12)]
    [InlineData("Mon, 2 Mar 2026 07:00:00 EST", 12)]
    public void Dates_are_read(string value, int hourUtc) =>
        Assert.Equal(new DateTimeOffset(2026, 3, 2, hourUtc, 0, 0, TimeSpan.Zero), Bytes.Read($"Date: {value}\n\nx").Headers.Date);

    [Theory]
    [InlineData("yesterday")]
    [InlineData("Mon, 99 Foo 2026 12:00:00 +0000")]
    [InlineData("")]
    public void A_date_that_is_none_is_null(string value) => Assert.Null(Bytes.Read($"Date: {value}\n\nx").Headers.Date);

    [Fact]
    public void Parts_within_parts_and_what_is_forwarded_are_read()
    {
        var mail = Bytes.Read("""
            Content-Type: multipart/mixed; boundary="a b"

            preamble
            --a b
            Content-Type: multipart/alternative; boundary=inner

            --inner
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            caf=E9 =
            au lait
            --inner
            Content-Type: text/html

            <b>x</b>
            --inner--
            --a b  
            Content-Disposition: attachment
            Content-Type: text/plain

            a file
            --a bc
            still the file
            --a b
            Content-Type: message/rfc822

            Subject: within

            body
            --a b--
            epilogue
            """);

        Assert.Equal(["multipart/alternative", "text/plain", "message/rfc822"], mail.Parts.Select(part => part.Type.Name));
        Assert.Equal("café au lait", mail.First("text/plain")!.Text());
        Assert.Equal("a file\r\n--a bc\r\nstill the file", mail.Parts[1].Text());
        Assert.Equal("within", mail.Parts[2].Parts[0].Headers["Subject"]);
    }

    [Fact]
    public void A_message_that_was_cut_off_gives_what_there_is()
    {
        var mail = Bytes.Read("Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Transfer-Encoding: base64\n\naGVsbG8");

        Assert.Equal("hello", Assert.Single(mail.Parts).Text());
    }

    [Fact]
    public void Depth_parts_headers_and_sizes_are_bounded()
    {
        var limits = new MailReadLimits { Depth = 3, Parts = 10, Headers = 5, HeaderLength = 50, Bytes = 100_000 };
        var nested = new StringBuilder();
        for (var i = 0; i < 500; i++)
        {
            nested.Append("Content-Type: multipart/mixed; boundary=b").Append(i).Append("\r\n\r\n--b").Append(i).Append("\r\n");
        }

        var deep = MailReader.Read(Encoding.ASCII.GetBytes(nested.ToString()), limits);
        var wide = MailReader.Read(Bytes.Of("Content-Type: multipart/mixed; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\n\nx\n", 1000))), limits);
        var headers = MailReader.Read(Bytes.Of(string.Concat(Enumerable.Range(0, 100).Select(i => $"H{i}: {new string('x', 500)}\n")) + "\nbody"), limits);

        Assert.Equal(4, deep.Walk().Count());
        Assert.Equal(9, wide.Parts.Count);
        Assert.Equal(5, headers.Headers.All.Count);
        Assert.All(headers.Headers.All, header => Assert.InRange(header.Value.Length, 1, 50));
        Assert.Equal("body", headers.Text());
        Assert.InRange(MailReader.Read(new byte[200_000], limits).Body.Length, 0, 100_000);
    }

    [Fact]
    public void Bytes_beyond_ASCII_without_a_charset_are_UTF_8_or_what_old_programs_meant()
    {
        Assert.Equal("café", MailReader.Read("\r\ncaf\u00e9"u8.ToArray()).Text());
        Assert.Equal("café", MailReader.Read(Encoding.Latin1.GetBytes("\r\ncaf\u00e9")).Text());
    }
}
