using System.ComponentModel.DataAnnotations;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.HelpdeskZammad;

/// <summary>The settings of one Zammad connection. The table in README.md is held to this class by a test.</summary>
public sealed class ZammadSettings : IValidatableObject
{
    /// <summary>Address of the installation.</summary>
    [Required]
    [Display(Order = 1, Description = "Address of the installation, for example https://help.example.com.")]
    public Uri? BaseUrl { get; set; }

    /// <summary>Access token of an agent.</summary>
    [Required]
    [Display(Order = 2, Description = "Access token of an agent, with the permission ticket.agent.")]
    public Secret? AccessToken { get; set; }

    /// <summary>HMAC token of the webhook; without one no webhook is taken.</summary>
    [Display(Order = 3, Description = "HMAC SHA1 signature token of the webhook; without one no webhook is taken.")]
    public Secret? WebhookToken { get; set; }

    /// <summary>Group that new tickets go to. Default: Users, the one that a new installation has.</summary>
    [Required]
    [Display(Order = 4, Description = "Group that new tickets go to.")]
    public string Group { get; set; } = "Users";

    /// <summary>Priority of new tickets, by its name there. Default: 3 high.</summary>
    [Required]
    [Display(Order = 5, Description = "Priority of new tickets, by its name there.")]
    public string Priority { get; set; } = "3 high";

    /// <summary>Tag that all tickets of ours carry. Default: cxo.</summary>
    [RegularExpression("[a-z0-9_-]{1,40}", ErrorMessage = "Tag is one word of a-z, 0-9, _ and -.")]
    [Display(Order = 6, Description = "Tag that all tickets of ours carry.")]
    public string Tag { get; set; } = "cxo";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BaseUrl is not null && (!BaseUrl.IsAbsoluteUri || BaseUrl.Scheme is not ("https" or "http")))
            yield return new ValidationResult("BaseUrl is an address with https://, such as https://help.example.com.", [nameof(BaseUrl)]);
        else if (BaseUrl is { Scheme: "http", IsLoopback: false })
            yield return new ValidationResult("BaseUrl would send the token unprotected: use https://.", [nameof(BaseUrl)]);
        if (AccessToken is { IsEmpty: true })
            yield return new ValidationResult("AccessToken is empty.", [nameof(AccessToken)]);
    }
}
