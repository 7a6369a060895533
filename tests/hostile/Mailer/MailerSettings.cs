using System.ComponentModel.DataAnnotations;

namespace Mailer;

/// <summary>Where the mail goes.</summary>
public sealed class MailerSettings
{
    /// <summary>The folder of the files.</summary>
    [Required]
    public string Folder { get; set; } = "";
}
