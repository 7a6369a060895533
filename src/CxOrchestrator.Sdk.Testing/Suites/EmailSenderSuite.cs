using CxOrchestrator.Sdk.Testing.Builders;
using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>What every <see cref="IEmailSender"/> promises.</summary>
public abstract class EmailSenderSuite : ConnectorSuite<IEmailSender>
{
    /// <summary>What arrived at the service, in order.</summary>
    protected abstract Task<IReadOnlyList<ArrivedEmail>> ArrivedAsync();

    /// <summary>The plain case.</summary>
    [Fact]
    public async Task A_message_is_accepted_and_arrives_once()
    {
        var message = Some.AnEmail().Html("<p>How was it?</p>").Build();

        Assert.IsType<SendAccepted>(await Subject.SendAsync(message, default));
        var arrived = Assert.Single(await ArrivedAsync());
        Assert.Equal((message.Key, "anna@example.com", message.Subject), (arrived.Key, arrived.To, arrived.Subject));
        Assert.Equal(Trimmed(message.Text), Trimmed(arrived.Text));
        Assert.Equal("<p>How was it?</p>", Trimmed(arrived.Html));
    }

    /// <summary>Customers have names in every script.</summary>
    [Theory]
    [MemberData(nameof(Scripts.All), MemberType = typeof(Scripts))]
    public async Task Any_script_arrives_as_it_was_written(string text)
    {
        Assert.IsType<SendAccepted>(await Subject.SendAsync(Some.AnEmail().To("anna@example.com", text).Subject(text).Text(text).Html(text).Build(), default));

        var arrived = Assert.Single(await ArrivedAsync());
        Assert.Equal((text, text, text), (arrived.Subject, Trimmed(arrived.Text), Trimmed(arrived.Html)));
    }

    /// <summary>A key that is honoured counts once; one that isn't is sent as often as it is handed over.</summary>
    [Fact]
    public async Task The_same_key_twice_arrives_as_often_as_the_connector_says()
    {
        var message = Some.AnEmail().Build();
        Assert.IsType<SendAccepted>(await Subject.SendAsync(message, default));
        Assert.IsType<SendAccepted>(await Subject.SendAsync(message, default));

        Assert.Equal(Subject.HonoursKey ? 1 : 2, (await ArrivedAsync()).Count(arrived => arrived.Key == message.Key));
    }

    /// <summary>Calls come from several threads.</summary>
    [Fact]
    public async Task Many_messages_at_once_each_arrive_once()
    {
        var messages = Enumerable.Range(0, 50).Select(i => Some.AnEmail().To($"anna{i}@example.com").Build()).ToList();

        var results = await Task.WhenAll(messages.Select(message => Subject.SendAsync(message, default)));

        Assert.All(results, result => Assert.IsType<SendAccepted>(result));
        Assert.Equal(messages.Select(message => message.Key).Order(), (await ArrivedAsync()).Select(arrived => arrived.Key).Order());
    }

    /// <summary>A cancelled call is not a sent message.</summary>
    [Fact]
    public async Task A_call_that_is_cancelled_before_it_begins_sends_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Subject.SendAsync(Some.AnEmail().Build(), new CancellationToken(true)));

        Assert.Empty(await ArrivedAsync());
    }

    /// <summary>A bad address is an outcome.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("nobody@")]
    public async Task An_address_that_is_none_is_rejected_as_bad(string address)
    {
        var rejected = Assert.IsType<SendRejected>(await Subject.SendAsync(Some.AnEmail().To(address).Build(), default));

        Assert.True(rejected.AddressInvalid);
        Assert.Empty(await ArrivedAsync());
    }

    /// <summary>Data must not become headers or recipients.</summary>
    [Fact]
    public async Task A_line_break_in_subject_or_name_reaches_nobody_else()
    {
        const string Injection = "hello\r\nBcc: victim@example.com\r\n\r\nowned";
        _ = await Subject.SendAsync(Some.AnEmail().Subject(Injection).Build(), default);
        _ = await Subject.SendAsync(Some.AnEmail().To("anna@example.com", Injection).Build(), default);

        Assert.All(await ArrivedAsync(), arrived => Assert.Equal("anna@example.com", arrived.To));
        Assert.All(await ArrivedAsync(), arrived => Assert.False(arrived.Text.StartsWith("owned", StringComparison.Ordinal)));
    }

    /// <summary>An outage is an outcome, and never an acceptance or a refusal.</summary>
    [Fact]
    public async Task A_service_that_can_not_be_reached_is_a_result_and_loses_nothing()
    {
        var result = await WithoutServiceAsync(sender => sender.SendAsync(Some.AnEmail().Build(), default));

        Assert.True(result is SendDeferred or SendUnknown, result.ToString());
    }

    /// <summary>What is said after the end is heard by nobody, and hurts nobody.</summary>
    [Fact]
    public async Task A_message_after_disposal_is_not_accepted()
    {
        await Connector.DisposeAsync();

        var result = await Subject.SendAsync(Some.AnEmail().Build(), default);
        Assert.True(result is SendDeferred or SendUnknown, result.ToString());
        AssertNoSecretIn(Log.Text);
    }

    private static string? Trimmed(string? text) => text?.ReplaceLineEndings("\n").TrimEnd('\n');
}

/// <summary>An e-mail as the service has it.</summary>
/// <param name="Key">The delivery's key, from wherever the connector puts it.</param>
/// <param name="To">The address that it goes to.</param>
/// <param name="Subject">The subject as a person sees it.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Html">The HTML, or null.</param>
public sealed record ArrivedEmail(string Key, string To, string Subject, string Text, string? Html);
