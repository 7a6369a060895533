namespace CxOrchestrator.Sdk.Mail.Tests.Reports;

public sealed class StatusCodesTests
{
    [Theory]
    [InlineData("5.1.1", "550 5.7.1 whatever", "5.1.1")]
    [InlineData("5.0.0", "550 5.1.1 User unknown", "5.1.1")]
    [InlineData("5.0.0", "host mx[192.5.1.1] said: 552-5.2.2 The mailbox is full", "5.2.2")]
    [InlineData("5.0.0", "550 No such user", "5.0.0")]
    [InlineData("5.0.0", "450 4.2.1 later", "5.0.0")]
    [InlineData("4.0.0", "450 4.2.1 later", "4.2.1")]
    [InlineData("5.0.0", "gone (5.1.10).", "5.1.10")]
    [InlineData(null, "550 5.7.233 limit", "5.7.233")]
    [InlineData(null, "554 no", "554")]
    [InlineData("nonsense", null, "5.0.0")]
    public void The_truth_stands_in_the_status_or_in_the_diagnostic(string? status, string? diagnostic, string code) =>
        Assert.Equal(code, StatusCodes.Of(status, diagnostic));

    [Theory]
    [InlineData("5.1.1", true)]
    [InlineData("5.1.2", true)]
    [InlineData("5.1.3", true)]
    [InlineData("5.1.10", true)]
    [InlineData("5.2.2", false)]
    [InlineData("5.7.1", false)]
    [InlineData("5.7.233", false)]
    [InlineData("4.1.1", false)]
    [InlineData("550", false)]
    [InlineData(null, false)]
    public void Only_some_codes_say_that_the_address_is_bad(string? code, bool bad) => Assert.Equal(bad, StatusCodes.SaysAddressIsBad(code));
}
