using System.ComponentModel.DataAnnotations;
using System.Text;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Mail;

namespace CxOrchestrator.Plugins.EmailGraph;

/// <summary>The settings of one mailbox. The table in README.md is held to this class by a test.</summary>
public sealed class GraphSettings : IValidatableObject
{
    /// <summary>How to sign in. Default: <see cref="GraphAuth.ClientSecret"/>.</summary>
    [EnumDataType(typeof(GraphAuth))]
    [Display(Order = 1, Description = "ClientSecret, Certificate or ManagedIdentity.")]
    public GraphAuth Auth { get; set; } = GraphAuth.ClientSecret;

    /// <summary>The Entra tenant: its id or one of its domains.</summary>
    [RegularExpression("[A-Za-z0-9.-]{1,253}", ErrorMessage = "TenantId is the tenant's id or one of its domains.")]
    [Display(Order = 2, Description = "The Entra tenant: its id or one of its domains; not for a managed identity.")]
    public string? TenantId { get; set; }

    /// <summary>The app registration's application id; of a managed identity, the id of one that was assigned by a user.</summary>
    [Display(Order = 3, Description = "Application (client) id; empty for the machine's own managed identity.")]
    public string? ClientId { get; set; }

    /// <summary>The app registration's secret.</summary>
    [Display(Order = 4, Description = "The app registration's secret, for Auth ClientSecret.")]
    public Secret? ClientSecret { get; set; }

    /// <summary>File with certificate and private key: PEM, or PKCS#12.</summary>
    [Display(Order = 5, Description = "File with certificate and private key (.pem, .pfx), for Auth Certificate.")]
    public string? CertificateFile { get; set; }

    /// <summary>Password of a PKCS#12 file.</summary>
    [Display(Order = 6, Description = "Password of the .pfx file, where it has one.")]
    public Secret? CertificatePassword { get; set; }

    /// <summary>The mailbox: its user principal name or the user's object id.</summary>
    [Required]
    [StringLength(320)]
    [Display(Order = 7, Description = "The mailbox: user principal name or object id of its user.")]
    public string Mailbox { get; set; } = "";

    /// <summary>The visible sender's address. Default: <see cref="Mailbox"/>.</summary>
    [MailAddress]
    [Display(Order = 8, Description = "The visible sender; empty is Mailbox, where that is an address.")]
    public string? FromAddress { get; set; }

    /// <summary>The visible sender's name.</summary>
    [Display(Order = 9, Description = "The visible sender's name.")]
    public string? FromName { get; set; }

    /// <summary>Domain of our Message-IDs. Default: that of the sender's address.</summary>
    [MailDomain]
    [Display(Order = 10, Description = "Domain of our Message-IDs; empty is the sender's.")]
    public string? MessageIdDomain { get; set; }

    /// <summary>Requests that are under way at once, 1 to 4. Default: 4, Microsoft's limit for one app and mailbox.</summary>
    [Range(1, 4)]
    [Display(Order = 11, Description = "Requests at once; Exchange allows 4 for an app.")]
    public int Concurrency { get; set; } = 4;

    /// <summary>
    /// Minutes after which a message of unknown outcome, which is nowhere in the mailbox, counts as never taken, 0 to 1440. 0: never. Default: 60.
    /// </summary>
    [Range(0, 1440)]
    [Display(Order = 12, Description = "Minutes until a message that is nowhere in the mailbox counts as never taken; 0 is never.")]
    public int NotTakenAfterMinutes { get; set; } = 60;

    /// <summary>The folder that is read: a well-known name or an id. Default: <c>inbox</c>.</summary>
    [Required]
    [RegularExpression("[A-Za-z0-9_=-]{1,512}", ErrorMessage = "Folder is a well-known name such as inbox, or a folder's id.")]
    [Display(Order = 13, Description = "The folder that is read for bounces and replies: a well-known name or an id.")]
    public string Folder { get; set; } = "inbox";

    /// <summary>Days that are read at the first poll, 1 to 30. Default: 1.</summary>
    [Range(1, 30)]
    [Display(Order = 14, Description = "Days that are read at the first poll.")]
    public int LookBackDays { get; set; } = 1;

    /// <summary>The address of the <c>mailto:</c> in List-Unsubscribe.</summary>
    [MailAddress]
    [Display(Order = 15, Description = "The address of the mailto: in List-Unsubscribe; mail to it that says so opts out.")]
    public string? UnsubscribeAddress { get; set; }

    /// <summary>Secret that Graph repeats in each notification, 16 to 128 ASCII characters; without one there is no subscription.</summary>
    [Display(Order = 16, Description = "Secret that Graph repeats in each notification (16 to 128 characters); without one there is no subscription.")]
    public Secret? ClientState { get; set; }

    /// <summary>Where Graph begins. Default: the global service.</summary>
    [Required]
    [Display(Order = 17, Description = "Where Graph begins; another for national clouds or a gateway.")]
    public Uri BaseUrl { get; set; } = new("https://graph.microsoft.com/v1.0/");

    /// <summary>Where tokens come from. Default: the global service.</summary>
    [Required]
    [Display(Order = 18, Description = "Where tokens come from; another for national clouds.")]
    public Uri AuthorityHost { get; set; } = new("https://login.microsoftonline.com/");

    /// <summary>What a token is for. Default: the global service.</summary>
    [Required]
    [Display(Order = 19, Description = "What tokens are asked for; another for national clouds.")]
    public string Scope { get; set; } = "https://graph.microsoft.com/.default";

    /// <summary>The visible sender's address; empty where neither setting is one.</summary>
    internal string Sender => !string.IsNullOrEmpty(FromAddress) ? FromAddress : CxOrchestrator.Sdk.Mail.Mailbox.TryParse(Mailbox, out _, out _) ? Mailbox : "";

    /// <summary>Domain of our Message-IDs, in ASCII.</summary>
    internal string Domain =>
        !string.IsNullOrEmpty(MessageIdDomain) && CxOrchestrator.Sdk.Mail.Mailbox.TryDomain(MessageIdDomain, out var domain) ? domain
        : CxOrchestrator.Sdk.Mail.Mailbox.TryParse(Sender, out var sender, out _) ? sender.Domain
        : "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var isApp = Auth is GraphAuth.ClientSecret or GraphAuth.Certificate;
        if (isApp && string.IsNullOrEmpty(TenantId))
            yield return Fault($"TenantId is needed for Auth {Auth}: the tenant's id or one of its domains.", nameof(TenantId));
        if (isApp && string.IsNullOrEmpty(ClientId))
            yield return Fault($"ClientId is needed for Auth {Auth}: the app registration's application id.", nameof(ClientId));
        if (Auth is GraphAuth.ClientSecret && ClientSecret is null or { IsEmpty: true })
            yield return Fault("ClientSecret is needed for Auth ClientSecret: the secret's value, not its id.", nameof(ClientSecret));
        if (Auth is GraphAuth.Certificate && string.IsNullOrEmpty(CertificateFile))
            yield return Fault("CertificateFile is needed for Auth Certificate: a .pem or .pfx file with the private key.", nameof(CertificateFile));
        if (Mailbox.Length > 0 && Sender.Length == 0)
            yield return Fault("FromAddress is needed where Mailbox is an id: the address that the recipients see.", nameof(FromAddress));
        if (ClientState is { } state && (state.Reveal().Length is < 16 or > 128 || !Ascii.IsValid(state.Reveal()) || state.Reveal().Any(char.IsControl)))
            yield return Fault("ClientState is 16 to 128 ASCII characters: make one up at random.", nameof(ClientState));
        if (!IsProtected(BaseUrl))
            yield return Fault("BaseUrl would send tokens unprotected: use https://.", nameof(BaseUrl));
        if (!AuthorityHost.IsAbsoluteUri || AuthorityHost.Scheme != Uri.UriSchemeHttps)
            yield return Fault("AuthorityHost must be an https:// address, because the secret goes there.", nameof(AuthorityHost));
    }

    private static bool IsProtected(Uri url) => url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));

    private static ValidationResult Fault(string text, string member) => new(text, [member]);
}
