using System.ComponentModel.DataAnnotations;
using CxOrchestrator.Plugins.GenericHttp.Description;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.GenericHttp;

/// <summary>The settings of one connection to a described service. The table in README.md is held to this class by a test.</summary>
public sealed class GenericSettings : IValidatableObject
{
    /// <summary>Path of the file that describes the service, or the name of one that comes with the plugin.</summary>
    [Required]
    [Display(Order = 1, Description = "Path of the description (.yaml), or the name of one that comes with the plugin.")]
    public string Description { get; set; } = "";

    /// <summary>Where the service's interface begins; empty takes the description's.</summary>
    [Display(Order = 2, Description = "Where the service's interface begins; empty takes the description's.")]
    public Uri? BaseUrl { get; set; }

    /// <summary>User, client id or account, as the description's <c>auth</c> wants it.</summary>
    [Display(Order = 3, Description = "User, client id or account, where the description's auth wants one.")]
    public string? User { get; set; }

    /// <summary>Password, token or client secret.</summary>
    [Display(Order = 4, Description = "Password, token or client secret, where the description's auth wants one.")]
    public Secret? Secret { get; set; }

    /// <summary>Key with which the service signs its webhooks; without one no webhook is taken.</summary>
    [Display(Order = 5, Description = "Key with which the service signs its webhooks; without one none is taken.")]
    public Secret? WebhookSecret { get; set; }

    /// <summary>Values that the description asks for, by name; its templates see them as <c>settings.name</c>. Never secrets.</summary>
    [Display(Order = 6, Description = "Values that the description asks for, by name. Never secrets.")]
    public Dictionary<string, string> Values { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Description.Length == 0)
            yield break;
        var (description, faults) = DescriptionFiles.Read(Description);
        foreach (var fault in faults)
            yield return new ValidationResult(fault, [nameof(Description)]);
        if (description is null)
            yield break;
        foreach (var fault in Missing(description))
            yield return fault;
    }

    private IEnumerable<ValidationResult> Missing(ServiceDescription description)
    {
        var address = BaseUrl ?? description.BaseUrl;
        if (address is null)
            yield return new ValidationResult("BaseUrl is needed: the description names none, because it differs between accounts.", [nameof(BaseUrl)]);
        else if (!address.IsAbsoluteUri || address.Scheme is not ("https" or "http"))
            yield return new ValidationResult("BaseUrl is an address with https://.", [nameof(BaseUrl)]);
        else if (address is { Scheme: "http", IsLoopback: false })
            yield return new ValidationResult("BaseUrl would send credentials unprotected: use https://.", [nameof(BaseUrl)]);
        if (description.Auth.NeedsUser && string.IsNullOrWhiteSpace(User))
            yield return new ValidationResult($"User is needed for auth {description.Auth.Kind}.", [nameof(User)]);
        if (description.Auth.Kind != AuthKind.None && (Secret is null || Secret.IsEmpty))
            yield return new ValidationResult($"Secret is needed for auth {description.Auth.Kind}.", [nameof(Secret)]);
        foreach (var (name, meaning) in description.Settings.Where(one => !Values.ContainsKey(one.Key) && !one.Value.Optional))
            yield return new ValidationResult($"Values:{name} is needed: {meaning.Text}", [nameof(Values)]);
        foreach (var name in Values.Keys.Where(name => !description.Settings.ContainsKey(name)))
            yield return new ValidationResult($"Values:{name} is not asked for by the description; it knows {string.Join(", ", description.Settings.Keys)}.", [nameof(Values)]);
    }
}
