using System.ComponentModel.DataAnnotations;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Mail;

namespace CxOrchestrator.Plugins.EmailSmtp;

/// <summary>The settings of one SMTP connection. The table in README.md is held to this class by a test.</summary>
public sealed class SmtpSettings : IValidatableObject
{
    /// <summary>Name or address of the mail server.</summary>
    [Required]
    [Display(Order = 1, Description = "Name or address of the mail server.")]
    public string Host { get; set; } = "";

    /// <summary>Port of the mail server, 1 to 65535. Default: 587.</summary>
    [Range(1, 65535)]
    [Display(Order = 2, Description = "587 for STARTTLS, 465 for implicit TLS, 25 for a relay of your own.")]
    public int Port { get; set; } = 587;

    /// <summary>How the connection is protected. Default: <see cref="SmtpSecurity.StartTls"/>.</summary>
    [EnumDataType(typeof(SmtpSecurity))]
    [Display(Order = 3, Description = "None, StartTls (must be offered) or ImplicitTls.")]
    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>User to sign in as; without one there is no signing in.</summary>
    [Display(Order = 4, Description = "User to sign in as; empty for a server that asks for none.")]
    public string? UserName { get; set; }

    /// <summary>The user's password.</summary>
    [Display(Order = 5, Description = "The user's password.")]
    public Secret? Password { get; set; }

    /// <summary>How to sign in. Default: <see cref="SmtpAuth.Auto"/>.</summary>
    [EnumDataType(typeof(SmtpAuth))]
    [Display(Order = 6, Description = "Auto, Plain, Login, XOAuth2 or None.")]
    public SmtpAuth Auth { get; set; } = SmtpAuth.Auto;

    /// <summary>Allows the password over an unprotected connection. Default: false; loopback needs no permission.</summary>
    [Display(Order = 7, Description = "Allows sending the password over an unprotected connection.")]
    public bool AllowPlainTextAuth { get; set; }

    /// <summary>A PEM file with certificates to trust besides the system's, or the SHA-256 thumbprint of the server's own.</summary>
    [Display(Order = 8, Description = "PEM file of a private CA, or the SHA-256 thumbprint of the server's certificate.")]
    public string? TrustedCertificate { get; set; }

    /// <summary>The visible sender, where the message names none.</summary>
    [Required]
    [MailAddress]
    [Display(Order = 9, Description = "The visible sender, where the message names none.")]
    public string FromAddress { get; set; } = "";

    /// <summary>The visible sender's name.</summary>
    [Display(Order = 10, Description = "The visible sender's name.")]
    public string? FromName { get; set; }

    /// <summary>Where bounces go; <c>{token}</c> becomes the delivery's key under a seal, <c>{key}</c> the bare key. Default: the visible sender.</summary>
    [MailAddress(MayHoldKey = true)]
    [Display(Order = 11, Description = "Where bounces go; {token} becomes the delivery's key under a seal, {key} the bare key. Empty: the visible sender.")]
    public string? EnvelopeSender { get; set; }

    /// <summary>Domain of the Message-ID. Default: the domain of <see cref="FromAddress"/>.</summary>
    [MailDomain]
    [Display(Order = 12, Description = "Domain of the Message-ID. Empty: the domain of FromAddress.")]
    public string? MessageIdDomain { get; set; }

    /// <summary>The name that we greet the server with. Default: this machine's name.</summary>
    [MailDomain]
    [Display(Order = 13, Description = "The name that we greet the server with. Empty: this machine's name.")]
    public string? HeloName { get; set; }

    /// <summary>Seconds for connecting, greeting, TLS and signing in together, 1 to 300. Default: 15.</summary>
    [Range(1, 300)]
    [Display(Order = 14, Description = "Seconds for connecting and signing in.")]
    public int ConnectTimeoutSeconds { get; set; } = 15;

    /// <summary>Seconds to wait for the reply to a command, 1 to 600. Default: 60.</summary>
    [Range(1, 600)]
    [Display(Order = 15, Description = "Seconds to wait for the reply to a command.")]
    public int CommandTimeoutSeconds { get; set; } = 60;

    /// <summary>
    /// Seconds to wait for the reply to a whole message, 1 to 3600. Default: 300. Giving up early makes messages unknown that were sent.
    /// </summary>
    [Range(1, 3600)]
    [Display(Order = 16, Description = "Seconds to wait for the reply to a whole message; too short makes messages unknown.")]
    public int DataTimeoutSeconds { get; set; } = 300;

    /// <summary>Connections kept at most, 1 to 64. Default: 4.</summary>
    [Range(1, 64)]
    [Display(Order = 17, Description = "Connections kept at most.")]
    public int Connections { get; set; } = 4;

    /// <summary>Messages after which a connection is renewed, 1 to 100,000. Default: 100.</summary>
    [Range(1, 100_000)]
    [Display(Order = 18, Description = "Messages after which a connection is renewed.")]
    public int MessagesPerConnection { get; set; } = 100;

    /// <summary>Seconds after which an unused connection is closed, 1 to 3600. Default: 60.</summary>
    [Range(1, 3600)]
    [Display(Order = 19, Description = "Seconds after which an unused connection is closed.")]
    public int IdleSeconds { get; set; } = 60;

    /// <summary>An access token for XOAUTH2 that somebody else keeps fresh.</summary>
    [Display(Order = 20, Description = "An access token for XOAUTH2 that somebody else keeps fresh; else set OAuthUrl and its client.")]
    public Secret? AccessToken { get; set; }

    /// <summary>Where access tokens for XOAUTH2 are asked for (client credentials grant).</summary>
    [Display(Order = 21, Description = "Address that gives access tokens for XOAUTH2, by client credentials.")]
    public string? OAuthUrl { get; set; }

    /// <summary>The application's id at <see cref="OAuthUrl"/>.</summary>
    [Display(Order = 22, Description = "The application's id there.")]
    public string? OAuthClientId { get; set; }

    /// <summary>The application's secret at <see cref="OAuthUrl"/>.</summary>
    [Display(Order = 23, Description = "The application's secret there.")]
    public Secret? OAuthClientSecret { get; set; }

    /// <summary>What the access token is for, such as <c>https://outlook.office365.com/.default</c>.</summary>
    [Display(Order = 24, Description = "What the access token is for, such as https://outlook.office365.com/.default.")]
    public string? OAuthScope { get; set; }

    /// <summary>Asks for reports of failure and delay where the server offers it (RFC 3461). Default: true.</summary>
    [Display(Order = 25, Description = "Asks for reports of failure and delay where the server offers it.")]
    public bool DeliveryReports { get; set; } = true;

    /// <summary>Seals the <c>{token}</c> of <see cref="EnvelopeSender"/>; the same as at the mailbox of the bounces.</summary>
    [Display(Order = 26, Description = "Seals the {token} of EnvelopeSender; the same as at the mailbox of the bounces.")]
    public Secret? BounceKey { get; set; }

    /// <summary>Messages a second to one domain, 0 to 10,000; 0: no limit. Default: 0. What is more is deferred with the time to wait.</summary>
    [Range(0, 10_000)]
    [Display(Order = 27, Description = "Messages a second to one recipient domain; 0: no limit. What is more is deferred.")]
    public int DomainMessagesPerSecond { get; set; }

    /// <summary>Messages at once to one domain, 0 to 64; 0: no limit but <see cref="Connections"/>. Default: 0. What is more is deferred.</summary>
    [Range(0, 64)]
    [Display(Order = 28, Description = "Messages at once to one recipient domain; 0: no limit. What is more is deferred.")]
    public int DomainConcurrency { get; set; }

    /// <summary>True where this connection signs in.</summary>
    internal bool SignsIn => Auth != SmtpAuth.None && !string.IsNullOrEmpty(UserName);

    /// <summary>True where there is an access token, or a service that gives some.</summary>
    internal bool HasTokens => AccessToken is { IsEmpty: false } || !string.IsNullOrEmpty(OAuthUrl);

    /// <summary>Where access tokens come from; null where nothing says so.</summary>
    internal AccessTokens? Tokens(TimeProvider clock) => AccessToken is { IsEmpty: false } given ? new AccessTokens(given)
        : string.IsNullOrEmpty(OAuthUrl) ? null
        : new AccessTokens(new OAuthClient(new Uri(OAuthUrl), OAuthClientId!, OAuthClientSecret!, OAuthScope), clock);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SignsIn && !HasTokens && Auth != SmtpAuth.XOAuth2 && (Password is null || Password.IsEmpty))
        {
            yield return new ValidationResult("UserName is set without a Password: set both, or neither.", [nameof(Password)]);
        }

        if (Auth is SmtpAuth.Plain or SmtpAuth.Login or SmtpAuth.XOAuth2 && string.IsNullOrEmpty(UserName))
        {
            yield return new ValidationResult($"Auth is {Auth} without a UserName: set one, or Auth to None.", [nameof(UserName)]);
        }

        if (SignsIn && Security == SmtpSecurity.None && !AllowPlainTextAuth && !PasswordRule.IsLoopback(Host))
        {
            yield return new ValidationResult(
                "The password would be sent unprotected: set Security to StartTls or ImplicitTls, or AllowPlainTextAuth to true.",
                [nameof(Security)]);
        }

        if (EnvelopeSender?.Contains(BounceAddresses.TokenPlaceholder, StringComparison.Ordinal) == true && BounceKey is not { IsEmpty: false })
        {
            yield return new ValidationResult("EnvelopeSender holds {token} without a BounceKey to seal it: set one, the same as at the mailbox of the bounces.", [nameof(BounceKey)]);
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

        if (Auth == SmtpAuth.XOAuth2 && !HasTokens)
        {
            yield return new ValidationResult("Auth is XOAuth2 without a token: set AccessToken, or OAuthUrl with its client.", [nameof(AccessToken)]);
        }
    }
}
