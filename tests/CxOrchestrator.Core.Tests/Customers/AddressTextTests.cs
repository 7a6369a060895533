using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Core.Tests.Customers;

public sealed class AddressTextTests
{
    [Theory]
    [InlineData(" Anna.Ruiz@Example.COM ", Channel.Email, "anna.ruiz@example.com")]
    [InlineData("+66 (81) 234-56.78", Channel.Sms, "+66812345678")]
    [InlineData("+66\u00a0812345678", Channel.Sms, "+66812345678")]
    public void Addresses_are_kept_in_one_form(string text, Channel channel, string address) =>
        Assert.Equal(new ContactPoint(channel, address), AddressText.Any(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("anna@localhost")]
    [InlineData("a@b.c, d@e.f")]
    [InlineData("Anna <anna@example.com>")]
    [InlineData("0812345678")]
    [InlineData("+0812345678")]
    [InlineData("+6681234567890123")]
    public void What_is_no_address_is_none(string? text) => Assert.Null(AddressText.Any(text));
}
