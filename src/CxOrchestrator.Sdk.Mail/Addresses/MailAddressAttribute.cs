using System.ComponentModel.DataAnnotations;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>The property is an e-mail address, or empty.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MailAddressAttribute : ValidationAttribute
{
    /// <summary>Texts that may stand in the part before the <c>@</c> and are replaced later.</summary>
    public string[] Placeholders { get; set; } = [];

    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not string { Length: > 0 } address)
        {
            return ValidationResult.Success;
        }

        var sample = Placeholders.Aggregate(address, (text, placeholder) => text.Replace(placeholder, "key", StringComparison.Ordinal));
        return Mailbox.TryParse(sample, out _, out var fault)
            ? ValidationResult.Success
            : new ValidationResult(
                $"{validationContext.MemberName} is '{address}': {fault}. Write it like care@example.com.", [validationContext.MemberName!]);
    }
}
