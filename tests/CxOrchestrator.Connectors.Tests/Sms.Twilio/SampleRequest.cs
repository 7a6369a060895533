using System.Text;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Connectors.Tests.Sms.Twilio;

/// <summary>A webhook made up at random: fields of any script, repeated ones, other spellings of the address, JSON bodies.</summary>
internal sealed record SampleRequest(string Url, string Token, IReadOnlyList<KeyValuePair<string, string>> Fields, string? Body)
{
    private static readonly string[] Words =
        ["+66812345678", "STOP", "สวัสดีครับ", "王小明", "سلام", "é", "👩‍👩‍👧", "a&b=c", "100 %", "%20", "+", " ", "", "<xml/>", "\"quoted\"", "line\r\nbreak", "~-_.", "ß"];

    private static readonly string[] Names =
        ["Body", "From", "To", "MessageSid", "MessageStatus", "NumMedia", "a", "A", "aa", "Z", "Ünknown", "x.y[0]", "new field", "_", "0", "10", "9"];

    private static readonly string[] Addresses =
        [TwilioRig.Webhook, "https://cx.example.com:443/hooks/sms", "https://CX.example.com/hooks/sms"];

    /// <summary>What the signer needs; repeated names as arrays, as Twilio's library takes them.</summary>
    public object ForNode => new
    {
        token = Token,
        url = Url,
        fields = Fields.GroupBy(pair => pair.Key).ToDictionary(
            group => group.Key, object (group) => group.Count() == 1 ? group.Single().Value : group.Select(pair => pair.Value).ToArray()),
        body = Body,
    };

    public static SampleRequest Make(Random random)
    {
        var fields = new List<KeyValuePair<string, string>> { new("AccountSid", TwilioStandIn.AccountSid) };
        for (var i = random.Next(1, 15); i > 0; i--)
            fields.Add(new(Names[random.Next(Names.Length)], Text(random)));
        var url = Addresses[random.Next(Addresses.Length)] + (random.Next(4) == 0 ? "" : "?key=" + Uri.EscapeDataString(Text(random)) + "&n=" + random.Next());
        var token = random.Next(3) == 0 ? "the-token-to-come" : TwilioStandIn.AuthToken;
        return new SampleRequest(url, token, fields, random.Next(5) == 0 ? $$"""{"AccountSid":"{{TwilioStandIn.AccountSid}}","n":"{{random.Next()}} é"}""" : null);
    }

    /// <summary>The request as it arrives.</summary>
    public WebhookRequest Request(VendorTests.NodeAnswer answer) => Body is null
        ? TwilioCaller.Form(answer.Url, Fields, answer.Signature)
        : TwilioCaller.Request(answer.Url, "application/json", Encoding.UTF8.GetBytes(Body), answer.Signature);

    /// <summary>The same with something changed on the way.</summary>
    public WebhookRequest Tampered(WebhookRequest request, VendorTests.NodeAnswer answer, int kind) => kind switch
    {
        0 => request with { Url = new Uri(answer.Url + (answer.Url.Contains('?', StringComparison.Ordinal) ? "&key=else" : "?key=else")) },
        1 => request with { Body = (byte[])[.. request.Body.Span, .. "&Body=STOP!"u8] },
        2 => request with { Body = WithOneBitLess(request.Body) },
        3 => request with { Headers = Signed(request, Flip(answer.Signature)) },
        4 => request with { Headers = Signed(request, TwilioCaller.Sign(answer.Url, "somebody-elses-token")) },
        _ => Body is null
            ? TwilioCaller.Form(answer.Url, [.. Fields.Skip(1), new("AccountSid", "ACffffffffffffffffffffffffffffffff")], answer.Signature)
            : request with { Body = Encoding.UTF8.GetBytes(Body + " ") },
    };

    private static KeyValuePair<string, string>[] Signed(WebhookRequest request, string signature) =>
        [.. request.Headers.Select(header => header.Key == "x-twilio-signature" ? new(header.Key, signature) : header)];

    // The fourteenth byte stands in the account's id, which all samples begin with.
    private static byte[] WithOneBitLess(ReadOnlyMemory<byte> body)
    {
        var changed = body.ToArray();
        changed[13] ^= 1;
        return changed;
    }

    private static string Flip(string signature) => (signature[0] == 'A' ? 'B' : 'A') + signature[1..];

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Words[random.Next(Words.Length)]));
}
