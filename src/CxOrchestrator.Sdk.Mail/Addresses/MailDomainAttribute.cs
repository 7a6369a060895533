using System.ComponentModel.DataAnnotations;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>The property is a domain name, or empty.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MailDomainAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is not string { Length: > 0 } name || Mailbox.TryDomain(name, out _)
            ? ValidationResult.Success
            : new ValidationResult(
                $"{validationContext.MemberName} is '{value}', which is not a domain. Write it like mail.example.com.",
                [validationContext.MemberName!]);
}
