using System.Text.Json;
using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Tests.Secrets;

public sealed class AnswerMaskTests
{
    private const string Key = "kT9+vW/q2Zx&LmN4%rS7<uY1bC5";
    private static readonly DateTimeOffset At = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly AnswerMask _answers;

    public AnswerMaskTests()
    {
        var mask = new SecretMask();
        mask.Add(new Secret(Key));
        _answers = new AnswerMask(mask);
    }

    public static TheoryData<SendResult> Sends => new()
    {
        SendResult.Accepted(Key), SendResult.Rejected(Key, Key, addressInvalid: true), SendResult.Deferred(Key, TimeSpan.FromSeconds(3)), SendResult.Unknown(Key),
    };

    [Theory]
    [MemberData(nameof(Sends))]
    public void What_became_of_a_message_stays_and_the_secret_in_it_does_not(SendResult result)
    {
        var clean = _answers.Apply(result);

        Assert.Equal(result.GetType(), clean.GetType());
        Assert.Equal(result.ToString().Replace(Key, "••••••", StringComparison.Ordinal), clean.ToString());
    }

    [Fact]
    public void Writes_are_masked_one_by_one()
    {
        IReadOnlyList<WriteResult> results = [WriteResult.Written(Key), WriteResult.Refused("c", Key), WriteResult.Retry($"x {Key}", TimeSpan.FromSeconds(2))];

        Assert.Equal([WriteResult.Written("••••••"), WriteResult.Refused("c", "••••••"), WriteResult.Retry("x ••••••", TimeSpan.FromSeconds(2))], _answers.Apply(results));
    }

    [Fact]
    public void Events_people_and_cursors_are_masked_and_the_rest_is_as_it_was()
    {
        var json = JsonSerializer.SerializeToElement(new { text = $"your key is {Key}", list = new object[] { Key, 3, true }, deep = new { x = "y" } });
        var told = new WebhookResult(true, [new ConnectorEvent("1", "message.replied", "p", At, json) { Address = "a@example.test" }], 200, Key);

        var clean = _answers.Apply(told);

        Assert.Equal("••••••", clean.ReplyBody);
        var one = Assert.Single(clean.Events);
        Assert.Equal(("1", "a@example.test"), (one.Id, one.Address));
        Assert.Equal("""{"text":"your key is ••••••","list":["••••••",3,true],"deep":{"x":"y"}}""", JsonSerializer.Serialize(one.Data, Plain));
        var page = _answers.Apply(new Page<CrmPerson>([new CrmPerson { Id = "7", Name = Key, Fields = new Dictionary<string, object?> { ["n"] = 7, ["t"] = Key } }], $"next?{Key}"));
        Assert.Equal(("7", "••••••", "next?••••••"), (page.Items[0].Id, page.Items[0].Name, page.NextCursor));
        Assert.Equal([7, "••••••"], page.Items[0].Fields.Values);
    }

    [Fact]
    public void What_a_plugin_left_null_stays_null()
    {
        Assert.Null(_answers.Apply<CrmPerson?>(null));
        Assert.Null(_answers.Apply(new Page<Ticket>(null!, null)).Items);
        Assert.Null(_answers.Apply(new WebhookResult(true, null!, 200)).Events);
        Assert.Equal(3, _answers.Apply(3));
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
