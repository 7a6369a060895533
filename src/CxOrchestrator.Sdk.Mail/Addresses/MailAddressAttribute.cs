using System.ComponentModel.DataAnnotations;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>The property is an e-mail address, or empty.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MailAddressAttribute : ValidationAttribute
{
    /// <summary>True where <c>{key}</c> or <c>{token}</c> may stand before the <c>@</c>, as in <see cref="BounceAddresses"/>. Default: false.</summary>
    public bool MayHoldKey { get; set; }

    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not string { Length: > 0 } address)
        {
            return ValidationResult.Success;
        }

        var sample = MayHoldKey ? BounceAddresses.Sample(address) : address;
        return Mailbox.TryParse(sample, out _, out var fault)
            ? ValidationResult.Success
            : new ValidationResult(
                $"{validationContext.MemberName} is '{address}': {fault}. Write it like care@example.com.", [validationContext.MemberName!]);
    }
}
