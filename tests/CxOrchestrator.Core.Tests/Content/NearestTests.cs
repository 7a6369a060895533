using CxOrchestrator.Core.Content;

namespace CxOrchestrator.Core.Tests.Content;

public sealed class NearestTests
{
    [Theory]
    [InlineData("wiat", "wait")]
    [InlineData("chose", "choose")]
    [InlineData("opencase", "openCase")]
    [InlineData("updateCustmer", "updateCustomer")]
    [InlineData("xyzzy", null)]
    [InlineData("", null)]
    public void The_nearest_word_is_the_one_that_was_probably_meant(string word, string? expected) =>
        Assert.Equal(expected, Nearest.Of(word, ["wait", "choose", "openCase", "updateCustomer"]));

    [Fact]
    public void A_word_without_end_is_near_to_nothing() => Assert.Null(Nearest.Of(new string('w', 1_000_000), ["wait"]));
}
