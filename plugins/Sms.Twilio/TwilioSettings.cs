using System.ComponentModel.DataAnnotations;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.SmsTwilio;

/// <summary>The settings of one Twilio connection. The table in README.md is held to this class by a test.</summary>
public sealed class TwilioSettings : IValidatableObject
{
    /// <summary>The account, <c>AC</c> and 32 hex digits.</summary>
    [Required]
    [RegularExpression("^AC[0-9a-fA-F]{32}$", ErrorMessage = "must be AC and 32 hex digits, as the Twilio Console shows it")]
    [Display(Order = 1, Description = "The account: AC and 32 hex digits.")]
    public string AccountSid { get; set; } = "";

    /// <summary>The account's primary auth token. It signs the webhooks, so that it is needed beside an API key too.</summary>
    [Required]
    [Display(Order = 2, Description = "The account's primary auth token; webhooks are signed with it.")]
    public Secret? AuthToken { get; set; }

    /// <summary>Another auth token that webhooks may be signed with while tokens are rotated.</summary>
    [Display(Order = 3, Description = "A second auth token that webhooks may be signed with while tokens are rotated.")]
    public Secret? SecondAuthToken { get; set; }

    /// <summary>An API key, <c>SK</c> and 32 hex digits, to sign in with instead of the auth token.</summary>
    [RegularExpression("^SK[0-9a-fA-F]{32}$", ErrorMessage = "must be SK and 32 hex digits, as the Twilio Console shows it")]
    [Display(Order = 4, Description = "API key to sign in with instead of the auth token: SK and 32 hex digits.")]
    public string? KeySid { get; set; }

    /// <summary>The API key's secret.</summary>
    [Display(Order = 5, Description = "The API key's secret.")]
    public Secret? KeySecret { get; set; }

    /// <summary>The messaging service that picks the sender. Either this or <see cref="From"/>.</summary>
    [RegularExpression("^MG[0-9a-fA-F]{32}$", ErrorMessage = "must be MG and 32 hex digits, as the Twilio Console shows it")]
    [Display(Order = 6, Description = "Messaging service that picks the sender; this or From.")]
    public string? MessagingServiceSid { get; set; }

    /// <summary>The sender: a number in E.164 form, a short code, or a name of up to 11 characters.</summary>
    [RegularExpression(
        @"^(\+[1-9][0-9]{6,14}|[0-9]{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 &+_-]{1,11})$",
        ErrorMessage = "must be a number such as +14155550100, a short code, or a name of up to 11 letters and digits")]
    [Display(Order = 7, Description = "Sender: number in E.164 form, short code or name; this or MessagingServiceSid.")]
    public string? From { get; set; }

    /// <summary>By what the messages travel. Default: <see cref="TwilioChannel.Sms"/>.</summary>
    [EnumDataType(typeof(TwilioChannel))]
    [Display(Order = 8, Description = "Sms or WhatsApp.")]
    public TwilioChannel Channel { get; set; } = TwilioChannel.Sms;

    /// <summary>
    /// WhatsApp template whose variable 1 is the text. Without one, WhatsApp takes messages only within 24 hours of the person's own.
    /// </summary>
    [RegularExpression("^HX[0-9a-fA-F]{32}$", ErrorMessage = "must be HX and 32 hex digits, as the Twilio Console shows it")]
    [Display(Order = 9, Description = "WhatsApp template whose variable 1 is the text.")]
    public string? ContentSid { get; set; }

    /// <summary>The address that Twilio calls, where it differs from the one that the host knows. Its query is left out.</summary>
    [Display(Order = 10, Description = "Address that Twilio calls, where the host's own is another (a proxy). Empty: the host's.")]
    public Uri? PublicUrl { get; set; }

    /// <summary>Seconds for which Twilio keeps trying, 1 to 36,000. Default: 36,000. For SMS only.</summary>
    [Range(1, 36_000)]
    [Display(Order = 11, Description = "Seconds for which Twilio keeps trying to send an SMS.")]
    public int ValidityPeriod { get; set; } = 36_000;

    /// <summary>Further words, separated by commas, that opt a person out when they are the whole message.</summary>
    [Display(Order = 12, Description = "Further opt-out words beside STOP and its kin, separated by commas.")]
    public string? OptOutWords { get; set; }

    /// <summary>
    /// Minutes, 10 to 10,080, after which a message that Twilio does not list was never taken, so that it is sent again; 0 never says so.
    /// Default: 60.
    /// </summary>
    [Range(0, 10_080)]
    [Display(Order = 13, Description = "Minutes after which a message that Twilio doesn't list is sent again (10 or more); 0: never.")]
    public int NotTakenAfterMinutes { get; set; } = 60;

    /// <summary>Minutes between two looks at the list of messages, 0 to 1,440; 0 never looks. Default: 60.</summary>
    [Range(0, 1_440)]
    [Display(Order = 14, Description = "Minutes between two looks for missed callbacks, prices and segments; 0: never.")]
    public int PollEveryMinutes { get; set; } = 60;

    /// <summary>Days, 1 to 30, for which a message that was sent is still looked at. Default: 2.</summary>
    [Range(1, 30)]
    [Display(Order = 15, Description = "Days for which a message that was sent is still looked at.")]
    public int PollDays { get; set; } = 2;

    /// <summary>Where the API begins. Default: <c>https://api.twilio.com</c>.</summary>
    [Required]
    [Display(Order = 16, Description = "Where the API begins; another for a gateway or a test server.")]
    public Uri BaseUrl { get; set; } = new("https://api.twilio.com");

    /// <summary>True where an API key signs in.</summary>
    internal bool HasKey => !string.IsNullOrEmpty(KeySid);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AuthToken is { IsEmpty: true })
            yield return Fault("is empty: copy the auth token from the Twilio Console", nameof(AuthToken));
        if (HasKey != KeySecret is { IsEmpty: false })
            yield return Fault("KeySid and KeySecret belong together: set both, or neither", HasKey ? nameof(KeySecret) : nameof(KeySid));
        if (string.IsNullOrEmpty(MessagingServiceSid) == string.IsNullOrEmpty(From))
            yield return Fault("set either MessagingServiceSid or From", nameof(MessagingServiceSid));
        if (Channel == TwilioChannel.WhatsApp && !string.IsNullOrEmpty(From) && !From.StartsWith('+'))
            yield return Fault("must be a number such as +14155550100 where Channel is WhatsApp", nameof(From));
        if (Channel == TwilioChannel.Sms && !string.IsNullOrEmpty(ContentSid))
            yield return Fault("is for WhatsApp: set Channel to WhatsApp, or leave it out", nameof(ContentSid));
        if (NotTakenAfterMinutes is > 0 and < 10)
            yield return Fault("must be 0 or at least 10: Twilio's list lags behind", nameof(NotTakenAfterMinutes));
        if (PublicUrl is not null && !IsSafe(PublicUrl))
            yield return Fault("must be an https address without user, password and fragment", nameof(PublicUrl));
        if (BaseUrl is not null && !IsSafe(BaseUrl))
            yield return Fault("must be an https address without user, password and fragment; the auth token is sent there", nameof(BaseUrl));
    }

    private static bool IsSafe(Uri url) =>
        url.IsAbsoluteUri && url.UserInfo.Length == 0 && url.Fragment.Length == 0
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));

    private static ValidationResult Fault(string text, string member) => new(text, [member]);
}
