using CxOrchestrator.Web.Events;

namespace CxOrchestrator.Web.Tests.Events;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2026-03-02T12:00:00Z", "2026-03-02T12:00:00.0000000+00:00")]
    [InlineData("2026-03-02t12:00:00.5z", "2026-03-02T12:00:00.5000000+00:00")]
    [InlineData("2026-03-02T12:00:00.123456789-03:00", "2026-03-02T12:00:00.1234567-03:00")]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.0000000+00:00")]
    [InlineData("2024-02-29T00:00:00+05:30", "2024-02-29T00:00:00.0000000+05:30")]
    public void A_time_of_the_form_is_read(string text, string expected)
    {
        Assert.True(Rfc3339.TryParse(text, out var time));
        Assert.Equal(expected, time.ToString("O"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-03-02")]
    [InlineData("2026-03-02T12:00:00")]
    [InlineData("2026-03-02 12:00:00Z")]
    [InlineData("2026-02-29T12:00:00Z")]
    [InlineData("2026-03-02T25:00:00Z")]
    [InlineData("2026-03-02T12:00:61Z")]
    [InlineData("2026-03-02T12:00:00+25:00")]
    [InlineData("2026-03-02T12:00:00.Z")]
    [InlineData("2026-03-02T12:00:00Z\n")]
    [InlineData("1772452800")]
    [InlineData("٢٠٢٦-03-02T12:00:00Z")]
    public void Anything_else_is_not(string text) => Assert.False(Rfc3339.TryParse(text, out _));
}
