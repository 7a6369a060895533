using System.ComponentModel.DataAnnotations;
using System.Reflection;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Settings;

/// <summary>Applies an options class's validation attributes, all of them: the first failure hides no other.</summary>
internal static class SettingsRules
{
    /// <summary>All violated rules, with the offending value unless it is a secret.</summary>
    /// <param name="target">The options object.</param>
    /// <param name="prefix">The keys above it, ending in a colon, or empty.</param>
    /// <param name="unread">Settings that were given but could not be read; they are not judged.</param>
    public static IEnumerable<string> Check(object target, string prefix, IReadOnlySet<string> unread)
    {
        var faults = new List<string>();
        foreach (var property in SettingProperties.Of(target.GetType()))
        {
            var name = prefix + property.Name;
            if (unread.Contains(name))
                continue;
            var value = property.GetValue(target);
            faults.AddRange(property.GetCustomAttributes<ValidationAttribute>()
                .Select(rule => Violation(rule, value, target, property.Name))
                .OfType<string>()
                .Select(violation => $"{name}: {violation}{Offender(value)}"));
            if (value is not null && SettingProperties.KindOf(property.PropertyType) == SettingKind.Group)
                faults.AddRange(Check(value, name + ":", unread));
        }

        faults.AddRange(target.GetType().GetCustomAttributes<ValidationAttribute>()
            .Select(rule => Violation(rule, target, target, target.GetType().Name))
            .OfType<string>());
        if (target is IValidatableObject whole && unread.Count == 0)
            faults.AddRange(WholeViolations(whole, prefix, faults.Count > 0));
        return faults;
    }

    private static string? Violation(ValidationAttribute rule, object? value, object target, string name)
    {
        try
        {
            var context = new ValidationContext(target) { MemberName = name, DisplayName = name };
            return rule.GetValidationResult(value, context) is { } failed ? failed.ErrorMessage : null;
        }
        catch (Exception broken)
        {
            return $"its rule {rule.GetType().Name} can't be applied ({broken.GetType().Name}): tell the plugin's author";
        }
    }

    private static List<string> WholeViolations(IValidatableObject whole, string prefix, bool alreadyFaulty)
    {
        try
        {
            return
            [
                .. whole.Validate(new ValidationContext(whole))
                    .Where(result => result != ValidationResult.Success)
                    .Select(result => result.MemberNames.FirstOrDefault() is { } member
                        ? $"{prefix}{member}: {result.ErrorMessage}"
                        : result.ErrorMessage ?? "not valid"),
            ];
        }
        catch (Exception broken)
        {
            // It may well stumble over what is already told.
            return alreadyFaulty ? [] : [$"its validation threw {broken.GetType().Name}: tell the plugin's author"];
        }
    }

    private static string Offender(object? value) => value is null or Secret or "" ? "" : $" (it is \"{SettingsForm.Shown(value)}\")";
}
