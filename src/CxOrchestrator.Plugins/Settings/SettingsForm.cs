using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace CxOrchestrator.Plugins.Settings;

/// <summary>Describes an options class for a form or a prompt: the same class that validates and masks.</summary>
public static class SettingsForm
{
    // A class that holds itself would be described forever.
    private const int MaxDepth = 4;

    /// <summary>All settings of an options class: by <see cref="DisplayAttribute.Order"/>, then as they are declared.</summary>
    public static IReadOnlyList<SettingDescription> Describe(Type settingsType) => [.. Describe(settingsType, "", MaxDepth)];

    private static IEnumerable<SettingDescription> Describe(Type type, string prefix, int depth)
    {
        if (depth == 0)
            yield break;
        var defaults = Activator.CreateInstance(type)!;
        foreach (var property in SettingProperties.Of(type).OrderBy(Order))
        {
            var kind = SettingProperties.KindOf(property.PropertyType);
            if (kind == SettingKind.Group)
            {
                foreach (var inner in Describe(property.PropertyType, $"{prefix}{property.Name}:", depth - 1))
                    yield return inner;
            }
            else if (kind is { } known)
            {
                yield return new SettingDescription(
                    prefix + property.Name,
                    known,
                    property.GetCustomAttribute<RequiredAttribute>() is not null,
                    known == SettingKind.Secret ? "" : Shown(property.GetValue(defaults)),
                    known == SettingKind.Secret,
                    DescriptionOf(property),
                    known == SettingKind.Choice ? ChoicesOf(property.PropertyType) : []);
            }
        }
    }

    /// <summary>A value as it would be written in the settings.</summary>
    internal static string Shown(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        IDictionary pairs => string.Join(", ", pairs.Keys.Cast<object>().Select(key => $"{key}={pairs[key]}")),
        IEnumerable list => string.Join(", ", list.Cast<object>()),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static int Order(PropertyInfo property) => property.GetCustomAttribute<DisplayAttribute>()?.GetOrder() ?? int.MaxValue;

    private static string DescriptionOf(PropertyInfo property) =>
        property.GetCustomAttribute<DescriptionAttribute>()?.Description
        ?? property.GetCustomAttribute<DisplayAttribute>()?.GetDescription()
        ?? "";

    private static string[] ChoicesOf(Type type) => Enum.GetNames(Nullable.GetUnderlyingType(type) ?? type);
}
