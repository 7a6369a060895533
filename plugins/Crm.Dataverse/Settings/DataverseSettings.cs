using System.ComponentModel.DataAnnotations;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.CrmDataverse.Settings;

/// <summary>The settings of one Dataverse environment. The table in README.md is held to this class by a test.</summary>
public sealed class DataverseSettings : IValidatableObject
{
    /// <summary>A connection string as the Dataverse client takes it; instead of the settings from <see cref="Url"/> to <see cref="CertificateStoreName"/>.</summary>
    [Display(Order = 1, Description = "Connection string as the Dataverse client takes it; instead of the next settings.")]
    public Secret? ConnectionString { get; set; }

    /// <summary>The environment's address, taken as it is given; also a gateway's.</summary>
    [Display(Order = 2, Description = "The environment's address, for example https://contoso.crm4.dynamics.com.")]
    public Uri? Url { get; set; }

    /// <summary>How to sign in. Default: a client secret.</summary>
    [Display(Order = 3, Description = "ClientSecret, Certificate or ManagedIdentity.")]
    public DataverseAuth AuthType { get; set; } = DataverseAuth.ClientSecret;

    /// <summary>The Entra tenant; a connection string has no key for it.</summary>
    [Display(Order = 4, Description = "The Entra tenant's id or domain.")]
    public string? TenantId { get; set; }

    /// <summary>The app registration's id; for a managed identity the user-assigned one, empty for the machine's.</summary>
    [Display(Order = 5, Description = "The app registration's id.")]
    public string? ClientId { get; set; }

    /// <summary>The app registration's secret.</summary>
    [Display(Order = 6, Description = "The app registration's secret.")]
    public Secret? ClientSecret { get; set; }

    /// <summary>Thumbprint (SHA-1) of a certificate in the current user's store, else in the machine's.</summary>
    [Display(Order = 7, Description = "Thumbprint of a certificate in the current user's or the machine's store.")]
    public string? CertificateThumbprint { get; set; }

    /// <summary>The store's name. Default: My.</summary>
    [Display(Order = 8, Description = "Name of the certificate's store.")]
    public string CertificateStoreName { get; set; } = "My";

    /// <summary>A PFX or PEM file with certificate and key, instead of a store.</summary>
    [Display(Order = 9, Description = "PFX or PEM file with certificate and key, instead of a store.")]
    public string? CertificateFile { get; set; }

    /// <summary>The PFX file's password.</summary>
    [Display(Order = 10, Description = "The PFX file's password.")]
    public Secret? CertificatePassword { get; set; }

    /// <summary>Where tokens come from; for national clouds.</summary>
    [Display(Order = 11, Description = "Where tokens come from; another one for national clouds.")]
    public Uri AuthorityHost { get; set; } = new("https://login.microsoftonline.com/");

    /// <summary>The environment that tokens are asked for, where <see cref="Url"/> is a gateway's.</summary>
    [Display(Order = 12, Description = "The environment that tokens are asked for, where Url is a gateway's.")]
    public Uri? TokenResource { get; set; }

    /// <summary>Fields of contacts by their column, beside and instead of the defaults.</summary>
    [Display(Order = 13, Description = "Contacts' columns by the field's name; `-` leaves a field out.")]
    public Dictionary<string, string>? ContactColumns { get; set; }

    /// <summary>Whether accounts are people too.</summary>
    [Display(Order = 14, Description = "Reads accounts too; their ids begin with account:.")]
    public bool ReadAccounts { get; set; }

    /// <summary>Fields of accounts by their column.</summary>
    [Display(Order = 15, Description = "Accounts' columns by the field's name.")]
    public Dictionary<string, string>? AccountColumns { get; set; }

    /// <summary>FetchXML by the segment's name, for segments that are no view.</summary>
    [Display(Order = 16, Description = "FetchXML by the segment's name; other names are views.")]
    public Dictionary<string, string>? Segments { get; set; }

    /// <summary>Column of the last score (whole number); empty writes none.</summary>
    [Display(Order = 17, Description = "Column of the last score; empty: not written.")]
    public string? ScoreColumn { get; set; } = "cxo_lastscore";

    /// <summary>Column of the last score's time (date and time).</summary>
    [Display(Order = 18, Description = "Column of the last score's time.")]
    public string? ScoreAtColumn { get; set; } = "cxo_lastscoreat";

    /// <summary>Column of the last score's survey (text).</summary>
    [Display(Order = 19, Description = "Column of the last score's survey.")]
    public string? ScoreSurveyColumn { get; set; } = "cxo_lastscoresurvey";

    /// <summary>Column of the score's trend (text: up, down, same).</summary>
    [Display(Order = 20, Description = "Column of the trend: up, down or same.")]
    public string? TrendColumn { get; set; } = "cxo_scoretrend";

    /// <summary>Column (text of several lines) that remembers which change wrote what last, so that a late try overwrites nothing newer.</summary>
    [Required]
    [Display(Order = 21, Description = "Column that remembers which change wrote last, so that a late try overwrites nothing newer.")]
    public string StampColumn { get; set; } = "cxo_stamps";

    /// <summary>Negative consent columns by <c>channel/purpose</c>, beside and instead of the defaults.</summary>
    [Display(Order = 22, Description = "Consent columns (true: do not allow) by channel/purpose; `-` leaves one out.")]
    public Dictionary<string, string>? ConsentColumns { get; set; }

    /// <summary>Whether consent is also written per address (Customer Insights - Journeys).</summary>
    [Display(Order = 23, Description = "Consent per address too: Auto (where installed and a purpose is given), On, Off.")]
    public WhereInstalled ContactPointConsent { get; set; } = WhereInstalled.Auto;

    /// <summary>Ids of the organisation's compliance purposes by our purpose.</summary>
    [Display(Order = 24, Description = "Ids of msdynmkt_purpose rows by our purpose (service, feedback, marketing).")]
    public Dictionary<string, string>? ConsentPurposes { get; set; }

    /// <summary>Where messages stand on the timeline. Default: as e-mails and phone calls.</summary>
    [Display(Order = 25, Description = "Standard (email and phonecall) or Activity (the custom table).")]
    public MessageRecord Messages { get; set; } = MessageRecord.Standard;

    /// <summary>Logical name of the custom activity table; its prefix is that of all columns in it.</summary>
    [Required]
    [RegularExpression("^[a-z][a-z0-9]+_[a-z0-9_]+$", ErrorMessage = "must be a logical name with a publisher's prefix, such as cxo_touchpoint")]
    [Display(Order = 26, Description = "Logical name of the custom activity table.")]
    public string ActivityTable { get; set; } = "cxo_touchpoint";

    /// <summary>Whether answers stand in Customer Voice's tables. Default: where that is installed.</summary>
    [Display(Order = 27, Description = "Answers as Customer Voice responses: Auto (where installed), On, Off.")]
    public WhereInstalled CustomerVoice { get; set; } = WhereInstalled.Auto;

    /// <summary>Ids of Customer Voice surveys by ours.</summary>
    [Display(Order = 28, Description = "Ids of msfp_survey rows by our survey's name.")]
    public Dictionary<string, string>? CustomerVoiceSurveys { get; set; }

    /// <summary>Who is the customer of a case whose person is in nobody's address book: <c>account:guid</c> or <c>contact:guid</c>.</summary>
    [RegularExpression("^(account|contact):[0-9a-fA-F-]{36}$", ErrorMessage = "must be account:<guid> or contact:<guid>")]
    [Display(Order = 29, Description = "Customer of cases whose person is unknown: account:guid or contact:guid.")]
    public string? CaseCustomer { get; set; }

    /// <summary>Text column of incidents that holds the labels.</summary>
    [Display(Order = 30, Description = "Text column of incidents for labels; empty: labels are refused.")]
    public string? CaseTagColumn { get; set; } = "cxo_tags";

    /// <summary>The key that our webhook must be called with; without one, webhooks are refused.</summary>
    [Display(Order = 31, Description = "Key that webhooks must carry; without one they are refused.")]
    public Secret? WebhookKey { get; set; }

    /// <summary>Where the key stands. Default: <c>?code=</c>.</summary>
    [Display(Order = 32, Description = "WebhookKey (?code=), HttpHeader or HttpQueryString.")]
    public WebhookKeyKind WebhookKeyKind { get; set; } = WebhookKeyKind.WebhookKey;

    /// <summary>Name of the header or of the query's field.</summary>
    [Required]
    [RegularExpression("^[A-Za-z][A-Za-z0-9-]*$", ErrorMessage = "must consist of letters, digits and dashes")]
    [Display(Order = 33, Description = "Name of the header or of the query's field that holds the key.")]
    public string WebhookKeyName { get; set; } = "x-cxo-key";

    /// <summary>Rows a page, 1 to 5000. Default: 500.</summary>
    [Range(1, 5000)]
    [Display(Order = 34, Description = "Rows a page when reading.")]
    public int PageSize { get; set; } = 500;

    /// <summary>Changes in one batch request, 1 to 250. Default: 50.</summary>
    [Range(1, 250)]
    [Display(Order = 35, Description = "Changes in one batch request.")]
    public int ChangesPerRequest { get; set; } = 50;

    /// <summary>Requests at once at most, 1 to 52. Default: 24. Fewer are made where the organisation says so.</summary>
    [Range(1, 52)]
    [Display(Order = 36, Description = "Requests at once at most; the organisation may bring it down.")]
    public int MostRequestsAtOnce { get; set; } = 24;

    /// <summary>Requests within any five minutes, 10 to 1,000,000. Default: 6000, the limit of one web server.</summary>
    [Range(10, 1_000_000)]
    [Display(Order = 37, Description = "Requests within any five minutes; 6000 is the limit of one web server.")]
    public int RequestsPerFiveMinutes { get; set; } = 6000;

    /// <summary>Unique name of the solution that setup puts what it makes into; empty: the default solution.</summary>
    [Display(Order = 38, Description = "Solution that setup puts columns and tables into; empty: the default one.")]
    public string? Solution { get; set; }

    /// <summary>Language (LCID) of the labels that setup makes. Default: 1033, English; must be one of the organisation's.</summary>
    [Range(1025, 65535)]
    [Display(Order = 39, Description = "Language (LCID) of labels that setup makes.")]
    public int LabelLanguage { get; set; } = 1033;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        Access.Read(this, out var faults);
        return [.. faults, .. Names.Check(this)];
    }
}
