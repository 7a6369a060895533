using System.Reflection;

namespace CxOrchestrator.Plugins.Settings;

/// <summary>Which properties of an options class are settings, and of what kind.</summary>
internal static class SettingProperties
{
    /// <summary>The properties that can be set from outside, in the order in which they are declared.</summary>
    public static IReadOnlyList<PropertyInfo> Of(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0 && property.SetMethod is { IsPublic: true } && property.CanRead)
            .OrderBy(property => property.MetadataToken),
    ];

    /// <summary>The kind of a property's type; null where settings can't have that type.</summary>
    public static SettingKind? KindOf(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum)
            return SettingKind.Choice;
        if (plain == typeof(Sdk.Secret))
            return SettingKind.Secret;
        if (plain == typeof(Uri))
            return SettingKind.Url;
        if (plain == typeof(TimeSpan))
            return SettingKind.Duration;
        if (plain == typeof(DateTimeOffset))
            return SettingKind.Moment;
        if (plain.IsAssignableFrom(typeof(List<string>)) && plain != typeof(object))
            return SettingKind.Texts;
        if (plain == typeof(string[]))
            return SettingKind.Texts;
        if (plain.IsAssignableFrom(typeof(Dictionary<string, string>)) && plain != typeof(object))
            return SettingKind.TextsByName;
        return Type.GetTypeCode(plain) switch
        {
            TypeCode.String => SettingKind.Text,
            TypeCode.Boolean => SettingKind.Flag,
            TypeCode.Byte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 => SettingKind.Integer,
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => SettingKind.Number,
            TypeCode.Object when IsGroup(plain) => SettingKind.Group,
            _ => null,
        };
    }

    private static bool IsGroup(Type type) =>
        type is { IsClass: true, IsAbstract: false } && type != typeof(object) && type.GetConstructor(Type.EmptyTypes) is not null
        && !typeof(System.Collections.IEnumerable).IsAssignableFrom(type);
}
