namespace CxOrchestrator.Core.Tests.Time;

public sealed class TimingTextTests
{
    [Theory]
    [InlineData("3d", "3d")]
    [InlineData("2 hours", "2h")]
    [InlineData("2 days at 18:30", "2d at 18:30")]
    [InlineData("at 9am", "at 09:00")]
    [InlineData("9:05 PM", "at 21:05")]
    [InlineData("next business day", "next business day")]
    [InlineData("next business day 09:00 in the customer's zone", "next business day 09:00")]
    [InlineData("Next business day at 9:00 in the company’s time zone", "next business day 09:00 in the company's zone")]
    [InlineData("monday 10:00", "monday 10:00")]
    [InlineData("on Monday at 10:00 in the company's zone", "monday 10:00 in the company's zone")]
    [InlineData("1 week then friday", "7d then friday")]
    [InlineData("2d at 18:30 on a business day", "2d at 18:30 on a business day")]
    [InlineData("2d on a business day", "2d on a business day")]
    [InlineData("1 business day", "1 business day")]
    [InlineData("1 business day in the company's zone", "1 business day in the company's zone")]
    public void Words_that_people_use_are_read_and_printed_back(string text, string printed)
    {
        Assert.True(TimingText.TryParse(text, out var timing, out var error), error);
        Assert.Equal(printed, timing.ToString());
        Assert.True(TimingText.TryParse(printed, out var again, out _));
        Assert.Equal(timing, again);
    }

    [Theory]
    [InlineData("", "A time is missing")]
    [InlineData("soon", "a number should stand where 'soon' stands")]
    [InlineData("2 days at 25:00", "'25:00' is no time of day")]
    [InlineData("2 dys at 18:30", "'dys' is no unit of time")]
    [InlineData("next monday 10:00", "leave out 'next'")]
    [InlineData("monday 10:00 in the shop's zone", "the zone is")]
    [InlineData("monday 10:00 in Berlin", "the zone is")]
    [InlineData("3 moons", "'moons' is no unit of time")]
    public void Anything_else_is_refused_with_the_reason(string text, string reason)
    {
        Assert.False(TimingText.TryParse(text, out _, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_zone_that_is_meant_without_words_is_the_callers()
    {
        Assert.True(TimingText.TryParse("next business day", out var timing, out _, ZoneOf.Company));
        Assert.Equal(ZoneOf.Company, timing.Zone);
        Assert.True(TimingText.TryParse("next business day in the customer's zone", out timing, out _, ZoneOf.Company));
        Assert.Equal(ZoneOf.Customer, timing.Zone);
    }

    [Fact]
    public void No_text_makes_the_readers_throw_or_hang()
    {
        string[] words = ["3", "d", "3d", " ", "at", "then", "on", "in", "the", "customer's", "zone", "next", "business", "day", "monday", "09:00", "9pm", "99:99", ",", "-", "é"];
        var random = new Random(5);
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Join(random.Next(3) == 0 ? "" : " ", Enumerable.Range(0, random.Next(9)).Select(_ => words[random.Next(words.Length)]));
            if (TimingText.TryParse(text, out var timing, out var error))
                Assert.True(TimingText.TryParse(timing.ToString(), out var again, out _) && again == timing, $"'{text}' is printed as '{timing}'");
            else
                Assert.Contains("like: ", error + DurationLike(error), StringComparison.Ordinal);
        }

        Assert.False(TimingText.TryParse("3" + new string(' ', 10) + string.Concat(Enumerable.Repeat("then ", 50_000)), out _, out var tooLong));
        Assert.Contains("characters", tooLong, StringComparison.Ordinal);
        Assert.False(DurationText.TryParse(new string('3', 100_000), out _, out tooLong));
        Assert.Contains("characters", tooLong, StringComparison.Ordinal);

        // A fault in the duration of a timing is told with the examples of durations.
        static string DurationLike(string error) => error.Contains("Write for example", StringComparison.Ordinal) ? "like: " : "";
    }
}
