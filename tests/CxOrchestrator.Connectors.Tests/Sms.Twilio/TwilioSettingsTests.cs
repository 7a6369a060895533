using System.ComponentModel.DataAnnotations;
using CxOrchestrator.Plugins.SmsTwilio;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Connectors.Tests.Sms.Twilio;

public sealed class TwilioSettingsTests
{
    [Fact]
    public void Every_fault_is_told_with_its_setting()
    {
        var settings = new TwilioSettings
        {
            AccountSid = "ACxxx",
            KeySid = "SK1",
            MessagingServiceSid = "MG1",
            From = "the whole name of the shop",
            ContentSid = "HX1",
            PublicUrl = new Uri("http://cx.example.com/hooks"),
            ValidityPeriod = 0,
            NotTakenAfterMinutes = 5,
            PollDays = 99,
            PollEveryMinutes = -1,
            BaseUrl = new Uri("http://api.twilio.com"),
        };

        Assert.Equal(
            [
                "AccountSid", "AuthToken", "BaseUrl", "ContentSid", "ContentSid", "From", "KeySecret", "KeySid", "MessagingServiceSid", "MessagingServiceSid",
                "NotTakenAfterMinutes", "PollDays", "PollEveryMinutes", "PublicUrl", "ValidityPeriod",
            ],
            Faults(settings).SelectMany(fault => fault.MemberNames).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("+14155550100", true)]
    [InlineData("12345", true)]
    [InlineData("My Shop", true)]
    [InlineData("0812345678", false)]
    [InlineData("+0812345678", false)]
    [InlineData("A name too long", false)]
    [InlineData("ร้านค้า", false)]
    public void A_sender_is_a_number_a_short_code_or_a_short_name(string from, bool valid)
    {
        var settings = Valid();
        (settings.MessagingServiceSid, settings.From) = (null, from);

        Assert.Equal(valid, Faults(settings).Count == 0);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(TwilioStandIn.ServiceSid, "+14155550100")]
    public void There_is_a_service_or_a_sender_and_not_both(string? service, string? from)
    {
        var settings = Valid();
        (settings.MessagingServiceSid, settings.From) = (service, from);

        Assert.Equal("set either MessagingServiceSid or From", Assert.Single(Faults(settings)).ErrorMessage);
    }

    [Fact]
    public void WhatsApp_needs_a_number_to_send_from()
    {
        var settings = Valid();
        (settings.MessagingServiceSid, settings.From, settings.Channel) = (null, "My Shop", TwilioChannel.WhatsApp);

        Assert.Equal(["From"], Assert.Single(Faults(settings)).MemberNames);
    }

    [Fact]
    public void A_key_without_its_secret_and_an_empty_token_are_faults()
    {
        var settings = Valid();
        (settings.KeySecret, settings.AuthToken) = (null, new Secret(""));

        Assert.Equal(["AuthToken", "KeySecret"], Faults(settings).SelectMany(fault => fault.MemberNames));
    }

    [Fact]
    public void The_defaults_are_those_that_the_README_promises()
    {
        var settings = new TwilioSettings();

        Assert.Equal((36_000, 60, 60, 2), (settings.ValidityPeriod, settings.NotTakenAfterMinutes, settings.PollEveryMinutes, settings.PollDays));
        Assert.Equal((TwilioChannel.Sms, "https://api.twilio.com/"), (settings.Channel, settings.BaseUrl.AbsoluteUri));
        Assert.Empty(Faults(Valid()));
    }

    private static TwilioSettings Valid() => TwilioRig.Settings(new Uri("https://api.twilio.com"));

    // As the host does it: what the attributes find does not keep the whole from being looked at.
    private static List<ValidationResult> Faults(TwilioSettings settings)
    {
        var faults = new List<ValidationResult>();
        var context = new ValidationContext(settings);
        if (!Validator.TryValidateObject(settings, context, faults, validateAllProperties: true) && !faults.Any(IsOfTheWhole))
            faults.AddRange(settings.Validate(context));
        return faults;

        bool IsOfTheWhole(ValidationResult fault) => settings.Validate(context).Any(one => one.ErrorMessage == fault.ErrorMessage);
    }
}
