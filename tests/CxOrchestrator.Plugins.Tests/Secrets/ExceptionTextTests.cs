using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Tests.Secrets;

public sealed class ExceptionTextTests
{
    private const string Password = "p&ss wörd\"1";

    private readonly ExceptionText _exceptions;

    public ExceptionTextTests()
    {
        var mask = new SecretMask();
        mask.Add(new Secret(Password));
        mask.Add(new Secret("wörd"));
        _exceptions = new ExceptionText(mask);
    }

    [Theory]
    [InlineData("refused p&ss wörd\"1 today", "refused •••••• today")]
    [InlineData("GET /?key=p%26ss%20w%C3%B6rd%221", "GET /?key=••••••")]
    [InlineData("Basic cCZzcyB3w7ZyZCIx", "Basic (secret)")]
    [InlineData("token cCZzcyB3w7ZyZCIx", "token ••••••")]
    [InlineData("{\"password\":\"p&ss wörd\\\"1\"}", "{\"password\":\"••••••\"}")]
    [InlineData("Authorization: Bearer eyJhbGciOi.x.y, then more", "Authorization: Bearer (secret) then more")]
    [InlineData("the word wörd alone", "the word •••••• alone")]
    public void Secrets_are_masked_as_they_are_and_as_services_echo_them(string text, string masked) =>
        Assert.Equal(masked, _exceptions.Clean(text));

    [Theory]
    [InlineData("550 no such user anna.ruiz@example.com here", "550 no such user (address) here")]
    [InlineData("<สมชาย@example.co.th> is full", "<(address)> is full")]
    [InlineData("cannot reach +66 81 234 5678", "cannot reach (number)")]
    [InlineData("code 21610 at 10:30", "code 21610 at 10:30")]
    public void Addresses_and_numbers_of_customers_are_masked(string text, string masked) => Assert.Equal(masked, _exceptions.Clean(text));

    [Fact]
    public void It_is_one_short_line()
    {
        var line = _exceptions.Clean("first\r\nsecond\u0007 " + new string('x', 1000));

        Assert.StartsWith("first second xxx", line, StringComparison.Ordinal);
        Assert.Equal(301, line.Length);
    }

    [Fact]
    public void Inner_exceptions_are_told_and_wrappers_are_not()
    {
        var thrown = new AggregateException(new IOException("lost", new TimeoutException("after 10 s")));

        Assert.Equal("IOException: lost ← TimeoutException: after 10 s", _exceptions.Of(thrown));
    }

    [Fact]
    public void An_exception_that_throws_when_asked_is_told_too() =>
        Assert.Equal("NastyException: its message can't be read", _exceptions.Of(new NastyException()));

    private sealed class NastyException : Exception
    {
        public override string Message => throw new InvalidOperationException("nested");
    }
}
