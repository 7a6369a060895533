using CxOrchestrator.Sdk.Testing.Builders;
using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>What every <see cref="IOutbox"/> promises.</summary>
public abstract class OutboxSuite : ConnectorSuite<IOutbox>
{
    /// <summary>Hands an e-mail over.</summary>
    protected abstract Task KeepAsync(EmailMessage message);

    /// <summary>Hands a text message over.</summary>
    protected abstract Task KeepAsync(SmsMessage message);

    /// <summary>What was handed over can be read.</summary>
    [Theory]
    [MemberData(nameof(Scripts.All), MemberType = typeof(Scripts))]
    public async Task A_message_is_found_as_it_was_handed_over(string text)
    {
        var email = Some.AnEmail().To("anna@example.com", text).From("care@shop.example", text).ReplyTo("answers@shop.example")
            .Subject(text).Text(text).Html(text).Language("th").Header("X-Test", "1").Build();
        var sms = Some.ASms(text);
        await KeepAsync(email);
        await KeepAsync(sms);

        var kept = (await Subject.FindAsync(email.Key, default))?.Email;
        Assert.NotNull(kept);
        Assert.Equal(email.Headers, kept.Headers);
        Assert.Equal(email, kept with { Headers = email.Headers });
        Assert.Equal(sms, (await Subject.FindAsync(sms.Key, default))?.Sms);
        Assert.Null(await Subject.FindAsync("no-such-key", default));
    }

    /// <summary>The list is in order, and ends.</summary>
    [Fact]
    public async Task The_list_gives_everything_once_newest_first_and_ends()
    {
        var keys = new List<string>();
        for (var i = 0; i < 120; i++)
        {
            var message = Some.AnEmail().Build();
            await KeepAsync(message);
            keys.Add(message.Key);
        }

        var listed = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Subject.ListAsync(cursor, default);
            listed.AddRange(page.Items.Select(item => item.Key));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        keys.Reverse();
        Assert.Equal(keys, listed);
    }

    /// <summary>A cursor that is followed later leads on from where it stood.</summary>
    [Fact]
    public async Task What_comes_in_between_does_not_shift_the_pages()
    {
        for (var i = 0; i < 120; i++)
        {
            await KeepAsync(Some.AnEmail().Build());
        }

        var first = await Subject.ListAsync(null, default);
        await KeepAsync(Some.AnEmail().Build());
        var second = await Subject.ListAsync(first.NextCursor, default);

        Assert.Empty(first.Items.Select(item => item.Key).Intersect(second.Items.Select(item => item.Key)));
    }
}
