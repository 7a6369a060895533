using System.ComponentModel.DataAnnotations;
using CxOrchestrator.Plugins.EmailSmtp;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Connectors.Tests.Email.Smtp;

public sealed class SmtpSettingsTests
{
    [Fact]
    public void Settings_are_read_from_configuration_with_the_password_as_a_secret()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Host"] = "smtp.example.com",
            ["Security"] = "implicitTls",
            ["Port"] = "465",
            ["Password"] = "hush",
            ["FromAddress"] = "care@shop.example",
        }).Build();

        var settings = configuration.Get<SmtpSettings>()!;

        Assert.Equal((SmtpSecurity.ImplicitTls, 465, "hush"), (settings.Security, settings.Port, settings.Password!.Reveal()));
    }

    [Fact]
    public void All_faults_come_at_once_each_with_the_setting_and_its_value()
    {
        var settings = new SmtpSettings
        {
            Port = 70000,
            Security = (SmtpSecurity)9,
            FromAddress = "care at shop",
            EnvelopeSender = "bounce{key}",
            MessageIdDomain = "not a domain",
            HeloName = "-",
            Connections = 0,
            IdleSeconds = -1,
        };

        var faults = Faults(settings);

        Assert.Equal(
            ["Connections", "EnvelopeSender", "FromAddress", "HeloName", "Host", "IdleSeconds", "MessageIdDomain", "Port", "Security"],
            faults.SelectMany(fault => fault.MemberNames).Order(StringComparer.Ordinal));
        Assert.Contains(faults, fault => fault.ErrorMessage ==
            "FromAddress is 'care at shop': it is not of the form name@domain. Write it like care@example.com.");
    }

    [Theory]
    [InlineData(null, SmtpAuth.Auto, "UserName is set without a Password: set both, or neither.")]
    [InlineData("hush", SmtpAuth.Auto, null)]
    public void A_user_needs_a_password(string? password, SmtpAuth auth, string? fault)
    {
        var settings = Valid();
        settings.UserName = "shop";
        settings.Password = password is null ? null : new Secret(password);
        settings.Auth = auth;

        Assert.Equal(fault, Faults(settings).SingleOrDefault()?.ErrorMessage);
    }

    [Fact]
    public void A_way_of_signing_in_needs_a_user()
    {
        var settings = Valid();
        settings.Auth = SmtpAuth.Login;

        Assert.Contains("without a UserName", Assert.Single(Faults(settings)).ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_service_needs_its_client_and_an_https_address()
    {
        var settings = Valid();
        settings.UserName = "shop";
        settings.OAuthUrl = "http://login.example/token";

        var faults = Faults(settings).Select(fault => fault.ErrorMessage!).ToList();
        Assert.Contains("OAuthUrl, OAuthClientId and OAuthClientSecret belong together: set all three, or none.", faults);
        Assert.Contains(faults, fault => fault.Contains("must be an https address", StringComparison.Ordinal));
        Assert.Equal(2, faults.Count);
    }

    [Fact]
    public void XOAUTH2_needs_a_token_and_a_user_and_no_password()
    {
        var settings = Valid();
        settings.Auth = SmtpAuth.XOAuth2;
        Assert.Equal(["AccessToken", "UserName"], Faults(settings).SelectMany(fault => fault.MemberNames).Order(StringComparer.Ordinal));

        settings.UserName = "shop";
        settings.AccessToken = new Secret("token");
        Assert.Empty(Faults(settings));
    }

    [Theory]
    [InlineData("bounce+{token}@bounces.shop.example", true)]
    [InlineData("bounces-of-letters+{token}@shop.example", false)]
    [InlineData("bounces-of-letters+{key}@shop.example", true)]
    public void An_envelope_sender_that_would_be_too_long_for_every_message_is_found_before_the_first(string sender, bool fits)
    {
        var settings = Valid();
        settings.EnvelopeSender = sender;
        settings.BounceKey = new Secret("a long secret");

        Assert.Equal(fits, Faults(settings).Count == 0);
    }

    [Fact]
    public void A_sealed_envelope_sender_needs_the_seal()
    {
        var settings = Valid();
        settings.EnvelopeSender = "bounce+{token}@bounces.shop.example";
        Assert.Equal(["BounceKey"], Faults(settings).SelectMany(fault => fault.MemberNames));

        settings.BounceKey = new Secret("a long secret");
        Assert.Empty(Faults(settings));
    }

    [Theory]
    [InlineData("bounce+{key}@bounces.shop.example")]
    [InlineData("bounces@shop.example")]
    [InlineData("")]
    public void An_envelope_sender_may_hold_the_key(string sender)
    {
        var settings = Valid();
        settings.EnvelopeSender = sender;

        Assert.Empty(Faults(settings));
    }

    private static SmtpSettings Valid() => new() { Host = "smtp.example.com", FromAddress = "care@shop.example" };

    private static List<ValidationResult> Faults(SmtpSettings settings)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new ValidationContext(settings), faults, validateAllProperties: true);
        return faults;
    }
}
