using System.ComponentModel.DataAnnotations;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.HelpdeskZendesk;

/// <summary>The settings of one Zendesk connection. The table in README.md is held to this class by a test.</summary>
public sealed class ZendeskSettings : IValidatableObject
{
    /// <summary>Address of the account.</summary>
    [Required]
    [Display(Order = 1, Description = "Address of the account, for example https://acme.zendesk.com.")]
    public Uri? BaseUrl { get; set; }

    /// <summary>E-mail address of the agent whose API token is used; empty where <see cref="ApiToken"/> is an OAuth access token.</summary>
    [Display(Order = 2, Description = "The agent whose API token is used; empty for an OAuth access token.")]
    public string? AgentEmail { get; set; }

    /// <summary>API token of the agent, or an OAuth access token.</summary>
    [Required]
    [Display(Order = 3, Description = "API token, or OAuth access token where AgentEmail is empty.")]
    public Secret? ApiToken { get; set; }

    /// <summary>Signing secret of the webhook; without one no webhook is taken.</summary>
    [Display(Order = 4, Description = "Signing secret of the webhook; without one no webhook is taken.")]
    public Secret? WebhookSecret { get; set; }

    /// <summary>Group that new tickets go to; 0 leaves it to Zendesk's triggers.</summary>
    [Range(0, long.MaxValue)]
    [Display(Order = 5, Description = "Id of the group that new tickets go to; 0 leaves it to Zendesk.")]
    public long GroupId { get; set; }

    /// <summary>Type of new tickets. Default: task, the only one with a due time.</summary>
    [RegularExpression("task|problem|incident|question", ErrorMessage = "TicketType is task, problem, incident or question.")]
    [Display(Order = 6, Description = "task (the only one with a due time), problem, incident or question.")]
    public string TicketType { get; set; } = "task";

    /// <summary>Priority of new tickets. Default: high.</summary>
    [RegularExpression("low|normal|high|urgent", ErrorMessage = "Priority is low, normal, high or urgent.")]
    [Display(Order = 7, Description = "low, normal, high or urgent.")]
    public string Priority { get; set; } = "high";

    /// <summary>Tag that all tickets of ours carry, for views and triggers. Default: cxo.</summary>
    [RegularExpression("[a-z0-9_-]{1,40}", ErrorMessage = "Tag is one word of a-z, 0-9, _ and -.")]
    [Display(Order = 8, Description = "Tag that all tickets of ours carry.")]
    public string Tag { get; set; } = "cxo";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BaseUrl is not null && (!BaseUrl.IsAbsoluteUri || BaseUrl.Scheme is not ("https" or "http")))
            yield return new ValidationResult("BaseUrl is an address with https://, such as https://acme.zendesk.com.", [nameof(BaseUrl)]);
        else if (BaseUrl is { Scheme: "http", IsLoopback: false })
            yield return new ValidationResult("BaseUrl would send the token unprotected: use https://.", [nameof(BaseUrl)]);
        if (ApiToken is { IsEmpty: true })
            yield return new ValidationResult("ApiToken is empty.", [nameof(ApiToken)]);
    }
}
