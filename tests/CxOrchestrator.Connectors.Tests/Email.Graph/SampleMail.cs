namespace CxOrchestrator.Connectors.Tests.Email.Graph;

/// <summary>What comes into a mailbox, as Exchange gives it out.</summary>
internal static class SampleMail
{
    /// <summary>A person's answer.</summary>
    public static string Reply(string key, string text = "It came late.", string id = "r1@example.com") => $"""
        From: Anna Ruiz <anna@example.com>
        To: Shop <care@shop.example>
        Subject: Re: How was it?
        Date: Mon, 2 Mar 2026 12:00:00 +0000
        Message-ID: <{id}>
        In-Reply-To: <{key}@shop.example>
        References: <{key}@shop.example>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        {text}

        """;

    /// <summary>An absence note.</summary>
    public static string Absence(string key) =>
        Reply(key, "I am away.", "away@example.com").Replace("MIME-Version: 1.0", "Auto-Submitted: auto-replied\nX-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent\nMIME-Version: 1.0", StringComparison.Ordinal);

    /// <summary>Mail that is not about us.</summary>
    public static string Other(int number) => $"""
        From: news@example.com
        To: care@shop.example
        Subject: News {number}
        Message-ID: <news-{number}@example.com>

        News.

        """;

    /// <summary>Exchange's report of non-delivery (item class REPORT.IPM.Note.NDR), with the headers of the original.</summary>
    public static string Ndr(string key, string status = "5.1.10", string id = "ndr1@exchange.example") => $"""
        From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@shop.example>
        To: <care@shop.example>
        Subject: Undeliverable: How was it?
        Date: Mon, 2 Mar 2026 12:00:00 +0000
        Message-ID: <{id}>
        Auto-Submitted: auto-replied
        X-MS-Exchange-Message-Is-Ndr:
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="ndr"

        --ndr
        Content-Type: text/plain; charset=utf-8

        Your message to anna@example.com couldn't be delivered.

        --ndr
        Content-Type: message/delivery-status

        Reporting-MTA: dns;AM0PR01MB0001.eurprd01.prod.exchangelabs.com
        Received-From-MTA: dns;AM0PR01MB0002.eurprd01.prod.exchangelabs.com

        Final-recipient: RFC822;anna@example.com
        Action: failed
        Status: {status}
        Diagnostic-code: smtp;550 {status} RESOLVER.ADR.RecipientNotFound; Recipient anna@example.com not found by SMTP address lookup

        --ndr
        Content-Type: message/rfc822

        From: Shop <care@shop.example>
        To: <anna@example.com>
        Subject: How was it?
        Message-ID: <{key}@shop.example>
        X-Cxo-Delivery: {key}

        Hello Anna

        --ndr--

        """;
}
