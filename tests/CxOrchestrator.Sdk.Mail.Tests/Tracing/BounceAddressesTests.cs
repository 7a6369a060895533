namespace CxOrchestrator.Sdk.Mail.Tests.Tracing;

public sealed class BounceAddressesTests
{
    private static readonly BounceAddresses Sealed = new("bounce+{token}@bounces.shop.example", new Secret("a long secret"));

    [Theory]
    [InlineData("delivery-7")]
    [InlineData("0195a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b")]
    [InlineData("Mixed-Case-KEY")]
    [InlineData("a")]
    public void A_sealed_address_gives_its_key_back_although_all_was_put_in_capitals(string key)
    {
        var address = Sealed.For(key);

        Assert.Equal(TraceResult.Of(key), Sealed.Read(address));
        Assert.Equal(TraceResult.Of(key), Sealed.Read(address.ToUpperInvariant()));
        Assert.Equal(TraceResult.Of(key), Sealed.Read(address.ToLowerInvariant()));
        Assert.True(Mailbox.TryParse(address, out var mailbox, out _));
        Assert.InRange(mailbox.Local.Length, 1, 64);
    }

    [Fact]
    public void A_key_of_26_capitals_still_fits_into_64_octets() =>
        Assert.Equal(64, Sealed.For("01J9ZQ3V7K8M2N4P6R8T0W2Y4A").IndexOf('@', StringComparison.Ordinal));

    [Theory]
    [InlineData("bounce+delivery-7@bounces.shop.example")]
    [InlineData("bounce+pdelivery-7-aaaaaaaaaaaaa@bounces.shop.example")]
    [InlineData("bounce+zdelivery-7-aaaaaaaaaaaaa@bounces.shop.example")]
    [InlineData("bounce+p@bounces.shop.example")]
    public void A_seal_that_is_not_ours_is_told(string address) => Assert.True(Sealed.Read(address).IsForged);

    [Fact]
    public void The_seal_of_one_delivery_or_of_another_secret_opens_no_other()
    {
        var address = Sealed.For("delivery-7");

        Assert.True(Sealed.Read(address.Replace("delivery-7", "delivery-8", StringComparison.Ordinal)).IsForged);
        Assert.True(Sealed.Read(new BounceAddresses("bounce+{token}@bounces.shop.example", new Secret("another")).For("delivery-7")).IsForged);
    }

    [Theory]
    [InlineData("care@shop.example")]
    [InlineData("bounce+@bounces.shop.example")]
    [InlineData("bounce+x@elsewhere.example")]
    public void Another_address_is_none_of_ours(string address) => Assert.Equal(TraceResult.Nothing, Sealed.Read(address));

    [Fact]
    public void The_sample_is_as_long_as_what_the_host_will_make() => Assert.Equal(
        Sealed.For("0195a1b2c3d47e5f8a9b0c1d2e3f4a5b").Length, BounceAddresses.Sample("bounce+{token}@bounces.shop.example").Length);

    [Fact]
    public void A_pattern_with_the_bare_key_or_with_none_works_without_a_secret()
    {
        var bare = new BounceAddresses("bounce+{key}@bounces.shop.example", null);
        var one = new BounceAddresses("bounces@shop.example", null);

        Assert.Equal(TraceResult.Of("delivery-7"), bare.Read(bare.For("delivery-7")));
        Assert.Equal("bounces@shop.example", one.For("delivery-7"));
        Assert.Equal(TraceResult.Nothing, one.Read("bounces@shop.example"));
    }
}
