namespace CxOrchestrator.Sdk.Mail.Tests.Reports;

public sealed class DeliveryReportTests
{
    [Fact]
    public void A_failure_tells_the_delivery_the_address_and_why()
    {
        var fact = Assert.Single(Incoming.Read(Incoming.Report()));

        Assert.Equal((ServiceFacts.MessageFailed, "delivery-7", "anna@example.com", Incoming.At), (fact.Type, fact.DeliveryKey, fact.Address, fact.Time));
        Assert.Equal(("5.1.1", "550 5.1.1 No such user", "true"), (fact.Word("code"), fact.Word("text"), fact.Word("addressInvalid")));
        Assert.Empty(fact.PersonId);
    }

    [Theory]
    [InlineData("Action: delayed\nStatus: 4.4.1", ServiceFacts.MessageDelayed)]
    [InlineData("Action: DELIVERED\nStatus: 2.0.0", ServiceFacts.MessageDelivered)]
    [InlineData("Action: relayed\nStatus: 2.0.0", null)]
    [InlineData("Action: expanded\nStatus: 2.0.0", null)]
    [InlineData("Action: eaten\nStatus: 5.1.1", null)]
    [InlineData("Status: 5.1.1", null)]
    public void Trap_16_only_a_failure_is_a_bounce(string fields, string? type) =>
        Assert.Equal(type, Incoming.Read(Incoming.Report("Final-Recipient: rfc822; anna@example.com\n" + fields)).SingleOrDefault()?.Type);

    [Theory]
    [InlineData("5.2.2", "smtp; 552 5.2.2 Mailbox full", "5.2.2")]
    [InlineData("5.7.1", "smtp; 550 5.7.1 Spam", "5.7.1")]
    [InlineData("5.7.233", "smtp; 550 5.7.233 Limit", "5.7.233")]
    [InlineData("5.0.0", "smtp; 554 5.7.1 Policy", "5.7.1")]
    [InlineData("5.0.0", "smtp; 550 who?", "5.0.0")]
    [InlineData("4.4.1", "X-Postfix; connect to mx.example.com: timed out", "4.4.1")]
    public void Trap_16_a_full_mailbox_or_a_policy_is_not_a_bad_address(string status, string diagnostic, string code)
    {
        var fact = Assert.Single(Incoming.Read(Incoming.Report($"Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: {status}\nDiagnostic-Code: {diagnostic}")));

        Assert.Equal((ServiceFacts.MessageFailed, code, "false"), (fact.Type, fact.Word("code"), fact.Word("addressInvalid")));
    }

    [Fact]
    public void The_truth_in_the_diagnostic_can_make_an_address_bad() =>
        Assert.Equal("true", Assert.Single(Incoming.Read(Incoming.Report("Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp;550 5.1.1 unknown"))).Word("addressInvalid"));

    [Fact]
    public void The_address_that_we_wrote_to_counts_and_not_where_it_went_on_to() => Assert.Equal("anna@example.com", Assert.Single(Incoming.Read(Incoming.Report(
        "Original-Recipient: rfc822;anna@example.com\nFinal-Recipient: rfc822; anna@elsewhere.example\nAction: failed\nStatus: 5.1.1"))).Address);

    [Fact]
    public void Several_recipients_are_several_facts_with_ids_of_their_own()
    {
        var facts = Incoming.Read(Incoming.Report("Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; b@example.com\nAction: delayed\nStatus: 4.2.2"));

        Assert.Equal([("a@example.com", ServiceFacts.MessageFailed), ("b@example.com", ServiceFacts.MessageDelayed)], facts.Select(fact => (fact.Address, fact.Type)));
        Assert.Equal(2, facts.Select(fact => fact.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("Reporting-MTA: dns; x\nOriginal-Envelope-Id: cxo-by-envid", "care@shop.example", "Subject: x", "by-envid")]
    [InlineData("Reporting-MTA: dns; x", "care@shop.example", "X-Cxo-Delivery: by-header\nMessage-ID: <other@outlook.example>", "by-header")]
    [InlineData("Reporting-MTA: dns; x", "care@shop.example", "Message-ID: <by-id@SHOP.example>", "by-id")]
    [InlineData("Reporting-MTA: dns; x", "care@shop.example", "Message-ID: <other@elsewhere.example>", null)]
    [InlineData("Reporting-MTA: dns; x\nOriginal-Envelope-Id: somebody-elses", "care@shop.example", "Subject: x", null)]
    public void The_delivery_is_found_by_whatever_comes_back(string whole, string to, string returned, string? key) =>
        Assert.Equal(key, Incoming.Read(Incoming.Report(whole: whole, to: to, returned: returned)).SingleOrDefault()?.DeliveryKey);

    [Fact]
    public void The_delivery_is_found_by_the_address_that_the_report_came_to() => Assert.Equal(
        "by-verp", Assert.Single(Incoming.Read(Incoming.Report(to: Incoming.Bounces.For("by-verp"), returned: "Subject: x"))).DeliveryKey);

    [Fact]
    public void A_report_to_an_address_with_a_false_seal_tells_nothing_whatever_else_it_says() =>
        Assert.Empty(Incoming.Read(Incoming.Report(whole: "Original-Envelope-Id: cxo-delivery-7", to: "bounce+pdelivery-7-aaaaaaaaaaaaa@bounces.shop.example")));

    [Fact]
    public void A_delivery_can_be_found_by_ids_that_a_service_gave()
    {
        var rules = new InboundRules { KeyOfMessageId = id => id == "abc@prod.outlook.example" ? "delivery-9" : null };

        Assert.Equal("delivery-9", Assert.Single(Incoming.Read(Incoming.Report(returned: "Message-ID: <abc@prod.outlook.example>"), rules)).DeliveryKey);
    }

    [Fact]
    public void A_report_whose_groups_are_encoded_or_joined_is_read()
    {
        var group = Convert.ToBase64String(Bytes.Of("Original-Envelope-Id: cxo-k\nFinal-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\n"));
        var report = Incoming.Report().Replace("message/delivery-status\n", "message/delivery-status\nContent-Transfer-Encoding: base64\n", StringComparison.Ordinal);
        var start = report.IndexOf("Reporting-MTA", StringComparison.Ordinal);
        var end = report.IndexOf("--=_b\nContent-Type: text/rfc822", StringComparison.Ordinal);

        Assert.Equal("k", Assert.Single(Incoming.Read(report[..start] + group + "\n" + report[end..])).DeliveryKey);
    }

    [Fact]
    public void The_same_report_has_the_same_ids_wherever_it_lies_and_another_one_has_others()
    {
        var first = Assert.Single(Incoming.Read(Incoming.Report()));
        var moved = Assert.Single(Incoming.Read("Received: from mx\n" + Incoming.Report()));
        var another = Assert.Single(Incoming.Read(Incoming.Report().Replace("report-1", "report-2", StringComparison.Ordinal)));

        Assert.Equal(first.Id, moved.Id);
        Assert.NotEqual(first.Id, another.Id);
    }
}
