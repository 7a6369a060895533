using System.ComponentModel.DataAnnotations;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.SmsPigeon;

/// <summary>How a connection reaches Pigeon.</summary>
public sealed class PigeonSettings
{
    /// <summary>Where the service's interface begins.</summary>
    [Required]
    public Uri? BaseUrl { get; set; } = new("https://api.pigeon.example/v2/");

    /// <summary>The key that the service gave us.</summary>
    [Required]
    public Secret? ApiKey { get; set; }

    /// <summary>The secret with which the service signs what it posts to us.</summary>
    [Required]
    public Secret? WebhookSecret { get; set; }
}
