using System.ComponentModel.DataAnnotations;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Mail;

namespace CxOrchestrator.Plugins.EmailImap;

/// <summary>The settings of one mailbox. The table in README.md is held to this class by a test.</summary>
public sealed class ImapSettings : IValidatableObject
{
    /// <summary>Name or address of the mail server.</summary>
    [Required]
    [Display(Order = 1, Description = "Name or address of the mail server.")]
    public string Host { get; set; } = "";

    /// <summary>Port of the mail server, 1 to 65535. Default: 993.</summary>
    [Range(1, 65535)]
    [Display(Order = 2, Description = "993 for implicit TLS, 143 for STARTTLS.")]
    public int Port { get; set; } = 993;

    /// <summary>How the connection is protected. Default: <see cref="ImapSecurity.ImplicitTls"/>.</summary>
    [EnumDataType(typeof(ImapSecurity))]
    [Display(Order = 3, Description = "None, StartTls (must be offered) or ImplicitTls.")]
    public ImapSecurity Security { get; set; } = ImapSecurity.ImplicitTls;

    /// <summary>User to sign in as.</summary>
    [Required]
    [Display(Order = 4, Description = "User to sign in as, often the mailbox's address.")]
    public string UserName { get; set; } = "";

    /// <summary>The user's password.</summary>
    [Display(Order = 5, Description = "The user's password.")]
    public Secret? Password { get; set; }

    /// <summary>How to sign in. Default: <see cref="ImapAuth.Auto"/>.</summary>
    [EnumDataType(typeof(ImapAuth))]
    [Display(Order = 6, Description = "Auto, Plain, Login or XOAuth2.")]
    public ImapAuth Auth { get; set; } = ImapAuth.Auto;

    /// <summary>Allows the password over an unprotected connection. Default: false; loopback needs no permission.</summary>
    [Display(Order = 7, Description = "Allows sending the password over an unprotected connection.")]
    public bool AllowPlainTextAuth { get; set; }

    /// <summary>A PEM file with certificates to trust besides the system's, or the SHA-256 thumbprint of the server's own.</summary>
    [Display(Order = 8, Description = "PEM file of a private CA, or the SHA-256 thumbprint of the server's certificate.")]
    public string? TrustedCertificate { get; set; }

    /// <summary>The mailbox to read. Default: <c>INBOX</c>.</summary>
    [Required]
    [Display(Order = 9, Description = "The mailbox (folder) to read.")]
    public string Mailbox { get; set; } = "INBOX";

    /// <summary>Domain of our Message-IDs, as the sending connection has it.</summary>
    [MailDomain]
    [Display(Order = 10, Description = "Domain of our Message-IDs, as the sending connection has it.")]
    public string? MessageIdDomain { get; set; }

    /// <summary>Where bounces go, written like <c>EnvelopeSender</c> of the sending connection.</summary>
    [MailAddress(MayHoldKey = true)]
    [Display(Order = 11, Description = "Where bounces go, written like EnvelopeSender of the sending connection.")]
    public string? BounceAddress { get; set; }

    /// <summary>The seal of the <c>{token}</c> in <see cref="BounceAddress"/>, the same as at the sending connection.</summary>
    [Display(Order = 12, Description = "The seal of the {token} in BounceAddress, the same as at the sending connection.")]
    public Secret? BounceKey { get; set; }

    /// <summary>The address of the mailto: in List-Unsubscribe.</summary>
    [MailAddress]
    [Display(Order = 13, Description = "The address of the mailto: in List-Unsubscribe; mail to it that says so opts out.")]
    public string? UnsubscribeAddress { get; set; }

    /// <summary>What is done with a message that told something. Default: <see cref="EmailImap.AfterReading.Nothing"/>.</summary>
    [EnumDataType(typeof(AfterReading))]
    [Display(Order = 14, Description = "Nothing, MarkSeen or Move: what is done with a message that told something.")]
    public AfterReading AfterReading { get; set; } = AfterReading.Nothing;

    /// <summary>Where messages are moved to.</summary>
    [Display(Order = 15, Description = "The mailbox that messages are moved to; it must exist.")]
    public string? MoveTo { get; set; }

    /// <summary>Days that are read at the first poll, and when the server has numbered the mailbox anew, 1 to 365. Default: 7.</summary>
    [Range(1, 365)]
    [Display(Order = 16, Description = "Days that are read at the first poll, and when the server has numbered the mailbox anew.")]
    public int LookBackDays { get; set; } = 7;

    /// <summary>Messages that are read at once, 1 to 200. Default: 50.</summary>
    [Range(1, 200)]
    [Display(Order = 17, Description = "Messages that are read at once.")]
    public int MessagesPerPoll { get; set; } = 50;

    /// <summary>Kilobytes of each message that are read, 16 to 8192. Default: 512.</summary>
    [Range(16, 8192)]
    [Display(Order = 18, Description = "Kilobytes of each message that are read; what is beyond is passed over.")]
    public int MaxMessageKilobytes { get; set; } = 512;

    /// <summary>Seconds for connecting, TLS and signing in together, 1 to 300. Default: 15.</summary>
    [Range(1, 300)]
    [Display(Order = 19, Description = "Seconds for connecting and signing in.")]
    public int ConnectTimeoutSeconds { get; set; } = 15;

    /// <summary>Seconds to wait for the server's answer, 1 to 600. Default: 60.</summary>
    [Range(1, 600)]
    [Display(Order = 20, Description = "Seconds to wait for each answer of the server.")]
    public int CommandTimeoutSeconds { get; set; } = 60;

    /// <summary>An access token for XOAUTH2 that somebody else keeps fresh.</summary>
    [Display(Order = 21, Description = "An access token for XOAUTH2 that somebody else keeps fresh; else set OAuthUrl and its client.")]
    public Secret? AccessToken { get; set; }

    /// <summary>Where access tokens for XOAUTH2 are asked for (client credentials grant).</summary>
    [Display(Order = 22, Description = "Address that gives access tokens for XOAUTH2, by client credentials.")]
    public string? OAuthUrl { get; set; }

    /// <summary>The application's id at <see cref="OAuthUrl"/>.</summary>
    [Display(Order = 23, Description = "The application's id there.")]
    public string? OAuthClientId { get; set; }

    /// <summary>The application's secret at <see cref="OAuthUrl"/>.</summary>
    [Display(Order = 24, Description = "The application's secret there.")]
    public Secret? OAuthClientSecret { get; set; }

    /// <summary>What the access token is for, such as <c>https://outlook.office365.com/.default</c>.</summary>
    [Display(Order = 25, Description = "What the access token is for, such as https://outlook.office365.com/.default.")]
    public string? OAuthScope { get; set; }

    /// <summary>True where there is an access token, or a service that gives some.</summary>
    internal bool HasTokens => AccessToken is { IsEmpty: false } || !string.IsNullOrEmpty(OAuthUrl);

    /// <summary>Where access tokens come from; null where nothing says so.</summary>
    internal AccessTokens? Tokens(TimeProvider clock) => AccessToken is { IsEmpty: false } given ? new AccessTokens(given)
        : string.IsNullOrEmpty(OAuthUrl) ? null
        : new AccessTokens(new OAuthClient(new Uri(OAuthUrl), OAuthClientId!, OAuthClientSecret!, OAuthScope), clock);

    /// <summary>How our own mail is known again.</summary>
    internal InboundRules Rules => new()
    {
        MessageIdDomain = MessageIdDomain,
        Bounces = string.IsNullOrEmpty(BounceAddress) ? null : new BounceAddresses(BounceAddress, BounceKey),
        UnsubscribeAddress = UnsubscribeAddress,
    };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!HasTokens && Auth != ImapAuth.XOAuth2 && Password is not { IsEmpty: false })
        {
            yield return new ValidationResult("There is nothing to sign in with: set Password, AccessToken, or OAuthUrl with its client.", [nameof(Password)]);
        }

        if (Security == ImapSecurity.None && !AllowPlainTextAuth && !PasswordRule.IsLoopback(Host))
        {
            yield return new ValidationResult(
                "The password would be sent unprotected: set Security to StartTls or ImplicitTls, or AllowPlainTextAuth to true.", [nameof(Security)]);
        }

        if (AfterReading == AfterReading.Move && string.IsNullOrWhiteSpace(MoveTo))
        {
            yield return new ValidationResult("AfterReading is Move without MoveTo: name the mailbox that messages are moved to.", [nameof(MoveTo)]);
        }

        if (BounceAddress?.Contains(BounceAddresses.TokenPlaceholder, StringComparison.Ordinal) == true && BounceKey is not { IsEmpty: false })
        {
            yield return new ValidationResult("BounceAddress holds {token} without the BounceKey that seals it: set the one of the sending connection.", [nameof(BounceKey)]);
        }

        foreach (var fault in OAuthFaults())
        {
            yield return fault;
        }
    }

    private IEnumerable<ValidationResult> OAuthFaults()
    {
        var client = new[] { OAuthUrl, OAuthClientId, OAuthClientSecret?.Reveal() };
        if (client.Any(part => !string.IsNullOrEmpty(part)) && client.Any(string.IsNullOrEmpty))
        {
            yield return new ValidationResult("OAuthUrl, OAuthClientId and OAuthClientSecret belong together: set all three, or none.", [nameof(OAuthUrl)]);
        }

        if (!string.IsNullOrEmpty(OAuthUrl) && OAuthClient.FaultOf(OAuthUrl) is { } fault)
        {
            yield return new ValidationResult($"OAuthUrl is '{OAuthUrl}': {fault}.", [nameof(OAuthUrl)]);
        }

        if (Auth == ImapAuth.XOAuth2 && !HasTokens)
        {
            yield return new ValidationResult("Auth is XOAuth2 without a token: set AccessToken, or OAuthUrl with its client.", [nameof(AccessToken)]);
        }
    }
}
