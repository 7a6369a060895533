using System.Text;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Smtp;
using CxOrchestrator.TestKit;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Email.Smtp;

/// <summary>What the server reads between DATA and the final dot: 8 bits where it takes them, dots unharmed.</summary>
public sealed class MessageOnTheWireTests
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
    public async Task Any_script_arrives_as_it_was_written(string text, bool eightBit)
    {
        await using var rig = new SmtpRig(new SmtpServerOptions { EightBitMime = eightBit });
        var message = AnEmail().To("anna@example.com", text).From("care@shop.example", text).Subject(text)
            .Text($"{text}\n{text}\n").Html($"<p>{text}</p>\n").Build();

        Assert.IsType<SendAccepted>(await rig.SendAsync(message));
        var received = Assert.Single(rig.Server.Mails);
        var mail = ReadMail.Of(received.Data);
        var expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

        Assert.Equal(expected, mail.Shown("Subject"));
        Assert.Equal($"{expected} <anna@example.com>", mail.Shown("To")!.Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal($"{expected} <care@shop.example>", mail.Shown("From")!.Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal($"{expected}\r\n{expected}\r\n", mail.Parts[0].Body);
        Assert.Equal($"<p>{expected}</p>\r\n", mail.Parts[1].Body);
        Assert.All(mail.Head.Split("\r\n"), line => Assert.InRange(line.Length, 0, 76));
        Assert.True(Ascii.IsValid(mail.Head), "headers are ASCII");
        Assert.Equal(eightBit, received.MailParameters.Contains("BODY=8BITMIME", StringComparison.Ordinal));
        Assert.True(eightBit || Ascii.IsValid(received.Data.Span), "8 bits only where they were offered");
    }

    [Fact]
    public async Task Dots_at_line_starts_arrive_as_they_were_written()
    {
        await using var rig = new SmtpRig();
        const string Text = ".\n..\n.hidden\nplain\n.";

        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Text(Text).Build()));
        Assert.Equal(".\r\n..\r\n.hidden\r\nplain\r\n.\r\n", ReadMail.Of(Assert.Single(rig.Server.Mails).Data).Body);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lines_of_any_length_and_odd_line_ends_arrive_whole_in_lines_of_at_most_998_bytes(bool eightBit)
    {
        await using var rig = new SmtpRig(new SmtpServerOptions { EightBitMime = eightBit });
        var longLine = string.Concat(Enumerable.Repeat("é=. ", 2000));
        var text = $"one\rtwo\ntrailing blank \nnothing\0else\r\n{longLine}\n.{new string('.', 998)}\n";

        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Text(text).Html(new string('x', 5000)).Build()));
        var data = Assert.Single(rig.Server.Mails).Data;
        Assert.All(Encoding.UTF8.GetString(data.Span).Split("\r\n"), line =>
        {
            Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 998);
            Assert.DoesNotContain('\r', line);
            Assert.DoesNotContain('\n', line);
        });
        var mail = ReadMail.Of(data);
        Assert.Equal(text.ReplaceLineEndings("\r\n"), mail.Parts[0].Body);
        Assert.Equal(new string('x', 5000), mail.Parts[1].Body);
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
    public async Task A_header_that_would_break_out_or_replace_ours_is_refused(string name, string value)
    {
        await using var rig = new SmtpRig();

        Assert.IsType<SendRejected>(await rig.SendAsync(AnEmail().Header(name, value).Build()));
        Assert.Equal(0, rig.Server.Connections);
    }
}
