using System.Text.Json;

namespace CxOrchestrator.Sdk.Mail.Tests.Reports;

/// <summary>Messages as they come into a mailbox of bounces and answers, and what is made of them.</summary>
internal static class Incoming
{
    public static readonly DateTimeOffset At = new(2026, 3, 2, 12, 30, 0, TimeSpan.Zero);

    public static readonly BounceAddresses Bounces = new("bounce+{token}@bounces.shop.example", new Secret("a long secret"));

    public static readonly InboundRules Rules = new() { MessageIdDomain = "shop.example", Bounces = Bounces, UnsubscribeAddress = "off@shop.example" };

    public static IReadOnlyList<ConnectorEvent> Read(string message, InboundRules? rules = null) => new InboundReader(rules ?? Rules).Read(Bytes.Of(message), At);

    public static string? Word(this ConnectorEvent fact, string name) =>
        fact.Data.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.ToString().ToLowerInvariant() : null;

    /// <summary>A report in the form of RFC 3464.</summary>
    public static string Report(
        string fields = "Final-Recipient: rfc822; anna@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 No such user",
        string whole = "Reporting-MTA: dns; mx.example.com",
        string to = "care@shop.example",
        string returned = "Message-ID: <delivery-7@shop.example>\nSubject: How was it?") => $"""
        Return-Path: <>
        From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
        To: {to}
        Subject: Undelivered Mail Returned to Sender
        Message-ID: <report-1@mx.example.com>
        Auto-Submitted: auto-replied
        Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

        --=_b
        Content-Type: text/plain

        I'm sorry.
        --=_b
        Content-Type: message/delivery-status

        {whole}

        {fields}

        --=_b
        Content-Type: text/rfc822-headers

        {returned}

        --=_b--
        """;

    /// <summary>An answer of a person.</summary>
    public static string Answer(string text = "It was fine.", string headers = "In-Reply-To: <delivery-7@shop.example>", string to = "care@shop.example", string subject = "Re: How was it?") => $"""
        From: Anna Ruiz <anna@example.com>
        To: {to}
        Subject: {subject}
        Message-ID: <answer-1@example.com>
        {headers}
        Content-Type: text/plain; charset=utf-8

        {text}
        """;
}
