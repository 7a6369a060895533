using System.Text;
using System.Text.Json;
using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>What every <see cref="IWebhookReceiver"/> promises: what is not proved is not used, and nothing that comes in makes it throw.</summary>
public abstract class WebhookReceiverSuite : ConnectorSuite<IWebhookReceiver>
{
    private const int Huge = 8 * 1024 * 1024;

    private static readonly string[] OddTexts = ["null", "[]", "{}", "7", "\"text\"", "{", "{\"a\":", "a=1", "&&==&", "%zz=%", "[[1],{\"x\":null}]"];

    /// <summary>What the service's proof covers, so that a change of it must be found out.</summary>
    protected abstract WebhookProof Proof { get; }

    /// <summary>The headers that carry the proof, for example a signature and its time; none where the address carries it.</summary>
    protected abstract IReadOnlyList<string> ProofHeaders { get; }

    /// <summary>False where the service's webhooks carry no words of a customer. Default: true.</summary>
    protected virtual bool CarriesText => true;

    /// <summary>The body of a webhook with one event, as the service writes it.</summary>
    /// <param name="text">A customer's words in it, where there is a place for them.</param>
    protected abstract byte[] ABody(string text);

    /// <summary>The same body with one field more, of which nobody has heard.</summary>
    protected abstract byte[] WithUnknownField(byte[] body);

    /// <summary>The request with this body as the service would make it, with its proof. The body may be anything.</summary>
    protected abstract WebhookRequest Sign(byte[] body);

    /// <summary>The same made by somebody who knows everything but the secret.</summary>
    protected abstract WebhookRequest Forge(byte[] body);

    /// <summary>The plain case, in every script.</summary>
    [Theory]
    [MemberData(nameof(Scripts.All), MemberType = typeof(Scripts))]
    public async Task A_genuine_webhook_is_verified_and_tells_its_event(string text)
    {
        var result = await Subject.ReceiveAsync(Sign(ABody(text)), default);

        Assert.True(result.Verified);
        Assert.InRange(result.Status, 200, 299);
        var told = Assert.Single(result.Events);
        Assert.NotEmpty(told.Id);
        Assert.Contains('.', told.Type);
        Assert.NotEqual(default, told.Time);
        Assert.Equal(JsonValueKind.Object, told.Data.ValueKind);
        if (CarriesText)
            Assert.Contains(text, StringsOf(told.Data));
        AssertNoSecretIn($"{result.ReplyBody} {JsonSerializer.Serialize(result.Events)} {Log.Text}");
    }

    /// <summary>Services repeat what was not answered in time; somebody who listened may too.</summary>
    [Fact]
    public async Task A_webhook_that_comes_again_tells_the_same_events_by_the_same_ids()
    {
        var request = Sign(ABody("again"));

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Subject.ReceiveAsync(request, default))));
        Assert.All(results, result => Assert.Equal(Told(results[0]), Told(result)));
        Assert.NotEmpty(results[0].Events);
    }

    /// <summary>Two facts are two.</summary>
    [Fact]
    public async Task Webhooks_of_different_events_have_different_ids()
    {
        var first = await Subject.ReceiveAsync(Sign(ABody("first")), default);
        var second = await Subject.ReceiveAsync(Sign(ABody("second")), default);

        Assert.NotEqual(first.Events.Select(told => told.Id), second.Events.Select(told => told.Id));
    }

    /// <summary>Services grow fields without telling.</summary>
    [Fact]
    public async Task A_field_that_nobody_knows_changes_nothing()
    {
        var body = ABody("known");
        var plain = await Subject.ReceiveAsync(Sign(body), default);
        var grown = await Subject.ReceiveAsync(Sign(WithUnknownField(body)), default);

        Assert.True(grown.Verified);
        Assert.Equal(plain.Events.Select(told => told.Type), grown.Events.Select(told => told.Type));
    }

    /// <summary>Without the secret there is no proof.</summary>
    [Fact]
    public async Task A_forged_webhook_is_refused() => AssertRefused(await Subject.ReceiveAsync(Forge(ABody("forged")), default));

    /// <summary>Each proof is needed.</summary>
    [Fact]
    public async Task A_proof_that_is_missing_empty_changed_or_doubled_is_refused()
    {
        var request = Sign(ABody("proof"));
        foreach (var name in ProofHeaders)
        {
            var genuine = request.Header(name);
            Assert.False(string.IsNullOrEmpty(genuine), $"a signed request has no header {name}");
            AssertRefused(await Subject.ReceiveAsync(With(request, name), default));
            foreach (var other in Spoilt(genuine))
                AssertRefused(await Subject.ReceiveAsync(With(request, name, other), default));
            AssertRefused(await Subject.ReceiveAsync(With(request, name, genuine, Spoilt(genuine)[^1]), default));
        }
    }

    /// <summary>A single bit anywhere in the body.</summary>
    [Fact]
    public async Task A_tampered_body_is_refused_where_the_proof_covers_it()
    {
        var request = Sign(ABody("tampered"));
        foreach (var at in Enumerable.Range(0, 40).Select(i => i * (request.Body.Length - 1) / 39).Distinct())
        {
            var body = request.Body.ToArray();
            body[at] ^= 1;
            var result = await Subject.ReceiveAsync(request with { Body = body }, default);
            if (Proof.HasFlag(WebhookProof.Body))
                AssertRefused(result);
        }

        var longer = await Subject.ReceiveAsync(request with { Body = request.Body.ToArray().Concat("&x=1"u8.ToArray()).ToArray() }, default);
        if (Proof.HasFlag(WebhookProof.Body))
            AssertRefused(longer);
    }

    /// <summary>The address that was called.</summary>
    [Fact]
    public async Task A_changed_address_is_refused_where_the_proof_covers_it()
    {
        var request = Sign(ABody("address"));
        var address = request.Url.AbsoluteUri;
        foreach (var other in new[] { address + (request.Url.Query.Length > 0 ? "&" : "?") + "x=1", address.Replace(request.Url.AbsolutePath, request.Url.AbsolutePath + "x", StringComparison.Ordinal) })
        {
            var result = await Subject.ReceiveAsync(request with { Url = new Uri(other) }, default);
            if (Proof.HasFlag(WebhookProof.Url))
                AssertRefused(result);
        }

        if (request.Url.Query.Length > 0 && ProofHeaders.Count == 0)
            AssertRefused(await Subject.ReceiveAsync(request with { Url = new Uri(request.Url.GetLeftPart(UriPartial.Path)) }, default));
    }

    /// <summary>Anybody can send us anything.</summary>
    [Fact]
    public async Task Whatever_comes_without_a_proof_is_refused_and_never_throws()
    {
        foreach (var body in Oddities().Append(ABody("no proof")))
        {
            var unsigned = ProofHeaders.Aggregate(Forge(body), (request, name) => With(request, name));
            AssertRefused(await Subject.ReceiveAsync(unsigned, default));
            AssertRefused(await Subject.ReceiveAsync(unsigned with { Headers = [] }, default));
        }
    }

    /// <summary>A service can be wrong too.</summary>
    [Fact]
    public async Task Whatever_comes_with_a_proof_never_throws_and_tells_no_event_that_is_none()
    {
        foreach (var body in Oddities())
        {
            var result = await Subject.ReceiveAsync(Sign(body), default);
            Assert.Empty(result.Events);
            Assert.InRange(result.Status, 200, 499);
        }
    }

    /// <summary>A scanner that looks at the address.</summary>
    [Fact]
    public async Task A_GET_without_a_proof_tells_nothing()
    {
        var looked = Forge([]) with { Method = "GET", Headers = [] };
        var result = await Subject.ReceiveAsync(looked with { Url = new Uri(looked.Url.GetLeftPart(UriPartial.Path)) }, default);

        Assert.Empty(result.Events);
        Assert.InRange(result.Status, 200, 499);
    }

    /// <summary>A cancelled call ends.</summary>
    [Fact]
    public async Task A_cancelled_call_ends() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Subject.ReceiveAsync(Sign(ABody("late")), new CancellationToken(true)));

    private void AssertRefused(WebhookResult result)
    {
        Assert.False(result.Verified);
        Assert.Empty(result.Events);
        Assert.Equal(401, result.Status);
        AssertNoSecretIn($"{result.ReplyBody} {Log.Text}");
    }

    private static IEnumerable<(string Id, string Type, string Data)> Told(WebhookResult result) =>
        result.Events.Select(told => (told.Id, told.Type, told.Data.GetRawText()));

    private static WebhookRequest With(WebhookRequest request, string header, params string[] values) => request with
    {
        Headers =
        [
            .. request.Headers.Where(pair => !pair.Key.Equals(header, StringComparison.OrdinalIgnoreCase)),
            .. values.Select(value => new KeyValuePair<string, string>(header, value)),
        ],
    };

    // The one at the end is as long as the genuine one.
    private static List<string> Spoilt(string genuine) =>
    [
        "", " ", "\0", "ä", "=", new string('A', 100_000), genuine[..^1], genuine + "A", genuine + genuine,
        (genuine[0] == 'a' ? 'b' : 'a') + genuine[1..],
    ];

    private static IEnumerable<byte[]> Oddities() =>
    [
        [],
        [0],
        [0xff, 0xfe, 0xc3, 0x28, 0xa0],
        new byte[Huge],
        .. OddTexts.Select(Encoding.UTF8.GetBytes),
        Encoding.UTF8.GetBytes(new string('[', 100_000)),
    ];

    private static IEnumerable<string> StringsOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(property => StringsOf(property.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(StringsOf),
        JsonValueKind.String => [json.GetString()!],
        _ => [],
    };
}

/// <summary>What a service's proof (signature, token, key) covers.</summary>
[Flags]
public enum WebhookProof
{
    /// <summary>Nothing of the request: it proves the sender alone, so that the body is to be used as a hint at most.</summary>
    Sender = 0,

    /// <summary>The body.</summary>
    Body = 1,

    /// <summary>The address with its query.</summary>
    Url = 2,
}
