using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Sdk.Tests.Settings;

public sealed class SecretTests
{
    private const string Value = "correct-horse";

    [Fact]
    public void A_secret_never_prints()
    {
        var secret = new Secret(Value);
        var settings = new WithSecret { Password = secret };

        string[] printed =
        [
            secret.ToString(),
            $"{secret}",
            string.Format(CultureInfo.InvariantCulture, "{0:N} {1}", secret, settings),
            JsonSerializer.Serialize(secret),
            JsonSerializer.Serialize(settings),
            Convert.ToString(secret, CultureInfo.InvariantCulture)!,
            TypeDescriptor.GetConverter(typeof(Secret)).ConvertToString(secret)!,
            settings.ToString(),
        ];

        Assert.All(printed, text => Assert.DoesNotContain(Value, text, StringComparison.Ordinal));
        Assert.Null(typeof(Secret).GetCustomAttributes(typeof(DebuggerDisplayAttribute), false).FirstOrDefault());
    }

    [Fact]
    public void Secrets_of_different_lengths_look_alike() => Assert.Equal(new Secret("").ToString(), new Secret(new string('x', 99)).ToString());

    [Fact]
    public void Only_Reveal_gives_the_value() => Assert.Equal(Value, new Secret(Value).Reveal());

    [Fact]
    public void Secrets_are_equal_by_value()
    {
        Assert.Equal(new Secret(Value), new Secret(Value));
        Assert.Equal(new Secret(Value).GetHashCode(), new Secret(Value).GetHashCode());
        Assert.NotEqual(new Secret(Value), new Secret(Value.ToUpperInvariant()));
        Assert.False(new Secret(Value).Equals(null));
        Assert.False(new Secret(Value).Equals((object)Value));
    }

    [Fact]
    public void An_empty_secret_says_so()
    {
        Assert.True(new Secret("").IsEmpty);
        Assert.False(new Secret(" ").IsEmpty);
        Assert.Throws<ArgumentNullException>(() => new Secret(null!));
    }

    [Fact]
    public void A_secret_is_read_from_configuration()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Password", Value)]).Build();

        Assert.Equal(Value, configuration.Get<WithSecret>()!.Password!.Reveal());
    }

    private sealed record WithSecret
    {
        public Secret? Password { get; set; }
    }
}
