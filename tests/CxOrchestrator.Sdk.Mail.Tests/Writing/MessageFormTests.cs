using System.Text;
using CxOrchestrator.TestKit;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Sdk.Mail.Tests.Writing;

/// <summary>What a letter looks like as bytes.</summary>
public sealed class MessageFormTests
{
    private const string Thai = "สวัสดีคุณสมชาย การจัดส่งเป็นอย่างไรบ้าง กรุณาให้คะแนนเราสักนิดนะคะ";
    private const string Persian = "سلام آقای رضایی، تحویل سفارش شما چگونه بود؟ لطفاً به ما امتیاز دهید";
    private const string Chinese = "王小明，您好！请您为这次送货服务打分，只需要几秒钟的时间，非常感谢您的支持与信任。";
    private const string Portuguese = "Olá João, como foi a entrega? Avalie-nos, é só um instante: à sua disposição, São Paulo";

    public static TheoryData<string, bool> Scripts()
    {
        var data = new TheoryData<string, bool>();
        foreach (var text in new[] { Thai, Persian, Chinese, Portuguese, "👩‍👩‍👧‍👦 как дела? " + new string('ё', 300), "a lone \ud800 half" })
        {
            data.Add(text, true);
            data.Add(text, false);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Any_script_arrives_as_it_was_written(string text, bool eightBit)
    {
        var desk = new Desk();
        var message = AnEmail().To("anna@example.com", text).From("care@shop.example", text).Subject(text)
            .Text($"{text}\n{text}\n").Html($"<p>{text}</p>\n").Build();

        var mail = desk.Write(message, eightBit);
        var expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

        Assert.Equal(expected, mail.Shown("Subject"));
        Assert.Equal($"{expected} <anna@example.com>", mail.Shown("To")!.Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal($"{expected} <care@shop.example>", mail.Shown("From")!.Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal($"{expected}\r\n{expected}\r\n", mail.Parts[0].Body);
        Assert.Equal($"<p>{expected}</p>\r\n", mail.Parts[1].Body);
        Assert.All(mail.Head.Split("\r\n"), line => Assert.InRange(line.Length, 0, 76));
        Assert.True(Ascii.IsValid(mail.Head), "headers are ASCII");
        Assert.True(eightBit || Ascii.IsValid(desk.Last), "8 bits only where they were offered");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Lines_of_any_length_and_odd_line_ends_arrive_whole_in_lines_of_at_most_998_bytes(bool eightBit)
    {
        var desk = new Desk();
        var longLine = string.Concat(Enumerable.Repeat("é=. ", 2000));
        var text = $"one\rtwo\ntrailing blank \nnothing\0else\r\n{longLine}\n.{new string('.', 998)}\n";

        var mail = desk.Write(AnEmail().Text(text).Html(new string('x', 5000)).Build(), eightBit);
        Assert.All(Encoding.UTF8.GetString(desk.Last).Split("\r\n"), line =>
        {
            Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 998);
            Assert.DoesNotContain('\r', line);
            Assert.DoesNotContain('\n', line);
        });
        Assert.Equal(text.ReplaceLineEndings("\r\n"), mail.Parts[0].Body);
        Assert.Equal(new string('x', 5000), mail.Parts[1].Body);
    }

    [Fact]
    public void Text_alone_is_a_plain_message_and_text_with_HTML_an_alternative()
    {
        var desk = new Desk();
        desk.Write(AnEmail().Text("hello").Build());
        desk.Write(AnEmail().Text("hello").Html("<p>hello</p>").Language("pt-BR").Build());

        var plain = desk.Mails[0];
        var both = desk.Mails[1];
        Assert.Equal(("text/plain; charset=utf-8", "7bit"), (plain.Raw("Content-Type"), plain.Raw("Content-Transfer-Encoding")));
        Assert.StartsWith("multipart/alternative;", both.Raw("Content-Type"), StringComparison.Ordinal);
        Assert.Equal(["text/plain; charset=utf-8", "text/html; charset=utf-8"], both.Parts.Select(part => part.Raw("Content-Type")));
        Assert.Equal("pt-BR", both.Raw("Content-Language"));
    }

    [Fact]
    public void Every_needed_header_is_there_once_and_the_date_is_the_hosts()
    {
        var desk = new Desk();
        desk.Write(AnEmail().Key("delivery-7").ReplyTo("answers@shop.example", "Answers; or, \"more\"").Build());

        var mail = desk.Mails[0];
        Assert.Equal(
            ["From", "Reply-To", "To", "Subject", "Date", "Message-ID", "X-Cxo-Delivery", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"],
            mail.HeaderNames);
        Assert.Equal("Mon, 02 Mar 2026 12:00:00 +0000", mail.Raw("Date"));
        Assert.Equal("<delivery-7@shop.example>", mail.Raw("Message-ID"));
        Assert.Equal("delivery-7", mail.Raw(LetterHeaders.Delivery));
        Assert.Equal("Shop <care@shop.example>", mail.Raw("From"));
        Assert.Equal("\"Answers; or, \\\"more\\\"\" <answers@shop.example>", mail.Raw("Reply-To"));
    }

    [Fact]
    public void The_Message_ID_is_the_same_for_every_try_whatever_the_message_says()
    {
        var desk = new Desk("ids.bücher.example");
        desk.Write(AnEmail().Key("k-1").Subject("one").Build());
        desk.Write(AnEmail().Key("k-1").Subject("two").From("other@elsewhere.example").Build());

        Assert.All(desk.Mails, mail => Assert.Equal("<k-1@ids.xn--bcher-kva.example>", mail.Raw("Message-ID")));
    }

    [Fact]
    public void A_long_unsubscribe_header_goes_out_as_it_is()
    {
        var desk = new Desk();
        var uri = $"<https://cx.example.com/u/{new string('A', 400)}?x=%2F&y=_~>, <mailto:unsubscribe@shop.example?subject=off>";
        desk.Write(AnEmail().Header("List-Unsubscribe", uri).Header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
            .Header("Auto-Submitted", "auto-generated").Build());

        var mail = desk.Mails[0];
        Assert.Equal(uri, mail.Raw("List-Unsubscribe"));
        Assert.Equal("List-Unsubscribe=One-Click", mail.Raw("List-Unsubscribe-Post"));
        Assert.Equal("auto-generated", mail.Raw("Auto-Submitted"));
        Assert.Contains("\r\nList-Unsubscribe: <https://", mail.Head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Test", "one\r\nBcc: victim@example.com")]
    [InlineData("X-Test", "one\nBcc: victim@example.com")]
    [InlineData("X-Test\r\nBcc", "victim@example.com")]
    [InlineData("X Test", "one")]
    [InlineData("X-Test", "größe")]
    [InlineData("Bcc", "victim@example.com")]
    [InlineData("message-id", "<mine@example.com>")]
    [InlineData("Content-Type", "text/evil")]
    [InlineData("x-cxo-delivery", "another")]
    public void A_header_that_would_break_out_or_replace_ours_is_refused(string name, string value)
    {
        var desk = new Desk();

        desk.Refuse(AnEmail().Header(name, value).Build());
    }

    [Fact]
    public void A_header_word_that_can_not_be_folded_below_the_limit_is_refused()
    {
        var desk = new Desk();

        desk.Write(AnEmail().Header("X-Test", new string('a', 990)).Build());
        desk.Refuse(AnEmail().Header("X-Test", new string('a', 991)).Build());
    }

    [Theory]
    [InlineData("hello\r\nBcc: victim@example.com")]
    [InlineData("hello\nBcc: victim@example.com")]
    [InlineData("hello\0there")]
    public void A_subject_of_more_than_one_line_is_refused(string subject)
    {
        var desk = new Desk();

        Assert.Contains("line break", desk.Refuse(AnEmail().Subject(subject).Build()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_a_stray_line_break_neither_breaks_out_nor_stops_the_message()
    {
        var desk = new Desk();
        desk.Write(AnEmail().To("anna@example.com", "Anna\r\nBcc: victim@example.com\u2028Ruiz").Build());

        var mail = desk.Mails[0];
        Assert.Equal("\"Anna Bcc: victim@example.com Ruiz\" <anna@example.com>", mail.Raw("To"));
        Assert.DoesNotContain("Bcc", mail.HeaderNames);
    }

    [Theory]
    [InlineData("=?utf-8?Q?not_encoded?=")]
    [InlineData(" leading blank")]
    public void A_subject_that_looks_encoded_or_would_be_trimmed_is_shown_as_written(string subject)
    {
        var desk = new Desk();
        desk.Write(AnEmail().Subject(subject).Build());

        Assert.Equal(subject, desk.Mails[0].Shown("Subject"));
    }

    [Theory]
    [InlineData("Thank you for your order, dear customer")]
    [InlineData("Thank you for your order, dear customer of ours, and please tell us how it was, in a line that is long enough to fold")]
    public void A_plain_subject_goes_out_plain(string subject)
    {
        var desk = new Desk();
        desk.Write(AnEmail().Subject(subject).Build());

        var mail = desk.Mails[0];
        Assert.Equal(subject, mail.Raw("Subject"));
        Assert.All(mail.Head.Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
    }

    [Fact]
    public void A_part_that_holds_the_boundary_does_not_end_early()
    {
        var desk = new Desk();
        desk.Write(AnEmail().Key("k").Html("<p>x</p>").Build());
        var boundary = desk.Mails[0].Raw("Content-Type")!.Split('"')[1];

        desk.Write(AnEmail().Key("k").Text($"--{boundary}--\n").Html("<p>x</p>").Build());

        var mail = desk.Mails[1];
        Assert.Equal($"--{boundary}--\r\n", mail.Parts[0].Body);
        Assert.Equal("<p>x</p>", mail.Parts[1].Body);
    }
}
