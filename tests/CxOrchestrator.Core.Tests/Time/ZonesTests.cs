namespace CxOrchestrator.Core.Tests.Time;

public sealed class ZonesTests
{
    [Theory]
    [InlineData("Asia/Bangkok", "Asia/Bangkok")]
    [InlineData("asia/bangkok", "Asia/Bangkok")]
    [InlineData(" Etc/UTC ", "Etc/UTC")]
    [InlineData("UTC", "UTC")]
    [InlineData("Asia/Calcutta", "Asia/Calcutta")]
    [InlineData("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires")]
    [InlineData("SE Asia Standard Time", "Asia/Bangkok")]
    [InlineData("Iran Standard Time", "Asia/Tehran")]
    public void A_known_zone_is_found(string text, string id)
    {
        var match = Zones.Find(text);
        Assert.True(match.Known, match.Problem);
        Assert.Equal(id, match.Id);
    }

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/localtime")]
    [InlineData("Asia/../Asia/Bangkok")]
    [InlineData("GMT+25:00")]
    [InlineData("Asia")]
    [InlineData("zone.tab")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_falls_back_with_the_reason(string? text)
    {
        var match = Zones.Find(text, "Europe/Berlin");
        Assert.False(match.Known);
        Assert.Equal("Europe/Berlin", match.Id);
        Assert.Contains("Europe/Berlin is taken", match.Problem, StringComparison.Ordinal);
    }
}
