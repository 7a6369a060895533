using System.ComponentModel.DataAnnotations;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.NewWord;

/// <summary>How a connection reaches NewService.</summary>
public sealed class NewServiceSettings
{
    /// <summary>Where the service's interface begins.</summary>
    [Required]
    public Uri? BaseUrl { get; set; }

    /// <summary>The key that the service gave us.</summary>
    [Required]
    public Secret? ApiKey { get; set; }
}
