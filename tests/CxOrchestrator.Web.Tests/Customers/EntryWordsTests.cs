using CxOrchestrator.Core.Timeline;
using CxOrchestrator.Web.Customers;

namespace CxOrchestrator.Web.Tests.Customers;

public sealed class EntryWordsTests
{
    [Theory]
    [InlineData("message.delivered", "email", "E-mail", "Delivered", "good", true)]
    [InlineData("message.failed", "sms", "Text message", "Did not arrive", "bad", false)]
    [InlineData("message.replied", "whatsapp", "WhatsApp", "Replied", "good", false)]
    [InlineData("contact.optedOut", "sms", "Text message", "Opted out", "bad", false)]
    [InlineData("crm.changed", "", "Service", "Changed in the CRM", "", true)]
    [InlineData("order.delivered", "", "Event", "Order delivered", "", false)]
    [InlineData("case.solved", "", "Event", "Case solved", "", false)]
    public void What_services_tell_is_told_in_words(string type, string channel, string kind, string title, string tone, bool quiet)
    {
        var entry = new TimelineEntry(DateTimeOffset.UnixEpoch, TimelineKind.Event, type, "processed", "", "", channel, null);

        Assert.Equal((kind, title, tone, quiet), (EntryWords.KindOf(entry), EntryWords.TitleOf(entry), EntryWords.ToneOf(entry), EntryWords.IsQuiet(entry)));
    }

    [Theory]
    [InlineData("read", "good")]
    [InlineData("delayed", "fair")]
    [InlineData("failed", "bad")]
    public void How_far_a_message_has_come_is_good_fair_or_bad_news(string state, string tone) =>
        Assert.Equal(tone, EntryWords.ToneOf(new TimelineEntry(DateTimeOffset.UnixEpoch, TimelineKind.Delivery, "message.delivered", state, "", "", "email", null)));
}
