using System.Text;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Connectors.Tests.Sms.Twilio;

public sealed class SignatureTests
{
    private const string Url = TwilioRig.Webhook + "?key=d-1";

    private static readonly KeyValuePair<string, string>[] Sample = TwilioCaller.Fields(
        ("AccountSid", TwilioStandIn.AccountSid), ("Body", "ก็ดี & 100 % + \"ok\""), ("From", "+66812345678"),
        ("MessageSid", "SM0123456789abcdef0123456789abcdef"), ("To", "+14155550100"));

    // Vectors of Twilio's library for .NET.
    [Theory]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("https://MyCompany.com/myapp.php?foo=1&bar=2", "g9IN/x4Cft2g517EjYvEvM/W7LU=")]
    [InlineData("https://MyCompany.com:1234/myapp.php?foo=1&bar=2", "PCqOZm8cnu/L6+u5i5fuEd+Iac4=")]
    public async Task Twilios_published_examples_hold(string url, string signature)
    {
        var fields = TwilioCaller.Fields(
            ("CallSid", "CA1234567890ABCDE"), ("Caller", "+14158675309"), ("Digits", "1234"), ("From", "+14158675309"), ("To", "+18005551212"));

        await using var rig = await TwilioRig.StartAsync(settings => settings.AuthToken = new Secret("12345"), url.Split('?')[0]);
        Assert.True((await rig.ReceiveAsync(TwilioCaller.Form(url, fields, signature))).Verified);
        Assert.False((await rig.ReceiveAsync(TwilioCaller.Form(url.Replace("bar=2", "bar=3", StringComparison.Ordinal), fields, signature))).Verified);
    }

    [Theory]
    [InlineData("https://cx.example.com/hooks/sms", "http://inside:8080/hooks/sms")]
    [InlineData("https://cx.example.com/hooks/sms", "http://cx.example.com/sms")]
    [InlineData("https://cx.example.com:443/hooks/sms", "https://cx.example.com/hooks/sms")]
    [InlineData("https://CX.Example.com/hooks/sms", "https://CX.Example.com/hooks/sms")]
    [InlineData("https://cx.example.com/hooks/sms/", "http://inside:8080/hooks/sms/")]
    public async Task The_public_address_counts_whatever_a_proxy_made_of_it(string signed, string arrives)
    {
        await using var rig = await TwilioRig.StartAsync();

        Assert.True((await rig.ReceiveAsync(TwilioCaller.Post(signed + "?key=d-1", Sample, arrivesAs: arrives + "?key=d-1"))).Verified);
    }

    [Theory]
    [InlineData("https://cx.example.com:8443/hooks/sms", "https://cx.example.com/hooks/sms")]
    [InlineData("https://cx.example.com:8443/hooks/sms", "https://cx.example.com:8443/hooks/sms")]
    [InlineData("https://CX.example.com/a/sms", "https://cx.example.com/a/sms")]
    [InlineData("https://CX.example.com/a/sms", "https://CX.example.com/a/sms")]
    public async Task An_address_of_the_connections_own_overrides_the_hosts(string configured, string signed)
    {
        await using var rig = await TwilioRig.StartAsync(settings => settings.PublicUrl = new Uri(configured));

        Assert.True((await rig.ReceiveAsync(TwilioCaller.Post(signed, Sample, arrivesAs: "http://inside/hooks/sms"))).Verified);
    }

    [Theory]
    [InlineData("https://other.example.com/hooks/sms")]
    [InlineData("http://cx.example.com/hooks/sms")]
    [InlineData("https://cx.example.com:444/hooks/sms")]
    public async Task What_was_signed_for_another_address_is_refused_even_if_it_claims_that_host(string signed)
    {
        await using var rig = await TwilioRig.StartAsync();

        Assert.Equal(WebhookResult.Refused, await rig.ReceiveAsync(TwilioCaller.Post(signed, Sample)));
    }

    [Fact]
    public async Task The_query_is_signed_as_it_was_sent_with_escapes_that_nobody_needs()
    {
        await using var rig = await TwilioRig.StartAsync();

        Assert.True((await rig.ReceiveAsync(TwilioCaller.Post(TwilioRig.Webhook + "?key=d%2D1&x=%7Ea+b", Sample))).Verified);
    }

    [Fact]
    public async Task Names_are_in_ordinal_order_and_unknown_fields_belong_to_it()
    {
        await using var rig = await TwilioRig.StartAsync();
        var fields = Sample.Concat(TwilioCaller.Fields(("zebra", "1"), ("Äpfel", "2"), ("a_new_one", ""), ("ZEBRA", "3"))).ToList();

        Assert.True((await rig.ReceiveAsync(TwilioCaller.Post(Url, fields))).Verified);
        Assert.False((await rig.ReceiveAsync(TwilioCaller.Form(Url, fields, TwilioCaller.Post(Url, Sample).Headers[2].Value))).Verified);
    }

    [Theory]
    [InlineData("MediaUrlaMediaUrlb")]
    [InlineData("MediaUrlb,a,a")]
    public async Task A_repeated_name_is_signed_either_way_of_Twilios_libraries(string repeated)
    {
        await using var rig = await TwilioRig.StartAsync();
        var fields = TwilioCaller.Fields(("AccountSid", TwilioStandIn.AccountSid), ("MediaUrl", "b"), ("MediaUrl", "a"), ("MediaUrl", "a"), ("To", "+1"));
        var signature = TwilioCaller.Sign($"{Url}AccountSid{TwilioStandIn.AccountSid}{repeated}To+1");

        Assert.True((await rig.ReceiveAsync(TwilioCaller.Form(Url, fields, signature))).Verified);
    }

    [Fact]
    public async Task Either_of_two_tokens_may_have_signed_while_they_are_rotated()
    {
        await using var rig = await TwilioRig.StartAsync();

        Assert.True((await rig.ReceiveAsync(TwilioCaller.Post(Url, Sample, "the-token-to-come"))).Verified);
        Assert.False((await rig.ReceiveAsync(TwilioCaller.Post(Url, Sample, "a-third-token"))).Verified);
        // An API key signs nothing.
        Assert.False((await rig.ReceiveAsync(TwilioCaller.Post(Url, Sample, TwilioStandIn.KeySecret))).Verified);
    }

    [Fact]
    public async Task A_JSON_body_is_covered_by_its_hash_in_the_query()
    {
        await using var rig = await TwilioRig.StartAsync();
        var body = """{"property": "value", "boolean": true}"""u8.ToArray();
        var url = TwilioRig.Webhook + "?bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";

        Assert.True((await rig.ReceiveAsync(TwilioCaller.Request(url, "application/json", body, TwilioCaller.Sign(url)))).Verified);
        body[^2] ^= 1;
        Assert.False((await rig.ReceiveAsync(TwilioCaller.Request(url, "application/json", body, TwilioCaller.Sign(url)))).Verified);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("")]
    public async Task A_body_that_the_signature_does_not_cover_is_refused(string type)
    {
        await using var rig = await TwilioRig.StartAsync();
        var body = Encoding.UTF8.GetBytes($$"""{"AccountSid":"{{TwilioStandIn.AccountSid}}","MessageSid":"SM0123456789abcdef0123456789abcdef","MessageStatus":"delivered"}""");

        Assert.Equal(WebhookResult.Refused, await rig.ReceiveAsync(TwilioCaller.Request(Url, type, body, TwilioCaller.Sign(Url))));
    }

    [Fact]
    public async Task A_signature_that_is_missing_doubled_or_only_almost_right_is_refused()
    {
        await using var rig = await TwilioRig.StartAsync();
        var good = TwilioCaller.Post(Url, Sample);
        var signature = good.Headers[2].Value;
        Assert.True((await rig.ReceiveAsync(good)).Verified);

        Assert.False((await rig.ReceiveAsync(good with { Headers = [.. good.Headers.Where(header => header.Value != signature)] })).Verified);
        Assert.False((await rig.ReceiveAsync(good with { Headers = [.. good.Headers, new("X-Twilio-Signature", "x")] })).Verified);
        Assert.False((await rig.ReceiveAsync(good with { Method = "PUT" })).Verified);
        foreach (var almost in new[] { "", signature.TrimEnd('='), signature + "=", signature.ToUpperInvariant(), SameBytes(signature) })
            Assert.False((await rig.ReceiveAsync(TwilioCaller.Form(Url, Sample, almost))).Verified, almost);
    }

    // The last character before '=' has two bits that no byte needs: another text stands for the same bytes.
    private static string SameBytes(string base64)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var other = base64[..^2] + Alphabet[Alphabet.IndexOf(base64[^2], StringComparison.Ordinal) + 1] + "=";
        Assert.Equal(Convert.FromBase64String(base64), Convert.FromBase64String(other));
        return other;
    }
}
