namespace CxOrchestrator.Sdk.Mail.Tests.Reports;

public sealed class ComplaintTests
{
    [Fact]
    public void A_complaint_tells_the_delivery_although_the_recipient_is_blacked_out()
    {
        var fact = Assert.Single(Incoming.Read(Complaint("Feedback-Type: abuse\nVersion: 1", "X-Cxo-Delivery: delivery-7\nTo: redacted")));

        Assert.Equal((ServiceFacts.ContactComplained, "delivery-7", null, "email", "abuse"), (fact.Type, fact.DeliveryKey, fact.Address, fact.Word("channel"), fact.Word("text")));
    }

    [Fact]
    public void A_complaint_tells_who_complained_where_the_provider_does() => Assert.Equal(
        "anna@example.com", Assert.Single(Incoming.Read(Complaint("Feedback-Type: abuse\nOriginal-Rcpt-To: <anna@example.com>"))).Address);

    [Fact]
    public void A_complaint_is_traced_by_the_envelope_sender() => Assert.Equal(
        "by-verp", Assert.Single(Incoming.Read(Complaint($"Feedback-Type: abuse\nOriginal-Mail-From: <{Incoming.Bounces.For("by-verp")}>", "Subject: x"))).DeliveryKey);

    [Theory]
    [InlineData("not-spam")]
    [InlineData("auth-failure")]
    [InlineData("virus")]
    public void A_report_of_something_else_is_no_complaint(string type) => Assert.Empty(Incoming.Read(Complaint($"Feedback-Type: {type}")));

    [Fact]
    public void A_complaint_about_somebody_elses_mail_tells_nothing() => Assert.Empty(Incoming.Read(Complaint("Feedback-Type: abuse", "Message-ID: <x@elsewhere.example>")));

    private static string Complaint(string fields, string returned = "Message-ID: <delivery-7@shop.example>") => $"""
        From: fbl@provider.example
        To: fbl@shop.example
        Subject: FW: How was it?
        Message-ID: <arf-1@provider.example>
        Content-Type: multipart/report; report-type=feedback-report; boundary=b

        --b
        Content-Type: text/plain

        This is an abuse report.
        --b
        Content-Type: message/feedback-report

        {fields}
        User-Agent: SomeGenerator/1.0

        --b
        Content-Type: message/rfc822

        From: care@shop.example
        {returned}

        How was it?
        --b--
        """;
}
