namespace CxOrchestrator.Sdk.Mail.Tests.Reports;

public sealed class AnswerTests
{
    [Theory]
    [InlineData("In-Reply-To: <delivery-7@shop.example>")]
    [InlineData("References: <x@elsewhere.example> <delivery-7@shop.example>")]
    public void An_answer_tells_the_delivery_the_person_and_their_words(string headers)
    {
        var fact = Assert.Single(Incoming.Read(Incoming.Answer("ขอบคุณครับ", headers)));

        Assert.Equal((ServiceFacts.MessageReplied, "delivery-7", "anna@example.com"), (fact.Type, fact.DeliveryKey, fact.Address));
        Assert.Equal(("ขอบคุณครับ", "email"), (fact.Word("text"), fact.Word("channel")));
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("Auto-Submitted: auto-generated (vacation)")]
    [InlineData("Return-Path: <>")]
    [InlineData("Precedence: bulk")]
    [InlineData("Precedence: Auto_Reply")]
    [InlineData("X-Auto-Response-Suppress: All")]
    [InlineData("X-Autoreply: yes")]
    [InlineData("List-Id: <news.example.com>")]
    [InlineData("X-Cxo-Delivery: delivery-7")]
    public void What_a_machine_answers_is_no_reply(string mark) =>
        Assert.Empty(Incoming.Read(Incoming.Answer(headers: "In-Reply-To: <delivery-7@shop.example>\n" + mark)));

    [Theory]
    [InlineData("Auto-Submitted: no")]
    [InlineData("X-Auto-Response-Suppress: None")]
    [InlineData("Precedence: first-class")]
    public void Marks_that_say_nothing_leave_a_reply_a_reply(string mark) =>
        Assert.Single(Incoming.Read(Incoming.Answer(headers: "In-Reply-To: <delivery-7@shop.example>\n" + mark)));

    [Theory]
    [InlineData("Subject: hello")]
    [InlineData("In-Reply-To: <delivery-7@elsewhere.example>")]
    public void Mail_that_is_not_about_a_delivery_of_ours_tells_nothing(string headers) => Assert.Empty(Incoming.Read(Incoming.Answer(headers: headers)));

    [Theory]
    [InlineData("off@shop.example", "unsubscribe", "", true)]
    [InlineData("OFF@shop.example", "Unsubscribe me please", "", true)]
    [InlineData("off@shop.example", "(no subject)", "unsubscribe", true)]
    [InlineData("off@shop.example", "Question", "How do I unsubscribe?", false)]
    [InlineData("care@shop.example", "unsubscribe", "", false)]
    public void A_mail_to_the_unsubscribe_address_that_says_so_opts_out(string to, string subject, string text, bool optsOut) => Assert.Equal(
        optsOut ? [(ServiceFacts.ContactOptedOut, "anna@example.com")] : Array.Empty<(string, string?)>(),
        Incoming.Read(Incoming.Answer(text, "Precedence: bulk", to, subject)).Select(fact => (fact.Type, fact.Address)));

    [Theory]
    [InlineData("Fine.\n\nOn Mon, 2 Mar 2026 at 12:00, Shop <care@shop.example> wrote:\n> How was it?\n> Tell us", "Fine.")]
    [InlineData("Fine.\n\nOn Mon, 2 Mar 2026 at 12:00,\nShop <care@shop.example> wrote:\n\n> How was it?", "Fine.")]
    [InlineData("Gut.\nDanke.\nAm 02.03.26 um 12:00 schrieb Shop:\n> Wie war es?", "Gut.\nDanke.")]
    [InlineData("ดีมาก\n\nเมื่อ จ. 2 มี.ค. 2026 Shop <care@shop.example> เขียนว่า:\n> เป็นอย่างไร", "ดีมาก")]
    [InlineData("Fine.\n-----Original Message-----\nFrom: Shop\nHow was it?", "Fine.")]
    [InlineData("Fine.\n\nFrom: Shop <care@shop.example>\nSent: Monday\nTo: Anna\nSubject: How was it?\n\nHow was it?", "Fine.")]
    [InlineData("Fine.\n________________________________\nFrom: Shop", "Fine.")]
    [InlineData("Fine.\n-- \nAnna Ruiz\n+66 81 234 5678", "Fine.")]
    [InlineData("> How was it?\nFine.\n> And the driver?\nPolite.", "Fine.\nPolite.")]
    [InlineData("My list:\n- one\n- two", "My list:\n- one\n- two")]
    [InlineData("From: here it looked good", "From: here it looked good")]
    public void The_quoted_part_is_left_out(string text, string words) =>
        Assert.Equal(words, Assert.Single(Incoming.Read(Incoming.Answer(text))).Word("text"));

    [Fact]
    public void An_answer_in_HTML_alone_is_told_without_tags_and_quotes()
    {
        const string Html = """
            <html><head><style>p { color: red }</style><title>t</title></head><body><p>Fine &amp; quick &lt;3</p><div>Thanks<br>Anna</div>
            <div class="gmail_quote">On Monday Shop wrote:<blockquote>How was it?</blockquote></div></body></html>
            """;
        var answer = Incoming.Answer(Html).Replace("text/plain", "text/html", StringComparison.Ordinal);

        Assert.Equal("Fine & quick <3\nThanks\nAnna", string.Join('\n', Assert.Single(Incoming.Read(answer)).Word("text")!.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
    }

    [Fact]
    public void A_long_answer_is_cut() =>
        Assert.Equal(10_001, Assert.Single(Incoming.Read(Incoming.Answer(new string('x', 50_000)))).Word("text")!.Length);
}
