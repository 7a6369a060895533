using System.Text;
using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Tests.Secrets;

public sealed class SecretMaskTests
{
    private const string Password = "kT9+vW/q2Zx&LmN4%rS7<uY1='bC5";

    private readonly SecretMask _mask = new();

    public SecretMaskTests() => _mask.Add(new Secret(Password));

    public static TheoryData<string> Forms => new()
    {
        Password,
        Uri.EscapeDataString(Password),
        Uri.EscapeDataString(Password).Replace("%2B", "%2b", StringComparison.Ordinal).Replace("%2F", "%2f", StringComparison.Ordinal),
        Convert.ToHexString(Bytes(Password)),
        Convert.ToHexStringLower(Bytes(Password)),
        System.Net.WebUtility.HtmlEncode(Password),
    };

    // A service had cut off the word before it, by which credentials in a header's way are known.
    [Fact]
    public void A_token_of_run_time_is_masked_whatever_stands_before_it_until_many_newer_ones_have_come()
    {
        _mask.AddPassing(new Secret("HEvdvp2Ce9JoEsw4jd9F&+/<%'=F9A7E3"));
        Assert.Equal("arer ••••••", _mask.Apply("arer HEvdvp2Ce9JoEsw4jd9F&+/<%'=F9A7E3"));

        for (var newer = 0; newer < 16; newer++)
            _mask.AddPassing(new Secret($"{newer}-token-of-an-hour-{newer}"));

        Assert.Equal("arer HEvdvp2Ce9JoEsw4jd9F&+/<%'=F9A7E3", _mask.Apply("arer HEvdvp2Ce9JoEsw4jd9F&+/<%'=F9A7E3"));
        Assert.Equal("•••••• and ••••••", _mask.Apply($"0-token-of-an-hour-0 and {Password}"));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_secret_is_masked_however_it_is_written(string form) => Assert.Equal("so ••••••, it says", _mask.Apply($"so {form}, it says"));

    [Theory]
    [InlineData("")]
    [InlineData("a:")]
    [InlineData("ab:")]
    [InlineData("abc:")]
    [InlineData("somebody@example.test:")]
    public void Base64_is_masked_whatever_stands_before_the_secret_in_it(string before)
    {
        var base64 = Convert.ToBase64String(Bytes(before + Password + ":more"));

        var masked = _mask.Apply($"sent {base64}");

        Assert.Contains("••••••", masked, StringComparison.Ordinal);
        Assert.DoesNotContain(base64[(base64.Length / 2)..][..12], masked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 14)]
    [InlineData(15, 14)]
    [InlineData(5, 12)]
    public void A_part_of_it_is_masked_too(int from, int length)
    {
        var part = Password.Substring(from, length);

        Assert.Equal("cut ••••••", _mask.Apply($"cut {part}"));
        Assert.Equal("cut ••••••", _mask.InData($"cut {part}"));
    }

    [Fact]
    public void A_short_secret_is_masked_in_words_and_left_in_what_customers_say()
    {
        _mask.Add(new Secret("hello"));

        Assert.Equal("•••••• you", _mask.Apply("hello you"));
        Assert.Equal("hello you", _mask.InData("hello you"));
    }

    [Fact]
    public void Credentials_that_nobody_has_told_of_are_masked_by_the_word_before_them()
    {
        Assert.Equal("Bearer ••••••", _mask.Apply("Bearer eyJhbGciOiJub25lIn0.e30.abc"));
        Assert.Equal("Basic authentication failed", _mask.Apply("Basic authentication failed"));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
